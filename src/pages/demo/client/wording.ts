import { MASTERY_SCORE, ZONE_FROM, type Zone } from "../../../practice/smartscore.ts";
import type { Failure } from "./api.ts";

export const ZONE_NAMES: Readonly<Record<Zone, string>> = {
  LEARNING: "Learning",
  REFINING: "Refining",
  CHALLENGE: "Challenge",
};

/** Where the zones above the first begin. */
export const { REFINING: REFINING_FROM, CHALLENGE: CHALLENGE_FROM } = ZONE_FROM;
export const MASTERY = MASTERY_SCORE;

/** What there is to reach next from a SmartScore, in a few words. */
export function nextGoal(score: number): string {
  if (score >= MASTERY) return "Mastered";
  if (score >= CHALLENGE_FROM) return `${MASTERY - score} to mastery`;
  if (score >= REFINING_FROM) return `${CHALLENGE_FROM - score} to Challenge`;
  return `${REFINING_FROM - score} to Refining`;
}

/** A failure in words for whoever practises or looks on. */
export function failureWords(failure: Failure): string {
  if (failure.kind === "offline") return "The server cannot be reached. Look at the connection and try again.";
  switch (failure.status) {
    case 401:
      return "You have been signed out. Sign in again to go on.";
    case 429:
      return `That was a lot at once. Try again ${inSeconds(failure.retryAfterSec)}.`;
    case 503:
      return `The server is busy or starting again. Try again ${inSeconds(failure.retryAfterSec)}.`;
    default:
      return failure.message;
  }
}

/** Why an answer has not been counted yet; it is kept and sent again. */
export function waitingWords(failure: Failure): string {
  if (failure.kind === "offline") return "No connection. Your answer is kept and will be sent again.";
  if (failure.status === 429) return "That was fast! The server takes only so many answers a minute. Yours is kept.";
  return "The server cannot take it right now. Your answer is kept and will be sent again.";
}

/** Why a sign-in did not work. */
export function signInWords(failure: Failure): string {
  const isWrong = failure.kind === "refused" && failure.status === 401;
  return isWrong ? "No account here has this name and password." : failureWords(failure);
}

function inSeconds(seconds: number | undefined): string {
  return seconds === undefined ? "in a moment" : `in ${seconds} s`;
}
