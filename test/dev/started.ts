import { neon, neonConfig } from "@neondatabase/serverless";
import { Redis } from "@upstash/redis/cloudflare";
import pg from "pg";
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

/** Starts a platform on a free port; on real services it leaves nothing behind when it stops. */
export async function startPlatform(): Promise<Started> {
  const scratch = await scratchDatabase(process.env.LOCAL_DATABASE_URL);
  const platform = await createPlatform({
    databaseUrl: scratch?.url,
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
      await removeKeys(served.url);
      await served.close();
      await platform.close();
      await scratch?.drop();
    },
  };
}

/** A database of its own on the server at `url`: what a test migrates must never look like the project's migrations. */
async function scratchDatabase(url: string | undefined): Promise<{ url: string; drop(): Promise<void> } | undefined> {
  if (url === undefined) return undefined;
  const name = uniqueName("platform");
  const run = async (statement: string): Promise<void> => {
    const client = new pg.Client(url);
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await run(`create database ${name}`);
  const scratch = new URL(url);
  scratch.pathname = `/${name}`;
  return { url: scratch.href, drop: () => run(`drop database ${name} with (force)`) };
}

const names: string[] = [];

async function removeKeys(url: string): Promise<void> {
  const redis = new Redis({ url: `${url}/redis`, token: redisToken });
  for (const name of names) {
    const keys = await redis.keys(`${name}*`);
    if (keys.length > 0) await redis.del(...keys);
  }
}

/** A name that no other test has, for tables and keys: real services are shared. */
export function uniqueName(prefix: string): string {
  const name = `${prefix}_${crypto.randomUUID().replaceAll("-", "")}`;
  names.push(name);
  return name;
}
