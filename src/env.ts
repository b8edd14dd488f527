import type { JWK } from "jose";
import { z } from "./http/zod.ts";

/** Digits: a setting that was left blank is no number, least of all 0, which would switch a limit off. */
const whole = (least: number, most: number, otherwise: number) =>
  z.coerce
    .string()
    .regex(/^\d{1,9}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.int().min(least).max(most))
    .default(otherwise);
/** A limit of 0 is off. */
const limit = (otherwise: number) => whole(0, 1_000_000, otherwise);
const seconds = (otherwise: number) => whole(1, 100_000_000, otherwise);
const hours = (otherwise: number) =>
  z.coerce
    .string()
    .regex(/^\d{1,9}(\.\d{1,9})?$/, "must be a number")
    .transform(Number)
    .pipe(z.number().positive().max(8_760))
    .default(otherwise);
const flag = (otherwise: boolean) =>
  z
    .enum(["true", "false"])
    .default(otherwise ? "true" : "false")
    .transform((text) => text === "true");

/** The keys' `kid` and the secrets in .dev.vars.example start so; they are published, so they are refused outside a laptop. */
const EXAMPLE = "example-";

const keyBytes = z.string().regex(/^[\w-]{43}$/, "must be 32 bytes in base64url, as `npm run keys` makes them");

const signingKey = z.looseObject({
  kty: z.literal("OKP"),
  crv: z.literal("Ed25519"),
  kid: z.string().min(1, "must name the key"),
  x: keyBytes,
  d: keyBytes,
});

const signingKeys = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue('must be JSON: {"keys":[…]} with private Ed25519 keys, the one that signs first');
      return z.NEVER;
    }
  })
  .pipe(z.object({ keys: z.array(signingKey).min(1) }))
  .transform(({ keys }): readonly JWK[] => keys)
  .refine((keys) => new Set(keys.map(({ kid }) => kid)).size === keys.length, "two keys have the same kid");

const tokenSecrets = z
  .string()
  .transform((text) => text.split(",").map((secret) => secret.trim()))
  .pipe(z.array(z.string().min(32, "each secret must have at least 32 characters")).min(1));

/** As browsers send them: another spelling would never be met, and its pages be kept out without a word. */
const origins = z
  .string()
  .transform((text) => text.split(",").flatMap((origin) => origin.trim() || []))
  .pipe(z.array(z.string().refine(isOrigin, "must be `*` or origins such as https://school.example, without a path")));

function isOrigin(text: string): boolean {
  if (text === "*") return true;
  // Only the web's own schemes have an origin to the URL standard; apps' pages send that of theirs all the same.
  if (/^https?:/.test(text)) return URL.canParse(text) && new URL(text).origin === text && !text.includes("*");
  return /^[a-z][a-z\d+.-]*:\/\/[a-z\d.-]+$/.test(text);
}

/** As the driver reads it, which says of another only when the first query fails. */
function isConnectionString(text: string): boolean {
  if (!/^postgres(ql)?:\/\//.test(text)) return false;
  const url = URL.parse(text.replace(/^\w+/, "http"));
  return url !== null && url.username !== "" && url.pathname !== "/";
}

const settingsSchema = z
  .object({
    DATABASE_URL: z
      .string()
      .refine(isConnectionString, "must be postgres://user:password@host/database, each part percent-encoded"),
    NEON_HTTP_ENDPOINT: z.url().optional(),
    // The one for redis-cli, which stands beside it at Upstash, holds the token: the client would repeat it as it refuses it.
    UPSTASH_REDIS_REST_URL: z.url({ protocol: /^https?$/, error: "must be Upstash's REST URL, https://…" }),
    UPSTASH_REDIS_REST_TOKEN: z.string().min(1),
    JWT_KEYS: signingKeys,
    TOKEN_SECRET: tokenSecrets,
    JWT_ISSUER: z.string().min(1).default("ascent"),
    JWT_AUDIENCE: z.string().min(1).default("ascent-api"),
    JWT_ACCESS_TTL_SEC: seconds(900),
    JWT_REFRESH_TTL_SEC: seconds(2_592_000),
    // OWASP's Argon2id sets that trade memory for passes: 12 MiB with 3 passes leaves a 128 MB isolate room.
    ARGON2_MEMORY_KIB: whole(8, 65_536, 12_288),
    ARGON2_ITERATIONS: whole(1, 10, 3),
    AUTH_RATE_LIMIT: limit(10),
    AUTH_RATE_WINDOW_SEC: seconds(60),
    SUBMIT_RATE_LIMIT: limit(30),
    SUBMIT_RATE_WINDOW_SEC: seconds(60),
    HEARTBEAT_RATE_LIMIT: limit(60),
    REPORT_RATE_LIMIT: limit(300),
    PDF_RATE_LIMIT: limit(60),
    FREE_DAILY_QUESTION_LIMIT: limit(0),
    PRACTICE_GUESTS: flag(true),
    GUEST_QUESTION_LIMIT: limit(25),
    GUEST_START_LIMIT: limit(60),
    PRACTICE_SESSION_EXPIRY_HOURS: hours(24),
    PRACTICE_CARRY_SCORE: flag(true),
    CORS_ORIGINS: origins.prefault("*"),
    DEMO_PAGE: flag(false),
  })
  .superRefine(({ JWT_KEYS, TOKEN_SECRET, NEON_HTTP_ENDPOINT }, context) => {
    // A setting that did not pass may be of any form here.
    if (NEON_HTTP_ENDPOINT !== undefined || context.issues.length > 0) return;
    const refuse = (name: string, what: string) =>
      context.addIssue({
        code: "custom",
        path: [name],
        message: `holds an example ${what}, which everybody knows: make your own with \`npm run keys\``,
      });
    if (JWT_KEYS.some(({ kid }) => kid?.startsWith(EXAMPLE))) refuse("JWT_KEYS", "key");
    if (TOKEN_SECRET.some((secret) => secret.startsWith(EXAMPLE))) refuse("TOKEN_SECRET", "secret");
  });

export type Settings = z.output<typeof settingsSchema>;

/** The settings in these variables. Throws one error that names each missing or bad one and says what it must be. */
export function parseSettings(variables: object): Settings {
  const parsed = settingsSchema.safeParse(variables);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path: [name, ...rest], message }) => {
    const missing = rest.length === 0 && !(String(name) in variables);
    const place = rest.length === 0 ? "" : ` (at ${rest.join(".")})`;
    return `  ${String(name)} ${missing ? "is missing" : `is not valid: ${message}`}${place}`;
  });
  throw new Error(
    `Ascent cannot start, its settings are not right:\n${[...new Set(faults)].join("\n")}\nThe README has a table of all settings.`,
  );
}
