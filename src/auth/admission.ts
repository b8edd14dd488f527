import type { Context } from "hono";
import { addressOf, admit } from "../http/admission.ts";
import type { Services } from "../services.ts";

/** Holds one who shows a password to the limits of the account from this address and of the address. */
export function admitSignIn(c: Context, { limits }: Services, account: string): Promise<void> {
  const address = addressOf(c);
  return admit(c, [limits.signIn.check(`${folded(account)} ${address}`), limits.signInAddress.check(address)]);
}

/** Names that Postgres may lower to the same are one: where JavaScript's lower case of İ is two characters, its is an i. */
const folded = (account: string) => account.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Holds one who shows a refresh token to the limit of the address: the token itself cannot be guessed. */
export function admitRefresh(c: Context, { limits }: Services): Promise<void> {
  return admit(c, [limits.refreshAddress.check(addressOf(c))]);
}
