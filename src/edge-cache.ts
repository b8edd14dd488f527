import { waitUntil } from "cloudflare:workers";
import { within } from "./http/within.ts";

/** What the isolates of one place share for a while: text by URL. It may forget anything at any time. */
export type EdgeCache = {
  /** What is kept at this URL; undefined where nothing is or the cache does not answer in time. Never rejects. */
  get(url: string): Promise<string | undefined>;
  /** Keeps text for so many seconds, in the background. Never throws. */
  put(url: string, text: string, lifetimeSec: number): void;
};

/**
 * A cache answers in a few milliseconds, but an isolate that has just begun on a busy machine may hear of it much later, and
 * while Postgres is down it is all that there is: given up too soon, readers get 503 until it is asked again.
 */
const PATIENCE_MS = 250;

/** So long a cache that failed, or that is not there at all, is left alone. */
const REST_MS = 10_000;

/**
 * The Cache API of the place where the isolate runs. Where a runtime has none (plain workerd without one configured) or
 * it fails, it is as if nothing were kept, and nobody waits for it.
 */
export function edgeCache(open: () => Pick<Cache, "match" | "put"> = () => caches.default): EdgeCache {
  let restsUntilMs = 0;

  async function attempt<T>(work: (cache: Pick<Cache, "match" | "put">) => Promise<T>): Promise<T | undefined> {
    if (Date.now() < restsUntilMs) return undefined;
    try {
      return await work(open());
    } catch {
      restsUntilMs = Date.now() + REST_MS;
      return undefined;
    }
  }

  return {
    get: (url) => attempt((cache) => within(PATIENCE_MS, textAt(cache, url))),
    put: (url, text, lifetimeSec) => {
      const headers = { "Content-Type": "application/json", "Cache-Control": `max-age=${lifetimeSec}` };
      waitUntil(attempt((cache) => cache.put(url, new Response(text, { headers }))));
    },
  };
}

async function textAt(cache: Pick<Cache, "match">, url: string): Promise<string | undefined> {
  const response = await cache.match(url);
  return response?.text();
}
