import type { PracticeEvent } from "./events.ts";
import type { KeyedQuestion } from "./question.ts";
import type { Session } from "./session.ts";
import type { Profile } from "./student.ts";

/** An event with its number, its skill and, for an answer, the question as it stood. */
export type NumberedEvent = {
  readonly seq: number;
  readonly skillId: number;
  readonly event: PracticeEvent;
  readonly question: KeyedQuestion | null;
};

/** What one flush carries: events in order, and the sessions that they are of. One without events asks how far Postgres is. */
export type DrainBatch = {
  readonly studentId: string;
  /** The events go on from this number: Postgres has those up to it. */
  readonly afterSeq: number;
  readonly events: readonly NumberedEvent[];
  readonly sessions: readonly Session[];
};

/**
 * What Postgres said: the student's mark and profile (null: it knows no such student), what it can never take, and
 * whether the mark stands at an event that the batch does not know. Then nothing was taken; nor where the mark is below
 * where the batch begins.
 */
export type FlushReply = {
  readonly mark: number | null;
  readonly isAhead: boolean;
  readonly rejected: readonly number[];
  readonly profile: Profile | null;
};

export type Settlement =
  | { readonly kind: "drained"; readonly upTo: number; readonly parked: readonly number[] }
  /** Postgres has other events under these numbers (the object was put back to an older state): pending ones go after `mark`. */
  | { readonly kind: "renumber"; readonly mark: number }
  /** Postgres was put back to an earlier moment: all that is kept of what came after `mark` is to be sent again. */
  | { readonly kind: "rewind"; readonly mark: number };

/** Events of one flush at most: mostly some 300 kB, a statement of a few tens of milliseconds. */
export const BATCH_EVENTS = 200;
/**
 * Characters of one flush at most, where it has more than one event: a question may have tens of thousands, and Neon takes
 * 10 MB a request, in which a character of JSON in JSON may be several bytes.
 */
export const BATCH_TEXT = 2_000_000;
/** An answer waits so long for company before it is sent. */
export const COMPANY_MS = 1_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/**
 * A flush is set off by a timer, which costs no write; an alarm at most so much later sets it off where the timer died
 * with the runtime. One that is set already will do, so that practice sets one in as much time at most.
 */
const RESCUE_MS = 30_000;

/** When the next flush is due (null: nothing to flush), and how many have failed in a row. */
export type DrainPlan = { readonly plannedMs: number | null; readonly failures: number };

/** Which event this is, whatever number it has: the record knows by it whose mark it holds. */
export const identityOf = ({ sessionId, kind, atMs }: PracticeEvent) => `${sessionId} ${kind} ${atMs}`;

/** What a flush's reply means. */
export function settlementOf(batch: DrainBatch, reply: Omit<FlushReply, "profile">): Settlement {
  const last = batch.events.at(-1)?.seq ?? batch.afterSeq;
  if (reply.mark === null) return { kind: "drained", upTo: last, parked: batch.events.map(({ seq }) => seq) };
  if (reply.isAhead) return { kind: "renumber", mark: reply.mark };
  if (reply.mark < batch.afterSeq) return { kind: "rewind", mark: reply.mark };
  return { kind: "drained", upTo: Math.max(last, reply.mark), parked: reply.rejected };
}

/** How long to wait after so many failures in a row: doubling to 30 s, each between a half and the whole of it. */
export function pauseMs(failures: number, random: number): number {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(longest * (0.5 + random / 2));
}

/** When an event is to be sent: at once where it ends a session, else after a moment; in a pause, when the pause ends. */
export function drainAtMs({ plannedMs, failures }: DrainPlan, event: PracticeEvent, nowMs: number): number {
  const wantedMs = event.kind === "finished" ? nowMs : nowMs + COMPANY_MS;
  if (plannedMs === null) return wantedMs;
  return failures > 0 ? plannedMs : Math.min(plannedMs, wantedMs);
}

/**
 * When the alarm must see to the flush, or to what is unsettled: one that is under way, or a mark that is not stored. Null
 * where there is nothing to see to.
 */
export function rescueAtMs({ plannedMs, failures }: DrainPlan, isUnsettled: boolean, nowMs: number): number | null {
  if (plannedMs !== null) return failures > 0 ? plannedMs : plannedMs + RESCUE_MS;
  return isUnsettled ? nowMs + RESCUE_MS : null;
}

/** Until when all waits after a failure; 0 where there was none. */
export const pauseEndMs = ({ plannedMs, failures }: DrainPlan) => (failures > 0 ? (plannedMs ?? 0) : 0);

/** When the object must wake next: the earliest of what it waits for; null where it waits for nothing. */
export function nextAlarmMs(waits: readonly (number | null)[]): number | null {
  const times = waits.filter((time) => time !== null);
  return times.length === 0 ? null : Math.min(...times);
}
