import { type NeonQueryFunction, neon, neonConfig } from "@neondatabase/serverless";
import { drizzle, type NeonHttpDatabase } from "drizzle-orm/neon-http";
import { timed } from "../http/server-timing.ts";

/** Longer than any statement of ours takes, short enough that a client gets its 503 within five seconds. */
export const QUERY_TIMEOUT_MS = 4_000;

export type Database = {
  /** One statement a request, or several in one transaction with `batch`. */
  readonly query: NeonHttpDatabase;
  /** The driver itself, for a transaction whose isolation level matters. */
  readonly http: NeonQueryFunction<false, false>;
};

/**
 * Postgres over HTTP. Holds no connection, so one serves the isolate. Every request is given up after
 * {@link QUERY_TIMEOUT_MS}; nothing is retried here.
 */
export function createDatabase(databaseUrl: string, endpoint: string | undefined): Database {
  if (endpoint !== undefined) neonConfig.fetchEndpoint = endpoint;
  neonConfig.fetchFunction = (url: string, init: RequestInit) => timed("db", () => fetchWhole(url, init));
  const http = neon(databaseUrl);
  return { query: drizzle(http, { casing: "snake_case" }), http };
}

/** The response with its body, in time. No timer is left behind: it would keep an object awake that has nothing to do. */
async function fetchWhole(url: string, init: RequestInit): Promise<Response> {
  const limit = new AbortController();
  const timer = setTimeout(
    () => limit.abort(new DOMException("Postgres took too long", "TimeoutError")),
    QUERY_TIMEOUT_MS,
  );
  try {
    const response = await fetch(url, { ...init, signal: limit.signal });
    return new Response(await response.arrayBuffer(), response);
  } finally {
    clearTimeout(timer);
  }
}
