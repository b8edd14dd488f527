import { createHash, createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isRefreshToken, newRefreshToken, secretId, successorOf, tokenHash } from "../../src/auth/refresh-token.ts";

describe("a refresh token", () => {
  it("is 256 random bits", () => {
    const tokens = new Set(Array.from({ length: 100 }, newRefreshToken));
    expect(tokens.size).toBe(100);
    for (const token of tokens) expect(Buffer.from(token, "base64url")).toHaveLength(32);
  });

  it("has one successor a secret: HMAC-SHA256(secret, token)", async () => {
    const token = newRefreshToken();
    const successor = await successorOf(token, "secret");
    expect(successor).toBe(createHmac("sha256", "secret").update(token).digest("base64url"));
    expect(await successorOf(token, "secret")).toBe(successor);
    expect(await successorOf(token, "another")).not.toBe(successor);
    expect(isRefreshToken(successor)).toBe(true);
  });

  it("is stored as its SHA-256", async () => {
    const token = newRefreshToken();
    expect(await tokenHash(token)).toBe(createHash("sha256").update(token).digest("base64url"));
  });

  it.each(["", "short", `${"a".repeat(43)}=`, "a".repeat(44), "ä".repeat(43)])("is not %j", (text) => {
    expect(isRefreshToken(text)).toBe(false);
  });

  it("comes of a secret that is known by the first 32 bits of its SHA-256", async () => {
    expect(await secretId("secret")).toBe(createHash("sha256").update("secret").digest("hex").slice(0, 8));
  });
});
