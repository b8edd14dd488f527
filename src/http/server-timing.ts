import type { MiddlewareHandler } from "hono";
import type { AuthVariables } from "./authentication.ts";
import { type Part, type RequestScope, requestScope } from "./request-scope.ts";

/**
 * Says in `Server-Timing` (W3C) where a request's time went: in milliseconds the `total`, and each part of it that was
 * waited for, calls at once counted once. Workers stop their clock while they compute, so that a part is its waiting.
 * Needs the request's id, and opens the scope that its log lines know it by.
 */
export const serverTiming: MiddlewareHandler<{ Variables: AuthVariables }> = async (c, next) => {
  const startedMs = performance.now();
  const scope: RequestScope = { requestId: c.get("requestId"), waits: new Map() };
  await requestScope.run(scope, next);
  let value = `total;dur=${rounded(performance.now() - startedMs)}`;
  for (const [part, { ms, calls }] of scope.waits) {
    value += `, ${part};dur=${rounded(ms)}${calls > 1 ? `;desc="${calls} calls"` : ""}`;
  }
  c.res.headers.set("Server-Timing", value);
};

/** Counts the time that `work` takes as this part of the request that it runs in; outside a request it counts nothing. */
export async function timed<T>(part: Part, work: () => Promise<T>): Promise<T> {
  const waits = requestScope.getStore()?.waits;
  if (!waits) return work();
  const wait = waits.get(part) ?? { ms: 0, calls: 0, underWay: 0, sinceMs: 0 };
  waits.set(part, wait);
  if (wait.underWay === 0) wait.sinceMs = performance.now();
  wait.underWay += 1;
  wait.calls += 1;
  try {
    return await work();
  } finally {
    wait.underWay -= 1;
    if (wait.underWay === 0) wait.ms += performance.now() - wait.sinceMs;
  }
}

const rounded = (ms: number) => Math.round(ms * 10) / 10;
