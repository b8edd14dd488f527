import { expect, it } from "vitest";
import { demo, DEMO_PASSWORD as SEEDED_PASSWORD } from "../../drizzle/seed/demo.ts";
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from "../../src/pages/demo-accounts.ts";

it("the start page names just the accounts that the demo seed makes", () => {
  const seeded = demo.users.map(({ email, role }) => ({ email: email as string, role: role as string }));
  const shown = DEMO_ACCOUNTS.map(({ email, role }) => ({ email: email as string, role: role.toUpperCase() }));
  expect(shown.sort(byEmail)).toEqual(seeded.sort(byEmail));
  expect(DEMO_PASSWORD).toBe(SEEDED_PASSWORD);
});

const byEmail = (a: { email: string }, b: { email: string }) => a.email.localeCompare(b.email);
