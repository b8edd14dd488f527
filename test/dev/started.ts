import { neon, neonConfig } from "@neondatabase/serverless";
import { Redis } from "@upstash/redis/cloudflare";
import { createPlatform, type Platform } from "../../dev/platform/index.ts";
import { type ServedPlatform, servePlatform } from "../../dev/platform/server.ts";

export const redisToken = "a-token-for-tests";

/** A served platform with the real clients on it: on the embedded engines, or on those that the environment names. */
export interface Started {
  readonly platform: Platform;
  readonly served: ServedPlatform;
  readonly sql: ReturnType<typeof neon<false, false>>;
  readonly redis: Redis;
  /** Asks a control route and returns its answer. */
  control(method: string, path: string, body?: object): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts a platform on a free port. */
export async function startPlatform(): Promise<Started> {
  const platform = await createPlatform({
    databaseUrl: process.env.LOCAL_DATABASE_URL,
    redisUrl: process.env.LOCAL_REDIS_URL,
    redisToken,
  });
  const served = await servePlatform(platform, { port: 0 });
  neonConfig.fetchEndpoint = `${served.url}/sql`;
  return {
    platform,
    served,
    sql: neon("postgres://anyone:secret@database.test/main"),
    // `retry: false` would still try twice.
    redis: new Redis({ url: `${served.url}/redis`, token: redisToken, retry: { retries: 0 } }),
    control: async (method, path, body) => {
      const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
      const response = await fetch(`${served.url}${path}`, init);
      return response.json();
    },
    stop: async () => {
      await served.close();
      await platform.close();
    },
  };
}

/** A name that no other test has, for tables and keys: real services are shared. */
export function uniqueName(prefix: string): string {
  return `${prefix}_${crypto.randomUUID().replaceAll("-", "")}`;
}
