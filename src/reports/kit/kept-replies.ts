import { BoundedCache } from "../../bounded-cache.ts";
import type { Database } from "../../db/client.ts";
import type { EdgeCache } from "../../edge-cache.ts";

/** Replies by their ETag: of an older state nobody asks any more, so nothing is ever purged. */
export type KeptReplies = {
  readonly get: (etag: string) => Promise<string | undefined>;
  readonly keep: (etag: string, body: string) => void;
};

/** Characters that an isolate keeps: some hundred reports. */
const CAPACITY = 8_000_000;

const LIFETIME_SEC = 120;

/** Of each database, in this isolate. */
const inIsolate = new WeakMap<Database, BoundedCache<string, string>>();

/**
 * What this isolate and those of the same place keep of reports that several may see. An ETag is made of the class, of what
 * was asked and of a digest of the class's state, so that nobody comes upon a reply without having been told its state,
 * which takes being let in.
 */
export function keptReplies({ db, edge }: { db: Database; edge: EdgeCache }, requestUrl: string): KeptReplies {
  const cache = inIsolate.get(db) ?? new BoundedCache<string, string>(CAPACITY);
  inIsolate.set(db, cache);
  const urlOf = (etag: string) => new URL(`/cache/reports/${encodeURIComponent(etag)}`, requestUrl).href;
  return {
    get: async (etag) => cache.get(etag) ?? (await edge.get(urlOf(etag))),
    keep: (etag, body) => {
      cache.set(etag, body, body.length);
      edge.put(urlOf(etag), body, LIFETIME_SEC);
    },
  };
}
