import { argon2id } from "hash-wasm";

/** What an Argon2id hash costs: memory in KiB and passes over it, in one lane. */
export type Argon2Params = { readonly memoryKib: number; readonly iterations: number };

const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** The most that a stored hash may ask of this process: a row must not be able to exhaust it. */
const MOST: Argon2Params = { memoryKib: 65_536, iterations: 10 };
const LEAST_MEMORY_KIB = 8;

/**
 * The password's Argon2id hash with a new salt, encoded with its parameters: `$argon2id$v=19$m=…,t=…,p=1$salt$hash`.
 * Two ways to type the same characters (RFC 8265, Unicode NFC) are one password.
 */
export function hashPassword(password: string, params: Argon2Params): Promise<string> {
  return hashWithSalt(password, params, crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
}

/** Whether this is the password of the encoded hash; false where the hash is none of ours or asks too much. */
export async function verifyPassword(password: string, encoded: string): Promise<boolean> {
  const stored = parseHash(encoded);
  if (!stored) return false;
  return sameText(await hashWithSalt(password, stored.params, stored.salt), encoded);
}

/** Whether the hash was made with other parameters than these. */
export function needsRehash(encoded: string, params: Argon2Params): boolean {
  const stored = parseHash(encoded)?.params;
  return stored?.memoryKib !== params.memoryKib || stored.iterations !== params.iterations;
}

/** A hash that no password has and that takes as long to verify as one with these parameters. */
export function unmatchableHash(params: Argon2Params): string {
  const empty = base64(new Uint8Array(HASH_BYTES));
  return `$argon2id$v=19$m=${params.memoryKib},t=${params.iterations},p=1$${base64(new Uint8Array(SALT_BYTES))}$${empty}`;
}

function hashWithSalt(password: string, { memoryKib, iterations }: Argon2Params, salt: Uint8Array): Promise<string> {
  return argon2id({
    password: password.normalize("NFC"),
    salt,
    memorySize: memoryKib,
    iterations,
    parallelism: 1,
    hashLength: HASH_BYTES,
    outputType: "encoded",
  });
}

/** Salt of 16 and hash of 32 bytes, in base64 without padding. */
const ENCODED = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=1\$([A-Za-z0-9+/]{22})\$[A-Za-z0-9+/]{43}$/;

function parseHash(encoded: string): { params: Argon2Params; salt: Uint8Array } | undefined {
  const [, memory, passes, salt] = ENCODED.exec(encoded) ?? [];
  if (memory === undefined || passes === undefined || salt === undefined) return undefined;
  const params = { memoryKib: Number(memory), iterations: Number(passes) };
  if (params.memoryKib < LEAST_MEMORY_KIB || params.memoryKib > MOST.memoryKib) return undefined;
  if (params.iterations < 1 || params.iterations > MOST.iterations) return undefined;
  return { params, salt: Uint8Array.from(atob(salt), (character) => character.charCodeAt(0)) };
}

const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes)).replaceAll("=", "");

/** Whether two texts are the same; takes as long wherever they differ. */
export function sameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}
