import { DEMO_PASSWORD, demo } from "../../drizzle/seed/demo.ts";
import { say } from "./say.ts";

/** Says who may sign in after the demo seed. */
export function sayAccounts(): void {
  const emails = demo.users.map(({ email }) => email).join(", ");
  say(`  Accounts ${emails}, each with ${DEMO_PASSWORD}`);
}
