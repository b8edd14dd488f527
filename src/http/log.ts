import { requestScope } from "./request-scope.ts";

/** Writes one log line, as JSON: what happened, in which request, and the facts that belong to it. Nothing personal goes in. */
export function log(level: "warn" | "error", event: string, facts: object): void {
  const scope = requestScope.getStore();
  const request = scope === undefined ? {} : { request_id: scope.requestId };
  console[level](JSON.stringify({ event, ...request, ...facts }));
}

const PAUSE_MS = 10_000;

/** The same of what every request meets as long as it lasts: a line in ten seconds at most. */
export function logNowAndThen(event: string): (facts: object) => void {
  let loggedAtMs = Number.NEGATIVE_INFINITY;
  return (facts) => {
    const nowMs = Date.now();
    if (nowMs - loggedAtMs <= PAUSE_MS) return;
    loggedAtMs = nowMs;
    log("warn", event, facts);
  };
}
