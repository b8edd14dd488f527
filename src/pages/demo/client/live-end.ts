import { CLOSE } from "../../../live/protocol.ts";
import { backoffSec } from "./backoff.ts";

export type AfterClose =
  | { readonly next: "connect"; readonly seconds: number; readonly renewed: boolean }
  | { readonly next: "end"; readonly why: "not-your-class" };

const AFTER_TOO_MANY_SEC = 30;

/**
 * What to do when the live view was closed with this code: `attempt` counts the tries since it last worked, and `renewed`
 * asks for a new token. A token that has run out is replaced at once, the first time.
 */
export function afterClose(code: number, attempt: number, random: number): AfterClose {
  switch (code) {
    case CLOSE.notYourClass.code:
      return { next: "end", why: "not-your-class" };
    case CLOSE.badToken.code:
      return { next: "connect", seconds: attempt <= 1 ? 0 : backoffSec(attempt, random), renewed: true };
    case CLOSE.tooMany.code:
    case CLOSE.full.code:
      return { next: "connect", seconds: AFTER_TOO_MANY_SEC, renewed: false };
    default:
      return { next: "connect", seconds: backoffSec(Math.max(1, attempt), random), renewed: false };
  }
}
