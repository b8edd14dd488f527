import { sql } from "drizzle-orm";
import { isBefore, type TimedRow, timeCursor } from "../kit/cursor.ts";
import { cutPage } from "../kit/paging.ts";
import type { Period, TimePage } from "../kit/report-query.ts";
import { inDays, isOf, nearDays, ofSkills, type Scope } from "../kit/scope.ts";

/** Of the attempts that a statement gives, so much may be questions and answers: Postgres over HTTP refuses replies of 10 MB. */
export const MOST_BYTES = 6_000_000;

/** An attempt as a page has it. */
export type AttemptRow = {
  id: string;
  session_id: string;
  skill_id: number;
  question_id: number;
  level: number;
  question: { type: string; prompt: string; data: Record<string, unknown>; explanation?: unknown };
  correct_answer: Record<string, unknown>;
  submitted_answer: Record<string, unknown>;
  is_correct: boolean;
  mistake_type: string | null;
  answered_at: string;
  time_spent_sec: number;
  smartscore_before: number;
  smartscore_after: number;
  change_reason: string;
  change_message: string;
};

/** The columns of {@link AttemptRow}. */
export const attemptColumns = sql.raw(
  `id, session_id, skill_id, question_id, level, question, correct_answer, submitted_answer, is_correct, mistake_type,
  answered_at, time_spent_sec, smartscore_before, smartscore_after, change_reason, change_message`,
);

/** `newest` with how many it found, and how much they and those before them hold. */
export const sizedPage = sql`
  SELECT *, count(*) OVER () AS found, sum(octet_length(question::text) + octet_length(correct_answer::text)
    + octet_length(submitted_answer::text)) OVER (ORDER BY answered_at DESC, id DESC) AS bytes
  FROM newest`;

/**
 * A page of a student's attempts, newest first, as the CTEs `newest` and `page`: one row more than it has, which tells
 * whether there are older ones. `found` counts them before what is too large for one reply is left out.
 */
export const attemptPage = (scope: Scope, { cursor }: TimePage, size: number) => ({
  newest: sql`
    SELECT * FROM attempts
    WHERE ${isOf("student", sql`student_id`)} AND ${ofSkills(sql`skill_id`, scope)}
      AND ${inDays(sql`day`, scope)} AND ${nearDays(sql`answered_at`, scope)}
      AND ${isBefore(sql`answered_at`, sql`id`, cursor?.after)}
    ORDER BY answered_at DESC, id DESC LIMIT ${size + 1}`,
  page: sizedPage,
});

/** The rows of `page` that fit in one reply, with what {@link cutAttempts} looks at. */
export const fittingRows = sql`
  SELECT ${attemptColumns}, found FROM page WHERE bytes <= ${MOST_BYTES} ORDER BY answered_at DESC, id DESC`;

export type Found = { readonly found: number };

/** A page of attempts, and where the report of these days goes on; `whole` of them come where no page is asked for. */
export function cutAttempts<Row extends Pick<AttemptRow, "id" | "answered_at"> & Found>(
  rows: readonly Row[],
  asked: TimePage,
  days: Period,
  whole: number,
) {
  const placeOf = ({ answered_at, id }: Row): TimedRow => [Date.parse(answered_at), id];
  return cutPage(rows, asked, days, { whole, cursor: timeCursor, placeOf }, rows[0]?.found);
}
