import { base64url, exportJWK, generateKeyPair, importJWK, SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { appWith, bindings } from "../worker/apps.ts";
import { api, call } from "../worker/client.ts";
import { expectError, from, newAddress, newPerson, PASSWORD } from "../worker/people.ts";

const ISSUER = "ascent";
const AUDIENCE = "ascent-api";

const keySetShape = z.strictObject({
  keys: z.array(
    z.strictObject({
      kty: z.literal("OKP"),
      crv: z.literal("Ed25519"),
      x: z.string(),
      kid: z.string(),
      alg: z.literal("EdDSA"),
      use: z.literal("sig"),
    }),
  ),
});

const [signingKey] = JSON.parse(bindings.JWT_KEYS ?? "").keys;

/** Seconds since 1970. */
const now = () => Math.floor(Date.now() / 1000);

let userId: string;
let issued: string;

beforeAll(async () => {
  const person = await newPerson();
  userId = person.user.id;
  issued = person.access_token;
});

type Forged = {
  header?: Record<string, string>;
  claims?: Record<string, unknown>;
  key?: Parameters<SignJWT["sign"]>[0];
};

/** A token as the service itself would make it, but for what is given. */
async function forge({ header = {}, claims = {}, key }: Forged = {}): Promise<string> {
  const payload = { sub: userId, role: "STUDENT", iss: ISSUER, aud: AUDIENCE, iat: now(), exp: now() + 900, ...claims };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: "EdDSA", typ: "at+jwt", kid: signingKey.kid, ...header })
    .sign(key ?? (await importJWK(signingKey, "EdDSA")));
}

const encode = (value: object) => base64url.encode(JSON.stringify(value));

const me = (token: string) => api("GET", "/users/me", { token });

describe("an access token", () => {
  it("is an EdDSA JWT for this API that lasts 15 minutes", async () => {
    const [header = "", payload = ""] = issued
      .split(".")
      .map((part) => new TextDecoder().decode(base64url.decode(part)));
    expect(JSON.parse(header)).toEqual({ alg: "EdDSA", typ: "at+jwt", kid: signingKey.kid });
    const claims = JSON.parse(payload);
    expect(claims).toMatchObject({ sub: userId, role: "STUDENT", iss: ISSUER, aud: AUDIENCE, fam: expect.any(String) });
    expect(claims.exp - claims.iat).toBe(900);
  });

  it("is taken where it is forged in no way", async () => {
    expect((await me(await forge())).status).toBe(200);
  });

  it.each([
    ["is expired", { claims: { exp: now() - 1 } }],
    ["never expires", { claims: { exp: undefined } }],
    ["is for another audience", { claims: { aud: "another-api" } }],
    ["is of another issuer", { claims: { iss: "somebody" } }],
    ["is of another type", { header: { typ: "JWT" } }],
    ["names a key that there is not", { header: { kid: "another" } }],
    ["names nobody", { claims: { sub: undefined } }],
    ["has no role", { claims: { role: undefined } }],
    ["has a role that there is not", { claims: { role: "ROOT" } }],
  ] satisfies [string, Forged][])("is refused where it %s", async (_, forged) => {
    expectError(await me(await forge(forged)), 401, "unauthorized");
  });

  it("is refused where somebody else signed it under our key's name", async () => {
    const { privateKey } = await generateKeyPair("EdDSA");
    expectError(await me(await forge({ key: privateKey })), 401, "unauthorized");
  });

  it("is refused where it is signed with HS256 and our public key as the secret", async () => {
    const publicKey = new TextEncoder().encode(signingKey.x);
    expectError(await me(await forge({ header: { alg: "HS256" }, key: publicKey })), 401, "unauthorized");
  });

  it("is refused where it is not signed at all", async () => {
    const [, payload = ""] = (await forge()).split(".");
    for (const alg of ["none", "None", "NONE"]) {
      const header = encode({ alg, typ: "at+jwt", kid: signingKey.kid });
      expectError(await me(`${header}.${payload}.`), 401, "unauthorized");
      expectError(await me(`${header}.${payload}`), 401, "unauthorized");
    }
  });

  it("is refused where one claim was changed", async () => {
    const [header, payload = "", signature] = issued.split(".");
    const claims = JSON.parse(new TextDecoder().decode(base64url.decode(payload)));
    const tampered = `${header}.${encode({ ...claims, role: "ADMIN" })}.${signature}`;
    expectError(await me(tampered), 401, "unauthorized");
  });

  it("is refused where its signature was changed, also after the good one was seen", async () => {
    expect((await me(issued)).status).toBe(200);
    const changed = issued.slice(0, -10) + (issued.at(-10) === "A" ? "B" : "A") + issued.slice(-9);
    expectError(await me(changed), 401, "unauthorized");
  });

  it("is not a refresh token", async () => {
    const { refresh_token } = await newPerson();
    expectError(await me(refresh_token), 401, "unauthorized");
  });

  it.each(["Basic c2FtOnNhbQ==", "Bearer", "Bearer ", "Bearer a b", "token", ""])(
    "is not what `Authorization: %s` holds",
    async (Authorization) => {
      const answer = await api("GET", "/users/me", { headers: { Authorization } });
      expectError(answer, 401, "unauthorized");
      expect(answer.headers.get("WWW-Authenticate")).toMatch(/^Bearer/);
    },
  );
});

describe("a new signing key", () => {
  it("signs from then on, while tokens of the old one stay good and both are published", async () => {
    const { privateKey } = await generateKeyPair("EdDSA", { extractable: true });
    const newKey = { ...(await exportJWK(privateKey)), kid: "new", alg: "EdDSA", use: "sig" };
    const app = appWith({ JWT_KEYS: JSON.stringify({ keys: [newKey, signingKey] }) });
    const asked = (token: string) => app.request("/api/v1/users/me", { headers: { Authorization: `Bearer ${token}` } });

    expect((await asked(issued)).status).toBe(200);
    const signedIn = await app.request("/api/v1/auth/login", {
      method: "POST",
      headers: { "Content-Type": "application/json", ...from(newAddress()) },
      body: JSON.stringify({ email: "student@example.com", password: PASSWORD }),
    });
    const { access_token } = (await signedIn.json<{ data: { access_token: string } }>()).data;
    expect((await asked(access_token)).status).toBe(200);
    expectError(await me(access_token), 401, "unauthorized");

    const published = keySetShape.parse(await (await app.request("/.well-known/jwks.json")).json());
    expect(published.keys.map(({ kid }) => kid)).toEqual(["new", signingKey.kid]);
  });
});

describe("GET /.well-known/jwks.json", () => {
  it("is the public half of each key, and may be cached", async () => {
    const answer = await call("GET", "/.well-known/jwks.json");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Content-Type")).toBe("application/jwk-set+json");
    expect(answer.headers.get("Cache-Control")).toMatch(/^public, max-age=\d+$/);
    const { keys } = keySetShape.parse(answer.json());
    expect(keys).toEqual([expect.objectContaining({ kid: signingKey.kid, x: signingKey.x })]);
    expect(answer.text).not.toContain(signingKey.d);
  });
});
