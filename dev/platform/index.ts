import { answerFaults, answerStats } from "./control.ts";
import { createFaults, type Faults } from "./faults.ts";
import { type Database, databaseOf } from "./postgres/database.ts";
import { openPostgres } from "./postgres/engine.ts";
import { openPglite } from "./postgres/pglite.ts";
import { answerSql } from "./postgres/protocol.ts";
import { openMemoryRedis } from "./redis/memory/index.ts";
import { answerRedis } from "./redis/protocol.ts";
import { openRedis } from "./redis/real.ts";
import { newStats, type Stats } from "./stats.ts";

/** What to put behind the two protocols: a service where its URL is given, else an embedded engine. */
export interface PlatformOptions {
  readonly databaseUrl?: string | undefined;
  readonly redisUrl?: string | undefined;
  /** Where the embedded Postgres keeps its data; in memory without it. */
  readonly dataDir?: string | undefined;
  /** What clients send as `UPSTASH_REDIS_REST_TOKEN`. */
  readonly redisToken: string;
  /** What clients have as the password of `DATABASE_URL`; without one anybody is let in, and may set faults. */
  readonly sqlPassword?: string | undefined;
}

/** Neon and Upstash on one machine: their protocols in front of engines that run here. */
export interface Platform {
  /** Answers one request by its path: `/sql`, `/redis…`, `/faults`, `/stats`, `/health`. Rejects with `ConnectionLost` where a fault breaks the connection. */
  handle(request: Request): Promise<Response>;
  readonly database: Database;
  readonly faults: Faults;
  readonly stats: Stats;
  /** Ends what hangs and closes both engines. */
  close(): Promise<void>;
}

/** As Postgres says it. */
const UNKNOWN = { message: "password authentication failed", code: "28P01" };

/** Opens both engines; rejects where a service that was named does not answer. */
export async function createPlatform(options: PlatformOptions): Promise<Platform> {
  const redis = options.redisUrl === undefined ? openMemoryRedis() : await openRedis(options.redisUrl);
  const postgres = await (options.databaseUrl === undefined
    ? openPglite(options.dataDir)
    : openPostgres(options.databaseUrl)
  ).catch(async (error: unknown) => {
    await redis.close();
    throw error;
  });
  const faults = createFaults();
  const stats = newStats();

  const isOpen = options.sqlPassword === undefined;
  const isKnown = ({ headers }: Request) =>
    isOpen || URL.parse(headers.get("Neon-Connection-String") ?? "")?.password === options.sqlPassword;

  async function handle(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === "/sql" && request.method === "POST") {
      if (!isKnown(request)) return Response.json(UNKNOWN, { status: 400 });
      stats.postgres.requests += 1;
      return faults.around("postgres", request.signal, () => answerSql(postgres.pool, request, stats));
    }
    if (pathname === "/redis" || pathname.startsWith("/redis/")) {
      stats.redis.requests += 1;
      return faults.around("redis", request.signal, () => answerRedis(redis, request, options.redisToken, stats));
    }
    if (pathname === "/faults" && isOpen) return answerFaults(faults, request);
    if (pathname === "/stats" && isOpen) return answerStats(stats, request);
    if (pathname === "/health") return Response.json({ status: "ok" });
    return Response.json({ error: `The local platform has nothing at ${request.method} ${pathname}` }, { status: 404 });
  }

  return {
    handle,
    database: databaseOf(postgres.pool),
    faults,
    stats,
    close: async () => {
      faults.clear();
      await Promise.all([postgres.close(), redis.close()]);
    },
  };
}
