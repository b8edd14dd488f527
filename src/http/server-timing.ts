import { type Part, type RequestScope, requestScope } from "./request-scope.ts";

/**
 * `Server-Timing` (W3C) of a request that began at `startedMs`, in milliseconds: the `total`, and each part of it that was
 * waited for, calls at once counted once. Workers stop their clock while they compute, so that a part is its waiting.
 */
export function serverTimingOf({ waits }: RequestScope, startedMs: number): string {
  let value = `total;dur=${rounded(performance.now() - startedMs)}`;
  for (const [part, { ms, calls }] of waits) {
    value += `, ${part};dur=${rounded(ms)}${calls > 1 ? `;desc="${calls} calls"` : ""}`;
  }
  return value;
}

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
