import { base64url } from "jose";

/** The SHA-256 of bytes, or of a text in UTF-8, in hexadecimal. */
export async function sha256Hex(data: string | ArrayBuffer): Promise<string> {
  return Array.from(await sha256(data), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The same in base64url, without padding. */
export async function sha256Base64Url(data: string | ArrayBuffer): Promise<string> {
  return base64url.encode(await sha256(data));
}

async function sha256(data: string | ArrayBuffer): Promise<Uint8Array> {
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
