import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { parseEnv } from "node:util";
import { createPlatform, type Platform } from "../../dev/platform/index.ts";
import { migrateDatabase } from "../../dev/platform/migrate.ts";
import type { Stats } from "../../dev/platform/stats.ts";
import { seed } from "../../drizzle/seed/seed.ts";
import { APPLY_FUNCTION } from "../../src/practice/record/apply-function.ts";
import { LOCK_MARK } from "../../src/practice/record/apply-statements.ts";

const example = parseEnv(readFileSync(new URL("../../.dev.vars.example", import.meta.url), "utf8"));

/** The settings of a laptop, with a password hash that costs next to nothing. */
export const workerBindings: Record<string, string> = {
  ...(example as Record<string, string>),
  ARGON2_MEMORY_KIB: "64",
  ARGON2_ITERATIONS: "1",
  REPORT_RATE_LIMIT: "0",
  PDF_RATE_LIMIT: "0",
};

let started: Promise<Platform> | undefined;

type Statement = { query: string; params: unknown[] };
type Asked = Statement | { queries: Statement[] };

/** Flushes of each student's object since the counters' last reset: they come when they come, whichever test is counting. */
let flushes: Record<string, number> = {};
let asked = 0;
let flushed = { requests: 0, statements: 0 };

/** What a flush begins with: the function's call, or where that is missing the first of its statements. */
const FLUSHES = [APPLY_FUNCTION.call, LOCK_MARK.sql];

/** Where every outbound request of the Worker under test ends: Postgres and Redis in this process, migrated and seeded. */
export async function workerPlatform(request: Request): Promise<Response> {
  started ??= startPlatform();
  const platform = await started;
  const { pathname } = new URL(request.url);
  if (pathname === "/stats" && request.method === "DELETE") await quiet();
  else asked += 1;
  if (pathname === "/sql") noteFlush((await request.clone().json()) as Asked);
  if (pathname === "/stats") return withFlushesApart(request.method, await platform.handle(request));
  if (pathname !== "/test-sql") return platform.handle(request);
  const { query, params } = (await request.json()) as Statement;
  return Response.json(await platform.database.query(query, params));
}

/** Ends its connections, which would keep the process alive. */
export async function closeWorkerPlatform(): Promise<void> {
  await (await started)?.close();
}

/** When nothing has been asked for a moment: what the tests before left to be done after a reply is done. */
async function quiet(): Promise<void> {
  let seen: number;
  do {
    seen = asked;
    await setTimeout(20);
  } while (asked !== seen);
}

/** Notes whose flush a request is, where it is one. */
function noteFlush(request: Asked): void {
  const statements = "queries" in request ? request.queries : [request];
  const [first] = statements;
  if (!first || !FLUSHES.includes(first.query)) return;
  const studentId = String(first.params[0]);
  flushes[studentId] = (flushes[studentId] ?? 0) + 1;
  flushed = { requests: flushed.requests + 1, statements: flushed.statements + statements.length };
}

/** The stand-ins' counters, without the flushes, which are told apart by student. */
async function withFlushesApart(method: string, response: Response): Promise<Response> {
  if (method === "DELETE") [flushes, flushed] = [{}, { requests: 0, statements: 0 }];
  const { postgres, redis } = (await response.json()) as Stats;
  const others = {
    requests: postgres.requests - flushed.requests,
    statements: postgres.statements - flushed.statements,
  };
  return Response.json({ postgres: others, redis, flushes });
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
