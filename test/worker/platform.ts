import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { createPlatform, type Platform } from "../../dev/platform/index.ts";
import { migrateDatabase } from "../../dev/platform/migrate.ts";
import { seed } from "../../drizzle/seed/seed.ts";

const example = parseEnv(readFileSync(new URL("../../.dev.vars.example", import.meta.url), "utf8"));

/** The settings of a laptop, with a password hash that costs next to nothing. */
export const workerBindings: Record<string, string> = {
  ...(example as Record<string, string>),
  ARGON2_MEMORY_KIB: "64",
  ARGON2_ITERATIONS: "1",
};

let started: Promise<Platform> | undefined;

/** Where every outbound request of the Worker under test ends: Postgres and Redis in this process, migrated and seeded. */
export async function workerPlatform(request: Request): Promise<Response> {
  started ??= startPlatform();
  const platform = await started;
  if (new URL(request.url).pathname !== "/test-sql") return platform.handle(request);
  const { query, params } = (await request.json()) as { query: string; params: unknown[] };
  return Response.json(await platform.database.query(query, params));
}

async function startPlatform(): Promise<Platform> {
  const platform = await createPlatform({
    databaseUrl: process.env.LOCAL_DATABASE_URL,
    redisUrl: process.env.LOCAL_REDIS_URL,
    redisToken: workerBindings.UPSTASH_REDIS_REST_TOKEN ?? "",
  });
  await migrateDatabase(platform.database);
  await seed(platform.database, { demo: true });
  return platform;
}
