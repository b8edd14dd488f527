import { principalIn } from "../http/authentication.ts";
import { done, doneReply, ok } from "../http/envelope.ts";
import { defineRoute, newRouter, type Router } from "../http/route.ts";
import type { Services } from "../services.ts";
import { admitRefresh, admitSignIn } from "./admission.ts";
import { changePassword } from "./change-password.ts";
import { getMe } from "./get-me.ts";
import { type AccountName, login } from "./login.ts";
import { logout } from "./logout.ts";
import { refresh } from "./refresh.ts";
import { register } from "./register.ts";
import {
  changePasswordBody,
  loginBody,
  refreshBody,
  registerBody,
  tokensReply,
  updateMeBody,
  userReply,
} from "./schemas.ts";
import { updateMe } from "./update-me.ts";

const TAGS: [string] = ["Authentication"];
const USER_TAGS: [string] = ["Users"];

/** Accounts, sign-in and one's own account, to be mounted at `/api/v1`. */
export function authRoutes(services: Services): Router {
  const router = newRouter();
  const { tokens } = services;

  router.openapi(
    defineRoute(tokens, {
      method: "post",
      path: "/auth/register",
      operationId: "register",
      tags: TAGS,
      summary: "Make an account and sign in",
      description:
        "For students and parents; an admin makes the others. Limited per account and address, and per address.",
      access: "anyone",
      body: registerBody,
      response: tokensReply,
      errors: ["forbidden", "conflict", "rate_limited", "service_unavailable"],
    }),
    async (c) => {
      const { email, password, full_name, role, grade_level, school } = c.req.valid("json");
      const registered = await register({
        services,
        email,
        password,
        fullName: full_name,
        role,
        gradeLevel: grade_level ?? null,
        school: school ?? null,
        admitted: admitSignIn(c, services, email),
        nowMs: Date.now(),
      });
      return ok(c, registered);
    },
  );

  router.openapi(
    defineRoute(tokens, {
      method: "post",
      path: "/auth/login",
      operationId: "login",
      tags: TAGS,
      summary: "Sign in by e-mail or username",
      description:
        "One answer for a wrong password and an unknown name. Limited per account and address, and per address.",
      access: "anyone",
      body: loginBody,
      response: tokensReply,
      errors: ["unauthorized", "rate_limited", "service_unavailable"],
    }),
    async (c) => {
      const { password, ...named } = c.req.valid("json");
      const [name, account] = accountOf(named);
      const admitted = admitSignIn(c, services, account);
      return ok(c, await login({ services, name, password, admitted, nowMs: Date.now() }));
    },
  );

  router.openapi(
    defineRoute(tokens, {
      method: "post",
      path: "/auth/refresh",
      operationId: "refresh",
      tags: TAGS,
      summary: "New tokens for a refresh token",
      description:
        "The same token gives the same successor until that is first used; an older one used again ends the sign-in. Limited per address.",
      access: "anyone",
      body: refreshBody,
      response: tokensReply,
      errors: ["unauthorized", "rate_limited", "service_unavailable"],
    }),
    async (c) => {
      const { refresh_token: refreshToken } = c.req.valid("json");
      await admitRefresh(c, services);
      return ok(c, await refresh({ services, refreshToken, nowMs: Date.now() }));
    },
  );

  router.openapi(
    defineRoute(tokens, {
      method: "post",
      path: "/auth/logout",
      operationId: "logout",
      tags: TAGS,
      summary: "End a sign-in",
      description:
        "Ends all refresh tokens of the sign-in; one that has ended already is no error. Limited per address.",
      access: "anyone",
      body: refreshBody,
      response: doneReply,
      errors: ["rate_limited", "service_unavailable"],
    }),
    async (c) => {
      const { refresh_token: refreshToken } = c.req.valid("json");
      await admitRefresh(c, services);
      await logout({ services, refreshToken, nowMs: Date.now() });
      return done(c);
    },
  );

  router.openapi(
    defineRoute(tokens, {
      method: "get",
      path: "/users/me",
      operationId: "getMe",
      tags: USER_TAGS,
      summary: "The caller's account",
      access: "signed-in",
      response: userReply,
      errors: ["service_unavailable"],
    }),
    async (c) => ok(c, await getMe({ services, userId: principalIn(c).userId })),
  );

  router.openapi(
    defineRoute(tokens, {
      method: "patch",
      path: "/users/me",
      operationId: "updateMe",
      tags: USER_TAGS,
      summary: "Change the caller's account",
      description: "Changes what is named and nothing else; null takes a value away.",
      access: "signed-in",
      body: updateMeBody,
      response: userReply,
      errors: ["service_unavailable"],
    }),
    async (c) => {
      const { full_name, school, grade_level, time_zone } = c.req.valid("json");
      const change = { fullName: full_name, school, gradeLevel: grade_level, timeZone: time_zone };
      return ok(c, await updateMe({ services, principal: principalIn(c), change }));
    },
  );

  router.openapi(
    defineRoute(tokens, {
      method: "post",
      path: "/users/me/password",
      operationId: "changePassword",
      tags: USER_TAGS,
      summary: "Change the caller's password",
      description: "Ends every other sign-in. A wrong current password is a 422 of that field. Limited like sign-in.",
      access: "signed-in",
      body: changePasswordBody,
      response: doneReply,
      errors: ["rate_limited", "service_unavailable"],
    }),
    async (c) => {
      const { current_password, new_password } = c.req.valid("json");
      const principal = principalIn(c);
      await changePassword({
        services,
        principal,
        currentPassword: current_password,
        newPassword: new_password,
        admitted: admitSignIn(c, services, principal.userId),
      });
      return done(c);
    },
  );

  return router;
}

/** Whom a sign-in names, and the same as one text for the limits. The schema has seen to it that it is one of the two. */
function accountOf({
  email = "",
  username,
}: {
  email?: string | undefined;
  username?: string | undefined;
}): [AccountName, string] {
  return username === undefined ? [{ email }, email] : [{ username }, username];
}
