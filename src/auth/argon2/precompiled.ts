/// <reference path="./wasm.d.ts" />
import { argon2id } from "hash-wasm";
import argon2 from "./argon2.wasm";
import blake2b from "./blake2b.wasm";

/** The modules by the length of the bytes that hash-wasm would compile: `dev/argon2-wasm.ts` takes them from there. */
const MODULES: ReadonlyMap<number, WebAssembly.Module> = new Map([
  [7148, argon2],
  [7449, blake2b],
]);

const webAssembly = withCompile();
const compile = webAssembly.compile;
let ready = false;

/**
 * Makes hash-wasm work in workerd, which runs WebAssembly modules that came with the Worker but compiles no bytes.
 * hash-wasm compiles its bytes at the first hash and keeps the modules: this gives it the Worker's own for that one
 * hash. Never from two places at once.
 */
export async function usePrecompiledArgon2(): Promise<void> {
  if (ready) return;
  webAssembly.compile = async (bytes) => {
    const module = MODULES.get(bytes.byteLength);
    if (!module) throw new Error(`No WebAssembly module of ${bytes.byteLength} bytes came with the Worker.`);
    return module;
  };
  try {
    await argon2id({ password: "x", salt: "saltsalt", iterations: 1, parallelism: 1, memorySize: 8, hashLength: 4 });
    ready = true;
  } finally {
    webAssembly.compile = compile;
  }
}

/** The runtime has `compile`, though it always throws; its types leave it out. */
function withCompile(): { compile(bytes: ArrayBuffer): Promise<WebAssembly.Module> } {
  return (globalThis as unknown as { WebAssembly: ReturnType<typeof withCompile> }).WebAssembly;
}
