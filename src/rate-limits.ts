import type { Redis } from "@upstash/redis/cloudflare";
import type { Settings } from "./env.ts";
import { type RateLimiter, type RatePolicy, rateLimiter } from "./http/rate-limit.ts";

/** Every limit that is kept in Redis; each says what a key is. */
export type RateLimits = {
  /** One account from one address: guessing a password. */
  readonly signIn: RateLimiter;
  /** One address, whatever the account; a whole class may sit behind it. */
  readonly signInAddress: RateLimiter;
  /** One address: refreshing and signing out, apart from sign-ins so that neither uses up the other. */
  readonly refreshAddress: RateLimiter;
  /** One address: practice sessions without an account. */
  readonly guestStarts: RateLimiter;
};

/** A class signs in from one address at once, some of them twice. */
const ACCOUNTS_AN_ADDRESS = 30;

export function rateLimits(redis: Redis, settings: Settings): RateLimits {
  const limiter = (policy: RatePolicy) => rateLimiter(redis, policy);
  const windowSec = settings.AUTH_RATE_WINDOW_SEC;
  const anAddress = settings.AUTH_RATE_LIMIT * ACCOUNTS_AN_ADDRESS;
  return {
    signIn: limiter({ name: "sign-in", limit: settings.AUTH_RATE_LIMIT, windowSec, onRedisDown: "isolate" }),
    signInAddress: limiter({ name: "sign-in-address", limit: anAddress, windowSec, onRedisDown: "isolate" }),
    refreshAddress: limiter({ name: "refresh-address", limit: anAddress, windowSec, onRedisDown: "isolate" }),
    guestStarts: limiter({
      name: "guest-starts",
      limit: settings.GUEST_START_LIMIT,
      windowSec: 60,
      onRedisDown: "open",
    }),
  };
}
