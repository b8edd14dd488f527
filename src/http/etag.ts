import { encodeBase64Url } from "hono/utils/encode";

/** A strong entity tag of whatever this text names: a body, or the state that a body is made from. */
export async function etagOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `"${encodeBase64Url(digest).slice(0, 22)}"`;
}

/** Compares weakly, as RFC 9110, 13.1.2 has it for If-None-Match: what compresses on the way makes an ETag weak. */
export function hasAlready(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(",").some((tag) => ["*", etag].includes(tag.trim().replace(/^W\//, "")));
}
