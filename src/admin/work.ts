import type { Context } from "hono";
import type { Actor } from "../db/acting-as.ts";
import { principalIn } from "../http/authentication.ts";
import type { AppEnv } from "../http/route.ts";
import type { Services } from "../services.ts";

/** One change: with what, and by whom. */
export type Work = { readonly services: Services; readonly actor: Actor };

export const workOf = (c: Context<AppEnv>, services: Services): Work => ({
  services,
  actor: { userId: principalIn(c).userId, requestId: c.get("requestId") },
});
