import type { Settings } from "../env.ts";
import type { PracticeLimits } from "./student.ts";

const HEARTBEAT_WINDOW_MS = 60_000;

/** The limits that a student's object holds to, from the settings. */
export function practiceLimits(settings: Settings): PracticeLimits {
  return {
    submits: { limit: settings.SUBMIT_RATE_LIMIT, windowMs: settings.SUBMIT_RATE_WINDOW_SEC * 1000 },
    beats: { limit: settings.HEARTBEAT_RATE_LIMIT, windowMs: HEARTBEAT_WINDOW_MS },
    freeDaily: settings.FREE_DAILY_QUESTION_LIMIT,
    guest: settings.GUEST_QUESTION_LIMIT,
    expiryMs: settings.PRACTICE_SESSION_EXPIRY_HOURS * 3_600_000,
    carryScore: settings.PRACTICE_CARRY_SCORE,
  };
}
