import { DEMO_ACCOUNTS, DEMO_PASSWORD } from "../../src/pages/demo-accounts.ts";
import { say } from "./say.ts";

/** Says who may sign in after the demo seed. */
export function sayAccounts(): void {
  const emails = DEMO_ACCOUNTS.map(({ email }) => email).join(", ");
  say(`  Accounts ${emails}, each with ${DEMO_PASSWORD}`);
}
