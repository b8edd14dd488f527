import type { Redis } from "@upstash/redis/cloudflare";
import { logNowAndThen } from "./log.ts";
import { REDIS_PATIENCE_MS } from "./rate-limit.ts";
import { timed } from "./server-timing.ts";
import { within } from "./within.ts";
import { z } from "./zod.ts";

const KEPT_SEC = 86_400;
/** A longer reply is not kept: a repeat runs again and meets its own row. */
const MAX_BODY_CHARACTERS = 256_000;

/** Every success has status 200. */
const keptReply = z.object({ type: z.string(), body: z.string() });
const lock = z.object({ running: z.string() });

export type KeptReply = z.infer<typeof keptReply>;

/** What is known of a request that begins. */
export type Beginning =
  /** Nobody else is at it; from now on it is under way, by this token. */
  | { readonly state: "first"; readonly token: string }
  /** It is not known whether somebody is: Redis does not answer. */
  | { readonly state: "unknown"; readonly token: string }
  | { readonly state: "running" }
  | { readonly state: "replied"; readonly reply: KeptReply };

export type ReplyStore = {
  /** The first of these identities that is under way or has its reply kept. Undefined also where Redis does not answer. */
  heldAmong(ids: readonly string[]): Promise<string | undefined>;
  /**
   * Never rejects, and decides within 200 ms. So many seconds does a request hold its identity that dies before its reply:
   * none may take longer.
   */
  begin(id: string, longestSec: number): Promise<Beginning>;
  /** Takes over an identity whose reply is not to be sent again. */
  beginAnew(id: string, longestSec: number): Promise<Beginning>;
  /** Keeps the reply for a day, or gives the identity free where there is none to keep. Never rejects. */
  finish(id: string, token: string, reply: KeptReply | undefined): Promise<void>;
};

/** Changes what is held under this identity only where it is the caller's own lock, or nothing any more. */
const FINISH = `
local held = redis.call("GET", KEYS[1])
if held and held ~= ARGV[1] then return 0 end
if ARGV[2] == "" then redis.call("DEL", KEYS[1]) else redis.call("SET", KEYS[1], ARGV[2], "EX", ARGV[3]) end
return 1`;

/** The replies of requests under an Idempotency-Key, in Redis, and who is at work on one. */
export function replyStore(redis: Redis): ReplyStore {
  const logDown = logNowAndThen("idempotency_without_redis");

  /** Undefined where Redis fails or hangs. */
  async function ask<T>(command: () => Promise<T>): Promise<T | undefined> {
    try {
      return await timed("redis", () => within(REDIS_PATIENCE_MS, command()));
    } catch (error) {
      // Never the message: it quotes the command.
      logDown({ reason: error instanceof Error ? error.name : "unknown" });
      return undefined;
    }
  }

  return {
    async heldAmong(ids) {
      const held = await ask(() => redis.mget<unknown[]>(...ids.map(keyOf)));
      return ids.find((_, place) => (held?.[place] ?? null) !== null);
    },

    async begin(id, longestSec) {
      const token = crypto.randomUUID();
      const answers = await ask(() =>
        redis.pipeline().set(keyOf(id), lockOf(token), { nx: true, ex: longestSec }).get<unknown>(keyOf(id)).exec(),
      );
      const [, held] = answers ?? [];
      const running = lock.safeParse(held);
      if (running.success) return running.data.running === token ? { state: "first", token } : { state: "running" };
      const kept = keptReply.safeParse(held);
      return kept.success ? { state: "replied", reply: kept.data } : { state: "unknown", token };
    },

    async beginAnew(id, longestSec) {
      const token = crypto.randomUUID();
      const answer = await ask(() => redis.set(keyOf(id), lockOf(token), { ex: longestSec }));
      return { state: answer === undefined ? "unknown" : "first", token };
    },

    async finish(id, token, reply) {
      const isKept = reply !== undefined && reply.body.length <= MAX_BODY_CHARACTERS;
      const value = isKept ? JSON.stringify(reply) : "";
      await ask(() => redis.eval(FINISH, [keyOf(id)], [lockOf(token), value, String(KEPT_SEC)]));
    },
  };
}

const keyOf = (id: string) => `idempotency:${id}`;

const lockOf = (token: string) => JSON.stringify({ running: token });
