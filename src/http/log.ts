import { requestScope } from "./request-scope.ts";

/** Writes one log line, as JSON: what happened, in which request, and the facts that belong to it. Nothing personal goes in. */
export function log(level: "warn" | "error", event: string, facts: object): void {
  const scope = requestScope.getStore();
  const request = scope === undefined ? {} : { request_id: scope.requestId };
  console[level](JSON.stringify({ event, ...request, ...facts }));
}
