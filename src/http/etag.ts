import { sha256Base64Url } from "../sha256.ts";

/** A strong entity tag of whatever this text names: a body, or the state that a body is made from. */
export async function etagOf(text: string): Promise<string> {
  return `"${(await sha256Base64Url(text)).slice(0, 22)}"`;
}

/** Compares weakly, as RFC 9110, 13.1.2 has it for If-None-Match: what compresses on the way makes an ETag weak. */
export function hasAlready(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(",").some((tag) => ["*", etag].includes(tag.trim().replace(/^W\//, "")));
}
