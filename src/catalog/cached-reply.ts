import type { Context, TypedResponse } from "hono";
import { encodeBase64Url } from "hono/utils/encode";
import { BoundedCache } from "../bounded-cache.ts";
import type { Database } from "../db/client.ts";
import { catalogVersion, noteVersion } from "./version.ts";

/** A body as it is sent, and the version of the catalog that it was made from. */
type Kept = { readonly version: number; readonly body: string; readonly etag: string };

/** What a use case of the catalog gives: a body and the version that was read in the same statement. */
type Reading<Body> = { readonly version: number; readonly body: Body };

/** Characters that an isolate keeps: some 300 pages of skills. */
const CAPACITY = 4_000_000;

/** So long may a browser or the edge answer without asking; the version is looked up as often. */
const LIFETIME_SEC = 3;

/** Of each database, in this isolate. */
const kept = new WeakMap<Database, BoundedCache<string, Kept>>();

/**
 * A reply that is the same for everybody. This isolate keeps it as long as the catalog's version stays, and also while
 * Postgres cannot say what the version is; `read` runs only where there is nothing to keep to. `key` says which route
 * and which input, in one spelling. A caller who has the reply already, by its ETag, gets 304.
 */
export async function cachedReply<Body extends object>(
  c: Context,
  { db }: { db: Database },
  key: string,
  read: () => Promise<Reading<Body>>,
) {
  const nowMs = Date.now();
  const cache = kept.get(db) ?? new BoundedCache<string, Kept>(CAPACITY);
  kept.set(db, cache);

  let reply = cache.get(key);
  if (!reply || !(await isCurrent(reply, db, nowMs))) {
    const { version, body } = await read();
    noteVersion({ db }, version, nowMs);
    const text = JSON.stringify(body);
    reply = { version, body: text, etag: await etagOf(text) };
    cache.set(key, reply, key.length + text.length);
  }
  return send<Body>(c, reply);
}

async function isCurrent({ version }: Kept, db: Database, nowMs: number): Promise<boolean> {
  try {
    return version === (await catalogVersion({ db }, nowMs));
  } catch {
    // Postgres is down. What was true a moment ago serves better than an error.
    return true;
  }
}

async function etagOf(body: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(body));
  return `"${encodeBase64Url(digest).slice(0, 22)}"`;
}

/** The type is the reading's: its JSON is what is sent. A 304 has no body that could have another. */
function send<Body>(c: Context, { body, etag }: Kept) {
  const headers = { ETag: etag, "Cache-Control": `public, max-age=${LIFETIME_SEC}` };
  const response = hasAlready(c.req.header("If-None-Match"), etag)
    ? c.body(null, 304, headers)
    : c.body(body, 200, { ...headers, "Content-Type": "application/json" });
  return response as unknown as TypedResponse<Body, 200, "json">;
}

/** Compares weakly, as RFC 9110, 13.1.2 has it for If-None-Match: what compresses on the way makes an ETag weak. */
function hasAlready(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(",").some((tag) => ["*", etag].includes(tag.trim().replace(/^W\//, "")));
}
