import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The WebAssembly binaries that Argon2id takes, by the name that hash-wasm gives them. */
export const ARGON2_BINARIES = ["argon2", "blake2b"] as const;

export type Argon2Binary = (typeof ARGON2_BINARIES)[number];

/** Where a binary lies as a module of its own, for a runtime that compiles no bytes. */
export const binaryFile = (name: Argon2Binary) => new URL(`../src/auth/argon2/${name}.wasm`, import.meta.url);

/** The binary of this name inside the installed hash-wasm. Throws where its bundle no longer holds one. */
export async function embeddedBinary(name: Argon2Binary): Promise<Buffer> {
  const bundle = join(dirname(createRequire(import.meta.url).resolve("hash-wasm")), "index.esm.js");
  const source = await readFile(bundle, "utf8");
  const base64 = new RegExp(`var name\\S* = "${name}";\\s*var data\\S* = "([A-Za-z0-9+/=]+)";`).exec(source)?.[1];
  if (base64 === undefined)
    throw new Error(`The installed hash-wasm holds no binary named ${name} where it used to be.`);
  return Buffer.from(base64, "base64");
}

if (import.meta.main) {
  for (const name of ARGON2_BINARIES) await writeFile(binaryFile(name), await embeddedBinary(name));
}
