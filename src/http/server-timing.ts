import { AsyncLocalStorage } from "node:async_hooks";
import type { MiddlewareHandler } from "hono";

/** What a request waits for: the check of its token, Postgres, Redis, a Durable Object. */
export type Part = "auth" | "db" | "redis" | "object";

/** How long a part has been waited for, and since when it is, by how many calls at once. */
type Wait = { ms: number; calls: number; underWay: number; sinceMs: number };

const waits = new AsyncLocalStorage<Map<Part, Wait>>();

/**
 * Says in `Server-Timing` (W3C) where a request's time went: in milliseconds the `total`, and each part of it that was
 * waited for, calls at once counted once. Workers stop their clock while they compute, so that a part is its waiting.
 */
export const serverTiming: MiddlewareHandler = async (c, next) => {
  const startedMs = performance.now();
  const parts = new Map<Part, Wait>();
  await waits.run(parts, next);
  let value = `total;dur=${rounded(performance.now() - startedMs)}`;
  for (const [part, { ms, calls }] of parts) {
    value += `, ${part};dur=${rounded(ms)}${calls > 1 ? `;desc="${calls} calls"` : ""}`;
  }
  c.res.headers.set("Server-Timing", value);
};

/** Counts the time that `work` takes as this part of the request that it runs in; outside a request it counts nothing. */
export async function timed<T>(part: Part, work: () => Promise<T>): Promise<T> {
  const parts = waits.getStore();
  if (!parts) return work();
  const wait = parts.get(part) ?? { ms: 0, calls: 0, underWay: 0, sinceMs: 0 };
  parts.set(part, wait);
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
