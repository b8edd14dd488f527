import { sql } from "drizzle-orm";
import { within } from "../http/within.ts";
import type { Services } from "../services.ts";

/** How long a dependency may take to answer before it counts as down. */
const PATIENCE_MS = 2_000;

export type Dependency = "up" | "down";

/** Asks Postgres and Redis at once whether they answer; never rejects. */
export async function checkReadiness({ db, redis }: Pick<Services, "db" | "redis">) {
  const [postgres, redisState] = await Promise.all([stateOf(db.query.execute(sql`select 1`)), stateOf(redis.ping())]);
  return { postgres, redis: redisState };
}

async function stateOf(question: PromiseLike<unknown>): Promise<Dependency> {
  return within(PATIENCE_MS, Promise.resolve(question)).then(
    () => "up",
    () => "down",
  );
}
