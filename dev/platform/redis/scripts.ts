import { createHash } from "node:crypto";
import type { Bytes } from "./engine.ts";

/** Upstash knows a script by the SHA-1 of all of it, its first line included. */
export function shaOf(script: Bytes): string {
  return createHash("sha1").update(Buffer.from(script, "latin1")).digest("hex");
}

/** The script without a first line `#!lua …`: its flag `allow-key-locking` is Upstash's own, and Redis refuses what it does not know. */
export function withoutShebang(script: Bytes): Bytes {
  if (!script.startsWith("#!")) return script;
  const end = script.indexOf("\n");
  // The newline stays, so that errors name the lines of the script as it was sent.
  return end === -1 ? "" : script.slice(end);
}
