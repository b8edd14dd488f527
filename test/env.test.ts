import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { parseSettings } from "../src/env.ts";

const example = parseEnv(readFileSync(new URL("../.dev.vars.example", import.meta.url), "utf8"));

const key = (kid: string) => ({ kty: "OKP", crv: "Ed25519", kid, x: "x".repeat(43), d: "d".repeat(43) });

const production = {
  DATABASE_URL: "postgres://somebody:secret@db.example.com/ascent",
  UPSTASH_REDIS_REST_URL: "https://redis.example.com",
  UPSTASH_REDIS_REST_TOKEN: "token",
  JWT_KEYS: JSON.stringify({ keys: [key("2026-11")] }),
  TOKEN_SECRET: "a-secret-of-at-least-32-characters",
};

const NUMBERS = [
  "JWT_ACCESS_TTL_SEC",
  "JWT_REFRESH_TTL_SEC",
  "ARGON2_MEMORY_KIB",
  "ARGON2_ITERATIONS",
  "AUTH_RATE_LIMIT",
  "AUTH_RATE_WINDOW_SEC",
  "SUBMIT_RATE_LIMIT",
  "SUBMIT_RATE_WINDOW_SEC",
  "HEARTBEAT_RATE_LIMIT",
  "REPORT_RATE_LIMIT",
  "PDF_RATE_LIMIT",
  "FREE_DAILY_QUESTION_LIMIT",
  "GUEST_QUESTION_LIMIT",
  "GUEST_START_LIMIT",
  "PRACTICE_SESSION_EXPIRY_HOURS",
];

test("a setting that is left out has its default", () => {
  expect(parseSettings(production)).toMatchObject({
    AUTH_RATE_LIMIT: 10,
    JWT_ACCESS_TTL_SEC: 900,
    PRACTICE_SESSION_EXPIRY_HOURS: 24,
    PRACTICE_GUESTS: true,
    CORS_ORIGINS: ["*"],
  });
});

test("numbers are read from text, and a limit of 0 is one", () => {
  const given = { AUTH_RATE_LIMIT: "0", SUBMIT_RATE_LIMIT: "31", PRACTICE_SESSION_EXPIRY_HOURS: "0.5" };
  const read = { AUTH_RATE_LIMIT: 0, SUBMIT_RATE_LIMIT: 31, PRACTICE_SESSION_EXPIRY_HOURS: 0.5 };
  expect(parseSettings({ ...production, ...given })).toMatchObject(read);
});

test.each(NUMBERS)("%s may be neither blank nor anything but digits", (name) => {
  for (const value of ["", " ", "-1", "1e1", "0x10", "ten", "9".repeat(10)]) {
    expect(() => parseSettings({ ...production, [name]: value })).toThrow(`${name} is not valid`);
  }
});

test("every bad setting is named, and a missing one as missing", () => {
  const { DATABASE_URL, ...rest } = production;
  const parse = () => parseSettings({ ...rest, TOKEN_SECRET: "short", DEMO_PAGE: "maybe" });
  expect(parse).toThrow("DATABASE_URL is missing");
  expect(parse).toThrow("TOKEN_SECRET is not valid");
  expect(parse).toThrow("DEMO_PAGE is not valid");
});

test.each([
  "https://somebody:secret@db.example.com/ascent",
  "postgres://db.example.com/ascent",
  "postgres://somebody:secret@db.example.com",
  "postgres://somebody:secret@/ascent",
  "postgres://somebody:sec#ret@db.example.com/ascent",
  "postgres://somebody:sec/ret@db.example.com/ascent",
])("a connection string that leads to no database is named at start, and not repeated: %s", (DATABASE_URL) => {
  expect(() => parseSettings({ ...production, DATABASE_URL })).toThrow(/DATABASE_URL is not valid((?!sec).)*$/m);
});

