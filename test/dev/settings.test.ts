import { parseEnv } from "node:util";
import { describe, expect, test } from "vitest";
import { formatVariables } from "../../dev/local/settings.ts";

describe("a file of settings", () => {
  test("holds a key set, a secret with a dollar sign and an apostrophe as they are", () => {
    const variables = { JWT_KEYS: '{"keys":[{"kid":"a"}]}', TOKEN_SECRET: "a$HOME#b", JWT_ISSUER: "Tess's school" };
    expect(parseEnv(formatVariables(variables))).toEqual(variables);
  });

  test("refuses a value of two lines", () => {
    expect(() => formatVariables({ JWT_ISSUER: "one\ntwo" })).toThrow("JWT_ISSUER must be one line.");
  });
});
