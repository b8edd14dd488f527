import type { Context } from "hono";
import type { AccessTokens, Principal } from "./access-token.ts";
import { ApiError, unauthorized } from "./errors.ts";
import type { Role } from "./roles.ts";
import { timed } from "./server-timing.ts";

/**
 * Who may call a route: anyone (a token is not even read), a guest or anyone signed in, anyone signed in, or the
 * named roles. What relation they need beyond that (teacher of that class, owner) is the use case's to check.
 */
export type Access = "anyone" | "guest" | "signed-in" | readonly Role[];

export type AuthVariables = {
  requestId: string;
  principal: Principal | undefined;
  /** What the reply is to carry, whoever makes it: a refusal and a stream too. */
  replyHeaders: readonly (readonly [string, string])[] | undefined;
};

/** 401, for who sent no token where one is needed. */
export const signInFirst = () =>
  unauthorized("Sign in first: send an access token as `Authorization: Bearer <token>`.");

const badToken = () =>
  unauthorized("The access token is not valid or has expired. Refresh it or sign in again.", "badToken");

/** Lets pass who may call the route and sets `principal`; a token that is sent must be good even where none is needed. */
export async function admitCaller(
  c: Context<{ Variables: AuthVariables }>,
  access: Access,
  tokens: AccessTokens,
): Promise<void> {
  if (access === "anyone") return;
  const header = c.req.header("authorization");
  if (header === undefined) {
    if (access !== "guest") throw signInFirst();
  } else {
    const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(header)?.[1];
    if (token === undefined) throw badToken();
    const principal = tokens.known(token, Date.now()) ?? (await timed("auth", () => tokens.verify(token, Date.now())));
    if (!principal) throw badToken();
    c.set("principal", principal);
  }
  if (typeof access !== "string") requireRole(c.get("principal"), access);
}

function requireRole(principal: Principal | undefined, roles: readonly Role[]): void {
  if (!principal || !roles.includes(principal.role)) {
    throw new ApiError("forbidden", `Only ${roles.join(" or ")} may do this.`);
  }
}

/** The caller of a route whose access is `signed-in` or a list of roles. */
export function principalIn(c: Context<{ Variables: AuthVariables }>): Principal {
  const principal = c.get("principal");
  if (!principal) throw signInFirst();
  return principal;
}