test.each([
  "postgresql://owner:npg_a%2Fb@ep-cool-mist-pooler.c-2.us-east-2.aws.neon.tech/neondb?sslmode=require&channel_binding=require",
  "postgres://owner@localhost:5432/ascent",
])("a connection string may be %s", (DATABASE_URL) => {
  expect(parseSettings({ ...production, DATABASE_URL })).toMatchObject({ DATABASE_URL });
});

test("two keys have two names, else no token could be verified", () => {
  const withKeys = (...kids: string[]) => ({ ...production, JWT_KEYS: JSON.stringify({ keys: kids.map(key) }) });
  expect(parseSettings(withKeys("a", "b")).JWT_KEYS).toHaveLength(2);
  expect(() => parseSettings(withKeys("a", "a"))).toThrow("JWT_KEYS is not valid: two keys have the same kid");
});

test.each(["x", "d"])("a key that was cut short in %s is named, before a sign-in fails on it", (part) => {
  const cut = { ...key("2026-11"), [part]: "x".repeat(42) };
  expect(() => parseSettings({ ...production, JWT_KEYS: JSON.stringify({ keys: [cut] }) })).toThrow(
    `JWT_KEYS is not valid: must be 32 bytes in base64url, as \`npm run keys\` makes them (at keys.0.${part})`,
  );
});

test.each([
  ["{", "must be JSON"],
  ["null", "JWT_KEYS is not valid"],
  ["{}", "(at keys)"],
  ['{"keys":[]}', "(at keys)"],
  ['{"keys":[{}]}', "(at keys.0.kty)"],
  [JSON.stringify({ keys: [key("")] }), "must name the key (at keys.0.kid)"],
])("JWT_KEYS that are none are named: %s", (JWT_KEYS, place) => {
  const parse = () => parseSettings({ ...production, JWT_KEYS });
  expect(parse).toThrow("JWT_KEYS is not valid");
  expect(parse).toThrow(place);
});

test.each([
  ["https://school.example, http://localhost:5173", ["https://school.example", "http://localhost:5173"]],
  ["capacitor://localhost", ["capacitor://localhost"]],
  ["*", ["*"]],
  ["", []],
])("CORS_ORIGINS may be %j", (text, origins) => {
  expect(parseSettings({ ...production, CORS_ORIGINS: text }).CORS_ORIGINS).toEqual(origins);
});

test.each([
  "https://school.example/",
  "https://school.example/app",
  "https://School.example",
  "https://school.example:443",
  "school.example",
  "https://*.school.example",
  '["https://school.example"]',
])("CORS_ORIGINS may not be %s, which no browser sends", (text) => {
  expect(() => parseSettings({ ...production, CORS_ORIGINS: text })).toThrow("CORS_ORIGINS is not valid");
});

test.each(["rediss://default:a-token@eu1.upstash.io:6379", "redis.example.com", "https://"])(
  "UPSTASH_REDIS_REST_URL may not be %s, and is not repeated",
  (url) => {
    const parse = () => parseSettings({ ...production, UPSTASH_REDIS_REST_URL: url });
    expect(parse).toThrow("UPSTASH_REDIS_REST_URL is not valid: must be Upstash's REST URL, https://…");
    expect(parse).not.toThrow(/a-token/);
  },
);

test.each(["JWT_KEYS", "TOKEN_SECRET"])("the published %s is good on a laptop and nowhere else", (name) => {
  const settings = { ...production, [name]: example[name] };
  expect(() => parseSettings({ ...settings, NEON_HTTP_ENDPOINT: example.NEON_HTTP_ENDPOINT })).not.toThrow();
  expect(() => parseSettings(settings)).toThrow(`${name} is not valid: holds an example`);
});

test("a published secret is refused beside others too", () => {
  const TOKEN_SECRET = `${production.TOKEN_SECRET},${example.TOKEN_SECRET}`;
  expect(() => parseSettings({ ...production, TOKEN_SECRET })).toThrow("TOKEN_SECRET is not valid");
});
