import type { EdgeCache } from "../edge-cache.ts";
import type { DatedVersion } from "./version.ts";

/** A body as it is sent, and the version of the catalog that it was made from. */
export type KeptReply = { readonly version: number; readonly body: string; readonly etag: string };

/** The catalog as the isolates of one place share it. What is not kept, or not as it was kept, is undefined. */
export type CatalogEdge = {
  /** The version that one of them read last, within a minute, and when. */
  version(): Promise<DatedVersion | undefined>;
  keepVersion(dated: DatedVersion): void;
  /** The reply to this input at just this version: of an older one nobody asks any more, so nothing is ever purged. */
  reply(version: number, key: string): Promise<KeptReply | undefined>;
  keepReply(reply: KeptReply, key: string): void;
};

/** Also as long as an isolate that has read nothing yet can answer while Postgres is down. */
const LIFETIME_SEC = 60;

/**
 * The edge under an origin of the Worker's own, the kind of key that a cache is quick with. Replies are kept apart by the
 * code that made them: another release may give them another shape.
 */
export function catalogEdge(edge: EdgeCache, requestUrl: string, codeVersion: string): CatalogEdge {
  const at = (path: string) => new URL(`/cache/catalog/${path}`, requestUrl).href;
  const versionUrl = at("version");
  const replyUrl = (version: number, key: string) =>
    at(`${encodeURIComponent(codeVersion)}/${version}/${encodeURIComponent(key)}`);
  return {
    version: async () => toDatedVersion(parsed(await edge.get(versionUrl))),
    keepVersion: (dated) => edge.put(versionUrl, JSON.stringify(dated), LIFETIME_SEC),
    reply: async (version, key) => {
      const kept = parsed(await edge.get(replyUrl(version, key)));
      return isKeptReply(kept) && kept.version === version ? kept : undefined;
    },
    keepReply: (reply, key) => edge.put(replyUrl(reply.version, key), JSON.stringify(reply), LIFETIME_SEC),
  };
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toDatedVersion(value: unknown): DatedVersion | undefined {
  if (!isObject(value)) return undefined;
  const { version, atMs } = value;
  return Number.isSafeInteger(version) && Number.isSafeInteger(atMs)
    ? { version: Number(version), atMs: Number(atMs) }
    : undefined;
}

function isKeptReply(value: unknown): value is KeptReply {
  return isObject(value) && typeof value.body === "string" && typeof value.etag === "string";
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
