import type { Settings } from "../env.ts";
import { hasRoom, resetSec, type Window, type WindowLimit } from "./fixed-window.ts";
import { type Refused, refuse } from "./refusal.ts";

export type PracticeLimits = {
  readonly submits: WindowLimit;
  readonly beats: WindowLimit;
  readonly starts: WindowLimit;
  /** Answers a day on the FREE plan; 0 is off. */
  readonly freeDaily: number;
  /** Answers of a guest; 0 is off. */
  readonly guest: number;
  readonly expiryMs: number;
  readonly carryScore: boolean;
};

const MINUTE_MS = 60_000;

/** The limits that a student's object holds to, from the settings. */
export function practiceLimits(settings: Settings): PracticeLimits {
  return {
    submits: { limit: settings.SUBMIT_RATE_LIMIT, windowMs: settings.SUBMIT_RATE_WINDOW_SEC * 1000 },
    beats: { limit: settings.HEARTBEAT_RATE_LIMIT, windowMs: MINUTE_MS },
    starts: { limit: settings.HEARTBEAT_RATE_LIMIT, windowMs: MINUTE_MS },
    freeDaily: settings.FREE_DAILY_QUESTION_LIMIT,
    guest: settings.GUEST_QUESTION_LIMIT,
    expiryMs: settings.PRACTICE_SESSION_EXPIRY_HOURS * 3_600_000,
    carryScore: settings.PRACTICE_CARRY_SCORE,
  };
}

/** The refusal where a limit is used up; undefined where there is room. */
export function overLimit(name: string, window: Window, limit: WindowLimit, nowMs: number): Refused | undefined {
  if (hasRoom(window, limit, nowMs)) return undefined;
  const reset = resetSec(window, limit, nowMs);
  return refuse("rate_limited", `Too many requests: ${limit.limit} in ${limit.windowMs / 1000} seconds are allowed.`, {
    limit: { name, quota: limit.limit, windowSec: limit.windowMs / 1000, resetSec: reset },
  });
}
