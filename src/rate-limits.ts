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
  /** One account: showing a code, of a class or for a parent, which is guessing where it is wrong. */
  readonly codes: RateLimiter;
  /** One address: the same, whatever the account; a whole class joins from one. */
  readonly codesAddress: RateLimiter;
  /** One account: reports that have to be read; what is kept or has not changed counts in nothing. */
  readonly reports: RateLimiter;
  /** One account: documents that have to be drawn. */
  readonly pdfs: RateLimiter;
  /** One address: practice sessions without an account. */
  readonly guestStarts: RateLimiter;
  /** One address: pages that confirm a certificate. */
  readonly verifyAddress: RateLimiter;
};

/** A class signs in from one address at once, some of them twice. */
const ACCOUNTS_AN_ADDRESS = 30;

/** More than anybody reads, and nothing against the codes that there are. */
const VERIFICATIONS_A_MINUTE = 60;

/** The limits that these settings say; one of 0 lets everybody pass. */
export function rateLimits(redis: Redis, settings: Settings): RateLimits {
  const limiter = (policy: RatePolicy) => rateLimiter(redis, policy);
  const windowSec = settings.AUTH_RATE_WINDOW_SEC;
  const anAddress = settings.AUTH_RATE_LIMIT * ACCOUNTS_AN_ADDRESS;
  return {
    signIn: limiter({ name: "sign-in", limit: settings.AUTH_RATE_LIMIT, windowSec, onRedisDown: "isolate" }),
    signInAddress: limiter({ name: "sign-in-address", limit: anAddress, windowSec, onRedisDown: "isolate" }),
    refreshAddress: limiter({ name: "refresh-address", limit: anAddress, windowSec, onRedisDown: "isolate" }),
    codes: limiter({ name: "codes", limit: settings.AUTH_RATE_LIMIT, windowSec, onRedisDown: "isolate" }),
    codesAddress: limiter({ name: "codes-address", limit: anAddress, windowSec, onRedisDown: "isolate" }),
    reports: limiter({ name: "reports", limit: settings.REPORT_RATE_LIMIT, windowSec: 60, onRedisDown: "isolate" }),
    pdfs: limiter({ name: "pdfs", limit: settings.PDF_RATE_LIMIT, windowSec: 60, onRedisDown: "isolate" }),
    guestStarts: limiter({
      name: "guest-starts",
      limit: settings.GUEST_START_LIMIT,
      windowSec: 60,
      onRedisDown: "open",
    }),
    verifyAddress: limiter({
      name: "verify-address",
      limit: VERIFICATIONS_A_MINUTE,
      windowSec: 60,
      onRedisDown: "isolate",
    }),
  };
}
