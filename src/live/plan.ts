import type { Picture } from "./picture.ts";
import { ASK_EVERY_MS, ASK_RETRY_MS, ROLL_EVERY_MS } from "./watching.ts";

/** What a class's object does by itself while somebody looks, and when. */
export type Plan = {
  /** Who may look, as the roll was read last. */
  teacherIds: readonly string[];
  /** When the roll is read again. */
  nextRollMs: number;
  /** When all students are asked again. */
  nextAskMs: number;
  /** Who has not answered, and when they are asked once more; null where all have. */
  unheard: { readonly studentIds: readonly string[]; readonly nextAskMs: number } | null;
};

/** A change of it. */
export type PlanChange = Partial<Plan>;

/** The plan of who begins to look now, and asks everybody. */
export const firstPlan = (teacherIds: readonly string[], nowMs: number): Plan => ({
  teacherIds,
  nextRollMs: nowMs + ROLL_EVERY_MS,
  nextAskMs: nowMs + ASK_EVERY_MS,
  unheard: null,
});

/** When the next of it is due. */
export const nextDueMs = ({ nextRollMs, nextAskMs, unheard }: Plan): number =>
  Math.min(nextRollMs, nextAskMs, unheard?.nextAskMs ?? Number.POSITIVE_INFINITY);

/** Whom to ask now, with what that changes of the plan: everybody, or who has not answered; null where nobody is due. */
export function dueRound(
  { nextAskMs, unheard }: Plan,
  picture: Picture,
  nowMs: number,
): { studentIds: readonly string[]; change: PlanChange } | null {
  if (nowMs >= nextAskMs) {
    return { studentIds: picture.ids, change: { nextAskMs: nowMs + ASK_EVERY_MS, unheard: null } };
  }
  if (!unheard || nowMs < unheard.nextAskMs) return null;
  return { studentIds: unheard.studentIds.filter((id) => picture.seatOf(id)), change: { unheard: null } };
}

/** What it changes that these students have not answered either. */
export function withUnheard({ unheard }: Plan, studentIds: readonly string[], nowMs: number): PlanChange {
  const all = new Set([...(unheard?.studentIds ?? []), ...studentIds]);
  return { unheard: { studentIds: [...all], nextAskMs: nowMs + ASK_RETRY_MS } };
}
