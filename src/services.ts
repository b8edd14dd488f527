import { Redis } from "@upstash/redis/cloudflare";
import { usePrecompiledArgon2 } from "./auth/argon2/precompiled.ts";
import { createPasswords, type Passwords } from "./auth/passwords.ts";
import { oneAtATime } from "./auth/turns.ts";
import type { Bindings } from "./bindings.ts";
import { createDatabase, type Database } from "./db/client.ts";
import { type EdgeCache, edgeCache } from "./edge-cache.ts";
import { parseSettings, type Settings } from "./env.ts";
import { type AccessTokens, accessTokens } from "./http/access-token.ts";
import { type RateLimits, rateLimits } from "./rate-limits.ts";

/** What routes and use cases work with, made once an isolate: none of it holds a connection. */
export type Services = {
  readonly settings: Settings;
  /** Of the code: what a reply is made of beside the record that it shows. */
  readonly version: string;
  readonly db: Database;
  readonly redis: Redis;
  readonly edge: EdgeCache;
  readonly tokens: AccessTokens;
  readonly passwords: Passwords;
  readonly limits: RateLimits;
  readonly students: Bindings["STUDENT_PRACTICE"];
  readonly classrooms: Bindings["LIVE_CLASSROOMS"];
  readonly assets: Fetcher;
};

/** A hash takes some 50 ms of the isolate's only thread: forty of them are two seconds, the most that a person waits. */
const HASHING = { bound: 40, goneAfterMs: 10_000, workGoneAfterMs: 2_000 };

/** Services of their own; throws, naming each setting that is missing or bad. Most callers want {@link sharedServices}. */
export function createServices(bindings: Bindings, settings: Settings = parseSettings(bindings)): Services {
  const redis = new Redis({
    url: settings.UPSTASH_REDIS_REST_URL,
    token: settings.UPSTASH_REDIS_REST_TOKEN,
    // A retry would outlast the patience of whoever waits and count twice; `false` would still try twice.
    retry: { retries: 0 },
    enableTelemetry: false,
  });
  return {
    settings,
    version: bindings.VERSION.id,
    db: createDatabase(settings.DATABASE_URL, settings.NEON_HTTP_ENDPOINT),
    redis,
    edge: edgeCache(),
    tokens: accessTokens({
      keys: settings.JWT_KEYS,
      issuer: settings.JWT_ISSUER,
      audience: settings.JWT_AUDIENCE,
      ttlSec: settings.JWT_ACCESS_TTL_SEC,
    }),
    passwords: createPasswords({
      params: { memoryKib: settings.ARGON2_MEMORY_KIB, iterations: settings.ARGON2_ITERATIONS },
      turns: oneAtATime(HASHING),
      prepare: usePrecompiledArgon2,
    }),
    limits: rateLimits(redis, settings),
    students: bindings.STUDENT_PRACTICE,
    classrooms: bindings.LIVE_CLASSROOMS,
    assets: bindings.ASSETS,
  };
}

let shared: Services | undefined;

/** The isolate's services, for the app and the objects alike. */
export function sharedServices(bindings: Bindings): Services {
  shared ??= createServices(bindings);
  return shared;
}
