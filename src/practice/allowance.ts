import type { PracticeLimits } from "./limits.ts";
import { localDay } from "./local-day.ts";
import { type Refused, refuse } from "./refusal.ts";
import type { Session } from "./session.ts";

/** The latest local day on which something was answered, and how much. */
export type Today = { readonly day: string; readonly answered: number };

/** What of a student decides how much they may answer. */
type Allowed = {
  readonly isGuest: boolean;
  readonly profile: { readonly plan: "FREE" | "PREMIUM"; readonly timeZone: string };
  readonly pace: { readonly today: Today };
};

/** The refusal where a guest, or a student of the free plan today, has had all the questions there are for them. */
export function outOfQuestions(
  student: Allowed,
  session: Pick<Session, "answered">,
  limits: PracticeLimits,
  nowMs: number,
): Refused | undefined {
  if (student.isGuest) {
    if (limits.guest === 0 || session.answered < limits.guest) return undefined;
    return refuse("subscription_required", `Guests may answer ${limits.guest} questions. Register to go on.`);
  }
  if (limits.freeDaily === 0 || student.profile.plan !== "FREE") return undefined;
  const today = localDay(nowMs, student.profile.timeZone);
  if (answeredOn(student.pace.today, today) < limits.freeDaily) return undefined;
  return refuse(
    "subscription_required",
    `The free plan has ${limits.freeDaily} questions a day, and they are used up. Go on tomorrow or with a subscription.`,
  );
}

/** A day that is over counts on: moving to another time zone and back makes no new day. */
const answeredOn = (today: Today, day: string) => (day <= today.day ? today.answered : 0);

/** What was answered on the latest day with one more on this day. */
export function countOn(today: Today, day: string): Today {
  return { day: day <= today.day ? today.day : day, answered: answeredOn(today, day) + 1 };
}
