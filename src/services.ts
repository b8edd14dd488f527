import { Redis } from "@upstash/redis/cloudflare";
import { createDatabase, type Database } from "./db/client.ts";
import { type Bindings, parseSettings, type Settings } from "./env.ts";
import { type AccessTokens, accessTokens } from "./http/access-token.ts";

/** What routes and use cases work with, made once an isolate: none of it holds a connection. */
export type Services = {
  readonly settings: Settings;
  readonly db: Database;
  readonly redis: Redis;
  readonly tokens: AccessTokens;
  readonly students: Bindings["STUDENT_PRACTICE"];
  readonly assets: Fetcher;
};

export function createServices(bindings: Bindings, settings: Settings = parseSettings(bindings)): Services {
  return {
    settings,
    db: createDatabase(settings.DATABASE_URL, settings.NEON_HTTP_ENDPOINT),
    redis: new Redis({
      url: settings.UPSTASH_REDIS_REST_URL,
      token: settings.UPSTASH_REDIS_REST_TOKEN,
      // A retry would outlast the patience of whoever waits: each caller decides what a failure means.
      retry: false,
      enableTelemetry: false,
    }),
    tokens: accessTokens({
      keys: settings.JWT_KEYS,
      issuer: settings.JWT_ISSUER,
      audience: settings.JWT_AUDIENCE,
      ttlSec: settings.JWT_ACCESS_TTL_SEC,
    }),
    students: bindings.STUDENT_PRACTICE,
    assets: bindings.ASSETS,
  };
}
