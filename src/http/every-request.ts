import type { Context, MiddlewareHandler } from "hono";
import type { AuthVariables } from "./authentication.ts";
import { type RequestScope, requestScope } from "./request-scope.ts";
import { dresser } from "./response-headers.ts";
import { serverTimingOf } from "./server-timing.ts";

/** What ids are made of, traces' and services' own; nothing that a log or a page could take for more than text. */
const ID = /^[\w.:=+/@~-]{1,255}$/;

/**
 * What every request passes: it gets the id that it came with, or one, and a scope that its log lines and timings find;
 * what no route has taken is `notTaken`'s to answer; the reply is dressed. One middleware and not four, as each costs an
 * answer as much as scoring it.
 */
export function everyRequest(
  origins: readonly string[],
  notTaken: MiddlewareHandler,
): MiddlewareHandler<{ Variables: AuthVariables }> {
  const { preflight, dress } = dresser(origins);
  return async (c, next) => {
    const startedMs = performance.now();
    const scope: RequestScope = { requestId: requestIdOf(c), waits: new Map() };
    c.set("requestId", scope.requestId);
    await requestScope.run(scope, async () => {
      const answer = preflight(c);
      if (answer) {
        c.res = await answer;
      } else {
        await next();
        if (c.res.status === 404) await notTaken(c, nothing);
      }
    });
    dress(c, scope.requestId);
    c.res.headers.set("Server-Timing", serverTimingOf(scope, startedMs));
  };
}

function requestIdOf(c: Context): string {
  const sent = c.req.header("X-Request-Id");
  return sent !== undefined && ID.test(sent) ? sent : crypto.randomUUID();
}

const nothing = async () => {};
