import { sha256Hex } from "../sha256.ts";

/** What makes two requests the same one: who asks, for what, under which key, with what body. */
export type RequestIdentity = {
  readonly userId: string;
  readonly method: string;
  /** The concrete path, with the query where there is one. */
  readonly path: string;
  readonly key: string;
  readonly body: ArrayBuffer;
};

/**
 * The UUID of a request: the same for the same request, another for any other. Nobody can work back from it to a body,
 * which may hold a password, since it takes the secret.
 */
export async function requestUuid(
  secret: string,
  { userId, method, path, key, body }: RequestIdentity,
): Promise<string> {
  const bodyHash = await sha256Hex(body);
  return uuidFrom(secret, ["request", userId, method, path, key, bodyHash]);
}

/** A UUID of version 8 (RFC 9562, 5.8) made from these names with HMAC-SHA-256: always the same from the same. */
export async function uuidFrom(secret: string, names: readonly string[]): Promise<string> {
  const text = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const hmacKey = await crypto.subtle.importKey("raw", text.encode(secret), algorithm, false, ["sign"]);
  const digest = await crypto.subtle.sign(algorithm, hmacKey, text.encode(JSON.stringify(names)));
  const hex = Buffer.from(digest).toString("hex");
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
