import { NeonDbError, type NeonQueryFunction, neon, neonConfig } from "@neondatabase/serverless";
import { drizzle, type NeonHttpDatabase } from "drizzle-orm/neon-http";
import { timed } from "../http/server-timing.ts";

/** Longer than any statement of ours takes, short enough that a client gets its 503 within five seconds. */
const QUERY_TIMEOUT_MS = 4_000;

/** What the driver's `fetchOptions` may say of one request: how long to wait for it, in milliseconds. */
export type Patience = { readonly patienceMs: number };

export type Database = {
  /** One statement a request, or several in one transaction with `batch`. */
  readonly query: NeonHttpDatabase;
  /** The driver itself, for a transaction whose isolation level matters. */
  readonly http: NeonQueryFunction<false, false>;
};

/**
 * Postgres over HTTP. Holds no connection, so one serves the isolate. Every request is given up after
 * {@link QUERY_TIMEOUT_MS}, or what its {@link Patience} says; nothing is retried here.
 */
export function createDatabase(databaseUrl: string, endpoint: string | undefined): Database {
  if (endpoint !== undefined) neonConfig.fetchEndpoint = endpoint;
  neonConfig.fetchFunction = (
    url: string,
    { patienceMs = QUERY_TIMEOUT_MS, ...init }: RequestInit & Partial<Patience>,
  ) => timed("db", () => fetchWhole(url, init, patienceMs));
  const http = neon(databaseUrl);
  return { query: drizzle(http, { casing: "snake_case" }), http };
}

/** What the driver can read; what is no reply of Postgres's fails as a Postgres that is down, not as a bug of ours. */
function replyIn(text: string, isSuccess: boolean): object {
  const reply = parsed(text);
  const isReadable: (reply: unknown) => reply is object = isSuccess ? isResult : isObject;
  if (isReadable(reply)) return reply;
  throw new NeonDbError("What answered is not Postgres over HTTP");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The result of one statement, or of each of several (Neon's proxy: sql_over_http.rs). */
function isResult(reply: unknown): reply is object {
  if (!isObject(reply)) return false;
  if ("results" in reply) return Array.isArray(reply.results) && reply.results.every(isResult);
  return "fields" in reply && "rows" in reply && Array.isArray(reply.fields) && Array.isArray(reply.rows);
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** The response with its body, in time. No timer is left behind: it would keep an object awake that has nothing to do. */
async function fetchWhole(url: string, init: RequestInit, patienceMs: number): Promise<Response> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new DOMException("Postgres took too long", "TimeoutError")), patienceMs);
  try {
    const response = await fetch(url, { ...init, signal: limit.signal });
    const text = await response.text();
    const readable = { text: async () => text, json: async () => replyIn(text, response.ok) };
    return Object.assign(new Response(null, { status: response.status }), readable);
  } finally {
    clearTimeout(timer);
  }
}
