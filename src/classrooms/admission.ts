import type { Context } from "hono";
import { addressOf, admit } from "../http/admission.ts";
import { principalIn } from "../http/authentication.ts";
import type { AppEnv } from "../http/route.ts";
import type { Services } from "../services.ts";

/** Holds one who shows a code to the limits of their account and of their address. */
export const admitCode = (c: Context<AppEnv>, { limits }: Services): Promise<void> =>
  admit(c, [limits.codes.check(principalIn(c).userId), limits.codesAddress.check(addressOf(c))]);
