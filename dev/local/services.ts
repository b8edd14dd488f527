import { randomBytes } from "node:crypto";
import { Redis } from "ioredis";
import { databaseOf } from "../platform/postgres/database.ts";
import { openPostgres } from "../platform/postgres/engine.ts";
import { hostOf } from "./connection-string.ts";

/** Redis has 16 databases where nobody configured more; the last ones are the least likely to be used. */
const REDIS_DATABASES = Array.from({ length: 15 }, (_, index) => 15 - index);

/** A database of Postgres and one of Redis that nobody else uses. */
export type Scratch = {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly names: string;
};

export type Services = {
  scratch(): Promise<Scratch>;
  /** Leaves none of them behind. */
  close(): Promise<void>;
};

/** Connects to a real Postgres and a real Redis; rejects, naming both that do not answer and how to name others. */
export async function connectServices(databaseUrl: string, redisUrl: string): Promise<Services> {
  const redis = new Redis(redisUrl, { lazyConnect: true, retryStrategy: () => null });
  // What fails is told by the command that failed.
  redis.on("error", () => {});
  const [postgres, connected] = await Promise.allSettled([openPostgres(databaseUrl), redis.connect()]);
  if (postgres.status === "rejected" || connected.status === "rejected") {
    if (postgres.status === "fulfilled") await postgres.value.close();
    redis.disconnect();
    const missing = [
      ...(postgres.status === "rejected" ? [`${String(postgres.reason.message)} (LOCAL_DATABASE_URL)`] : []),
      ...(connected.status === "rejected" ? [`Redis at ${hostOf(redisUrl)} does not answer (LOCAL_REDIS_URL)`] : []),
    ];
    throw new Error(`These tests need a real Postgres and a real Redis:\n  ${missing.join("\n  ")}`);
  }
  const engine = postgres.value;
  const database = databaseOf(engine.pool);
  /** The databases of Postgres that were made, by the number of Redis's that goes with each. */
  const made = new Map<number, string>();
  return {
    scratch: async () => {
      const name = `ascent_test_${randomBytes(6).toString("hex")}`;
      const number = await emptyRedisDatabase(redis, made);
      await database.exec(`create database ${name}`);
      made.set(number, name);
      const [postgresUrl, scratchRedisUrl] = [withPath(databaseUrl, name), withPath(redisUrl, String(number))];
      return {
        databaseUrl: postgresUrl,
        redisUrl: scratchRedisUrl,
        names: `Postgres ${hostOf(postgresUrl)}, Redis ${hostOf(scratchRedisUrl)}`,
      };
    },
    close: async () => {
      for (const [number, name] of made) {
        await redis.select(number);
        await redis.flushdb();
        await database.exec(`drop database ${name} with (force)`);
      }
      await engine.close();
      redis.disconnect();
    },
  };
}

async function emptyRedisDatabase(redis: Redis, inUse: ReadonlyMap<number, string>): Promise<number> {
  for (const number of REDIS_DATABASES) {
    if (inUse.has(number)) continue;
    await redis.select(number);
    if ((await redis.dbsize()) === 0) return number;
  }
  throw new Error("Each of Redis's databases 1 to 15 holds something, and none is emptied without being asked.");
}

function withPath(url: string, path: string): string {
  return Object.assign(new URL(url), { pathname: `/${path}` }).href;
}
