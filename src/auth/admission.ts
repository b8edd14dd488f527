import type { Context } from "hono";
import { addressOf, admit } from "../http/admission.ts";
import type { Services } from "../services.ts";

/** Holds one who shows a password to the limits of the account from this address and of the address. */
export function admitSignIn(c: Context, { limits }: Services, account: string): Promise<void> {
  const address = addressOf(c);
  return admit(c, [limits.signIn.check(`${account.toLowerCase()} ${address}`), limits.signInAddress.check(address)]);
}

/** Holds one who shows a refresh token to the limit of the address: the token itself cannot be guessed. */
export function admitRefresh(c: Context, { limits }: Services): Promise<void> {
  return admit(c, [limits.refreshAddress.check(addressOf(c))]);
}
