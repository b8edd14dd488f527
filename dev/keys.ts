import { randomBytes, randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair } from "jose";

/** A new private Ed25519 key as `JWT_KEYS` holds it: put it first in the list, keep the old one until its tokens ran out. */
export async function newSigningKey(kid: string = randomUUID()) {
  const { privateKey } = await generateKeyPair("EdDSA", { extractable: true });
  return { ...(await exportJWK(privateKey)), kid, alg: "EdDSA", use: "sig" };
}

/** A new secret for `TOKEN_SECRET`: 256 bits, base64url. */
export const newTokenSecret = () => randomBytes(32).toString("base64url");

if (import.meta.main) {
  console.log(`JWT_KEYS='${JSON.stringify({ keys: [await newSigningKey()] })}'`);
  console.log(`TOKEN_SECRET='${newTokenSecret()}'`);
}
