import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asFirstPassword, firstPasswords, newFirstPasswordKeys } from "../../src/auth/first-password.ts";
import { FIRST_PASSWORD_WORDS } from "../../src/auth/first-password-words.ts";

const SECRET = "the first secret, of 32 characters or more";
const OTHER = "another secret, of 32 characters or more";
const ID = "0190a0de-0000-7000-8000-000000000003";
const KEY = "5023f6ca.0123456789abcdef01234567";

const account = (firstPasswordKey: string | null, id = ID) => ({ id, firstPasswordKey });

const keyOf = async (secrets: readonly string[]) => (await newFirstPasswordKeys(secrets, 1))[0] ?? "";

describe("a first password", () => {
  it("is two short words and three digits, and stays what it was when it was printed", async () => {
    expect(await firstPasswords([SECRET], [account(KEY)])).toEqual(["treat-bask-424"]);
    const words = createHash("sha256").update(FIRST_PASSWORD_WORDS.join(" ")).digest("hex").slice(0, 16);
    expect(words).toBe("2936c6a37187e50c");
  });

  it("is made of 1,024 different words of three to five letters", () => {
    expect(new Set(FIRST_PASSWORD_WORDS).size).toBe(1024);
    for (const word of FIRST_PASSWORD_WORDS) expect(word).toMatch(/^[a-z]{3,5}$/);
  });

  it("is the same whenever it is made, and another for another account, key or secret", async () => {
    const keys = await newFirstPasswordKeys([SECRET], 200);
    expect(new Set(keys).size).toBe(200);
    const accounts = [...keys.map((key) => account(key)), ...keys.map((key) => account(key, crypto.randomUUID()))];
    const passwords = await firstPasswords([SECRET], accounts);
    expect(await firstPasswords([SECRET], accounts)).toEqual(passwords);
    expect(new Set(passwords).size).toBeGreaterThan(398);
    for (const password of passwords) expect(password).toMatch(/^[a-z]{3,5}-[a-z]{3,5}-\d{3}$/);
  });

  it("is made with the newest secret, and goes on with its own as long as that is kept", async () => {
    const key = await keyOf([SECRET]);
    const [password] = await firstPasswords([SECRET], [account(key)]);
    expect(await firstPasswords([OTHER, SECRET], [account(key)])).toEqual([password]);
    expect(await firstPasswords([OTHER], [account(key)])).toEqual([null]);
    expect((await keyOf([OTHER, SECRET])).slice(0, 8)).toBe((await keyOf([OTHER])).slice(0, 8));
  });

  it.each([null, "", "nonsense", KEY.slice(0, -1), `${KEY}0`])("is none of the key %j", async (key) => {
    expect(await firstPasswords([SECRET], [account(key)])).toEqual([null]);
  });

  it("counts however a child types it, and nothing else does", () => {
    for (const typed of [
      "tiger-moon-427",
      "Tiger moon 427",
      "TIGERMOON427",
      " tiger–moon – 427 ",
      "tiger.moon.４２７",
    ]) {
      expect(asFirstPassword(typed)).toBe("tigermoon427");
    }
    fc.assert(fc.property(fc.string({ unit: "binary" }), (typed) => /^[a-z0-9]*$/.test(asFirstPassword(typed))));
  });
});
