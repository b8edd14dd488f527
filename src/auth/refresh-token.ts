import { base64url } from "jose";
import { sha256Base64Url, sha256Hex } from "../sha256.ts";

const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** A refresh token of a new sign-in: 256 random bits, base64url. */
export const newRefreshToken = () => base64url.encode(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)));

/** Whether a text could be a refresh token at all. */
export const isRefreshToken = (text: string) => TOKEN.test(text);

/** The token that follows this one, HMAC-SHA256(secret, token): always the same, and nobody without the secret can tell it. */
export async function successorOf(token: string, secret: string): Promise<string> {
  const key = await crypto.subtle.importKey("raw", bytes(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return base64url.encode(new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes(token))));
}

/** What is stored of a token: its SHA-256, base64url. */
export async function tokenHash(token: string): Promise<string> {
  return sha256Base64Url(token);
}

/** The short name by which a family remembers the secret that derives its tokens: the first 32 bits of its SHA-256, in hex. */
export async function secretId(secret: string): Promise<string> {
  return (await sha256Hex(secret)).slice(0, 8);
}

const bytes = (text: string) => new TextEncoder().encode(text);
