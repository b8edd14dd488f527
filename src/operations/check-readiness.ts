import { sql } from "drizzle-orm";
import { within } from "../http/within.ts";
import type { Services } from "../services.ts";

/** How long a dependency may take to answer before it counts as down: Redis is there to protect, so nobody waits for it. */
const PATIENCE_MS = { postgres: 2_000, redis: 400 };

export type Dependency = "up" | "down";

/** Asks Postgres and Redis at once whether they answer, and answer what was asked; never rejects. */
export async function checkReadiness({ db, redis }: Pick<Services, "db" | "redis">) {
  const [postgres, redisState] = await Promise.all([
    stateOf(PATIENCE_MS.postgres, db.query.execute(sql`select 1`), () => true),
    stateOf(PATIENCE_MS.redis, redis.ping(), (reply) => reply === "PONG"),
  ]);
  return { postgres, redis: redisState };
}

async function stateOf<Reply>(
  patienceMs: number,
  question: PromiseLike<Reply>,
  isAnswer: (reply: Reply) => boolean,
): Promise<Dependency> {
  return within(patienceMs, Promise.resolve(question)).then(
    (reply) => (isAnswer(reply) ? "up" : "down"),
    () => "down",
  );
}
