import { readFile } from "node:fs/promises";
import { argon2id } from "hash-wasm";
import { describe, expect, it } from "vitest";
import { ARGON2_BINARIES, binaryFile, embeddedBinary } from "../../dev/argon2-wasm.ts";
import { hashPassword, needsRehash, unmatchableHash, verifyPassword } from "../../src/auth/password-hash.ts";

const CHEAP = { memoryKib: 64, iterations: 1 };

describe("a password's hash", () => {
  it("is Argon2id, encoded with its parameters, with a salt of its own each time", async () => {
    const [one, another] = [await hashPassword("Password123!", CHEAP), await hashPassword("Password123!", CHEAP)];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(another).not.toBe(one);
  });

  it("is matched by its password alone", async () => {
    const hash = await hashPassword("Password123!", CHEAP);
    expect(await verifyPassword("Password123!", hash)).toBe(true);
    expect(await verifyPassword("password123!", hash)).toBe(false);
    expect(await verifyPassword("Password123! ", hash)).toBe(false);
  });

  it("takes the same characters typed on another keyboard for the same password", async () => {
    const composed = "Caf\u00e9 123";
    const decomposed = "Cafe\u0301 123";
    expect(await verifyPassword(decomposed, await hashPassword(composed, CHEAP))).toBe(true);
  });

  it("is matched by no password where it stands for none", async () => {
    const hash = unmatchableHash(CHEAP);
    expect(needsRehash(hash, CHEAP)).toBe(false);
    expect(await verifyPassword("Password123!", hash)).toBe(false);
  });

  it("is to be renewed when memory or passes have changed", async () => {
    const hash = await hashPassword("Password123!", CHEAP);
    expect(needsRehash(hash, CHEAP)).toBe(false);
    expect(needsRehash(hash, { ...CHEAP, memoryKib: 128 })).toBe(true);
    expect(needsRehash(hash, { ...CHEAP, iterations: 2 })).toBe(true);
  });
});

describe("a stored hash that is not to be trusted", () => {
  const rest = "p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  it.each([
    ["asks for more memory than we give", `$argon2id$v=19$m=65537,t=1,${rest}`],
    ["asks for more passes than we make", `$argon2id$v=19$m=64,t=11,${rest}`],
    ["asks for less than the algorithm takes", `$argon2id$v=19$m=4,t=1,${rest}`],
    ["is of another kind of Argon2", `$argon2i$v=19$m=64,t=1,${rest}`],
    ["is no hash at all", "Password123!"],
    ["is empty", ""],
  ])("matches nothing where it %s", async (_, hash) => {
    expect(await verifyPassword("Password123!", hash)).toBe(false);
    expect(needsRehash(hash, CHEAP)).toBe(true);
  });
});

describe("the WebAssembly modules that come with the Worker", () => {
  it.each(ARGON2_BINARIES)("%s is byte for byte what the installed hash-wasm would compile", async (name) => {
    expect(await readFile(binaryFile(name))).toEqual(await embeddedBinary(name));
  });

  it("are told apart by the lengths that src/auth/argon2/precompiled.ts names", async () => {
    const source = await readFile(new URL("../../src/auth/argon2/precompiled.ts", import.meta.url), "utf8");
    for (const name of ARGON2_BINARIES) {
      expect(source).toContain(`[${(await embeddedBinary(name)).byteLength}, ${name}]`);
    }
  });
});

describe("hash-wasm's Argon2id", () => {
  it("agrees with RFC 9106's reference implementation", async () => {
    // `echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1 -l 32 -r`, from the reference's test.c.
    const hash = await argon2id({
      password: "password",
      salt: "somesalt",
      iterations: 2,
      memorySize: 65_536,
      parallelism: 1,
      hashLength: 32,
    });
    expect(hash).toBe("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
  });
});
