import { Ratelimit } from "@upstash/ratelimit";
import type { Redis } from "@upstash/redis/cloudflare";
import { sha256Hex } from "../sha256.ts";
import { isolateWindow } from "./isolate-window.ts";
import { logNowAndThen } from "./log.ts";
import { timed } from "./server-timing.ts";
import { within } from "./within.ts";

/** How often something may be done by one key (an account, an address). */
export type RatePolicy = {
  /** As clients see it in `RateLimit`, and part of the key in Redis. */
  readonly name: string;
  /** How often within the window; 0 is off. */
  readonly limit: number;
  readonly windowSec: number;
  /** Without Redis either a stricter limit that this isolate keeps by itself, or none. */
  readonly onRedisDown: "isolate" | "open";
};

export type RateDecision = {
  readonly policy: RatePolicy;
  readonly allowed: boolean;
  /** The limit that was held against; 0 where none was. */
  readonly limit: number;
  readonly remaining: number;
  /** Whole seconds after which to try again, at least 1 where a limit was held against. */
  readonly resetSec: number;
};

export type RateLimiter = {
  /** Counts one use by this key and says whether it may be. Never rejects, and decides within 200 ms. */
  check(key: string): Promise<RateDecision>;
};

/** Redis answers in a few milliseconds or is taken to be down: in 200 with what else there is to do. */
export const REDIS_PATIENCE_MS = 180;

/**
 * A sliding window in Redis: checks made in the same turn travel in one request. Keys are hashed on their way, so that
 * Redis holds no address and no name.
 */
export function rateLimiter(redis: Redis, policy: RatePolicy): RateLimiter {
  const uncounted: RateDecision = { policy, allowed: true, limit: 0, remaining: 0, resetSec: 0 };
  if (policy.limit === 0) return { check: async () => uncounted };

  const window = new Ratelimit({
    redis,
    limiter: Ratelimit.slidingWindow(policy.limit, `${policy.windowSec} s`),
    prefix: `rate:${policy.name}`,
    // Its own timeout lets pass whoever comes, its cache has no bound, its analytics are writes that nobody reads.
    timeout: 0,
    ephemeralCache: false,
    analytics: false,
  });
  // What Redis has counted is remembered here too: a Redis that is late once lets nobody try more often.
  const isolate = isolateWindow({ decidedHere: stricter(policy.limit), inAll: policy.limit }, policy.windowSec * 1000);
  const logDown = logNowAndThen("rate_limit_without_redis");

  const withoutRedis = (key: string, reason: string): RateDecision => {
    logDown({ policy: policy.name, reason });
    return policy.onRedisDown === "open" ? uncounted : { policy, ...isolate.use(key, Date.now()) };
  };

  return {
    async check(rawKey) {
      const key = await hashed(rawKey);
      try {
        const { success, limit, remaining, reset } = await timed("redis", () =>
          within(REDIS_PATIENCE_MS, window.limit(key)),
        );
        // The SDK takes any reply for an answer, whatever it is made of.
        if (limit !== policy.limit || !Number.isSafeInteger(remaining) || remaining >= limit) {
          return withoutRedis(key, "wrong reply");
        }
        if (success && policy.onRedisDown === "isolate") isolate.note(key, Date.now());
        return { policy, allowed: success, limit, remaining, resetSec: secondsUntil(reset) };
      } catch (error) {
        // Never the message: it quotes the command.
        return withoutRedis(key, error instanceof Error ? error.name : "unknown");
      }
    },
  };
}

/** What one isolate allows while it cannot know what the others do: half, at least one. */
const stricter = (limit: number) => Math.max(1, Math.floor(limit / 2));

const secondsUntil = (momentMs: number) => Math.max(1, Math.ceil((momentMs - Date.now()) / 1000));

const hashed = async (key: string) => (await sha256Hex(key)).slice(0, 32);
