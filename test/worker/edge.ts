import { type EdgeCache, edgeCache } from "../../src/edge-cache.ts";

/** The Cache API as one place has it: where nobody has kept anything yet, apart from all other tests. */
export function emptyPlace(): Pick<Cache, "match" | "put"> {
  const place = crypto.randomUUID();
  const here = (url: RequestInfo | URL) => `https://${place}.test/?${encodeURIComponent(String(url))}`;
  return {
    match: (url) => caches.default.match(here(url)),
    put: (url, response) => caches.default.put(here(url), response),
  };
}

/** The edge of a place of its own, or of one that is given, as another isolate there sees it. */
export function edgeAt(place: Pick<Cache, "match" | "put"> = emptyPlace()): EdgeCache {
  return edgeCache(() => place);
}
