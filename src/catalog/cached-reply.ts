import type { Context } from "hono";
import { BoundedCache } from "../bounded-cache.ts";
import type { Database } from "../db/client.ts";
import type { EdgeCache } from "../edge-cache.ts";
import { etagOf } from "../http/etag.ts";
import { sendRevalidated } from "../http/revalidated.ts";
import { type CatalogEdge, catalogEdge, type KeptReply } from "./edge.ts";
import { catalogVersion, freshVersion, lastVersion, noteVersion, shareVersion } from "./version.ts";

/** What a use case of the catalog gives: a body and the version that was read in the same statement. */
type Reading<Body> = { readonly version: number; readonly body: Body };

/** Characters that an isolate keeps: some 300 pages of skills. */
const CAPACITY = 4_000_000;

/** So long may a browser or the edge answer without asking; the version is looked up as often. */
const LIFETIME_SEC = 3;

/** A reply that is in use is told to the edge again before it is forgotten there. */
const SHARED_AGAIN_MS = 30_000;

/** A reply, and when this isolate and the edge last had it in common. */
type Held = { readonly reply: KeptReply; sharedAtMs: number };

/** Of each database, in this isolate. */
const kept = new WeakMap<Database, BoundedCache<string, Held>>();

/**
 * A reply that is the same for everybody. This isolate and those of the same place keep it as long as the catalog's
 * version stays, and also while Postgres cannot say what the version is; `read` runs only where there is nothing to
 * keep to. `key` says which route and which input, in one spelling. A caller who has the reply already, by its ETag,
 * gets 304.
 */
export async function cachedReply<Body extends object>(
  c: Context,
  services: { db: Database; edge: EdgeCache; version: string },
  key: string,
  read: () => Promise<Reading<Body>>,
) {
  const { db } = services;
  const nowMs = Date.now();
  const cache = kept.get(db) ?? new BoundedCache<string, Held>(CAPACITY);
  kept.set(db, cache);
  const edge = catalogEdge(services.edge, c.req.url, services.version);

  const held = cache.get(key);
  const reply = await currentReply({ db, edge, key, known: held?.reply, nowMs, read });
  if (reply !== held?.reply) cache.set(key, { reply, sharedAtMs: nowMs }, key.length + reply.body.length);
  else if (nowMs - held.sharedAtMs >= SHARED_AGAIN_MS) {
    held.sharedAtMs = nowMs;
    edge.keepReply(reply, key);
    shareVersion({ db }, edge);
  }
  const { body, etag } = reply;
  return sendRevalidated<Body>(c, { body, etag, cacheControl: `public, max-age=${LIFETIME_SEC}` });
}

type Wanted = {
  readonly db: Database;
  readonly edge: CatalogEdge;
  readonly key: string;
  /** What this isolate kept. */
  readonly known: KeptReply | undefined;
  readonly nowMs: number;
  readonly read: () => Promise<Reading<object>>;
};

async function currentReply(wanted: Wanted): Promise<KeptReply> {
  const { db, edge, key, nowMs, read } = wanted;
  const lastKnown = wanted.known?.version ?? (await lastVersion({ db }, edge));
  const old = wanted.known ?? (await replyAtEdge(edge, key, lastKnown));
  if (old && (await isCurrent(old, wanted))) return old;
  // Another isolate may have read what is new.
  const version = freshVersion({ db }, nowMs);
  const shared = version === lastKnown ? undefined : await replyAtEdge(edge, key, version);
  if (shared) return shared;
  const reading = await read();
  noteVersion({ db }, reading.version, nowMs);
  const body = JSON.stringify(reading.body);
  const reply = { version: reading.version, body, etag: await etagOf(body) };
  edge.keepReply(reply, key);
  shareVersion({ db }, edge);
  return reply;
}

async function replyAtEdge(edge: CatalogEdge, key: string, version: number | undefined) {
  return version === undefined ? undefined : edge.reply(version, key);
}

async function isCurrent({ version }: KeptReply, { db, edge, nowMs }: Wanted): Promise<boolean> {
  try {
    return version === (await catalogVersion({ db }, nowMs, edge));
  } catch {
    // Postgres is down. What was true a moment ago serves better than an error.
    return true;
  }
}
