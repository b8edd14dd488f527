import { type SQL, sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { profileOf } from "../student-record.ts";
import { lockMarks } from "./lock-marks.ts";
import { counted, savedAttempts, savedSkips } from "./saved-answers.ts";
import { withoutScores, withScores } from "./saved-awards.ts";
import { savedSessions } from "./saved-sessions.ts";
import { gains, savedDays, savedProgress } from "./saved-totals.ts";
import { savedWork } from "./saved-work.ts";

/** What the statements are given, by name. */
export type ApplyValues = { readonly studentId: string; readonly afterSeq: number; readonly body: string };

/** A statement with its placeholders, in the order of their numbers. */
export type Written = ReturnType<PgDialect["sqlToQuery"]>;

const dialect = new PgDialect({ casing: "snake_case" });

/**
 * Every part of the record that events move, each a named part of one statement. They share its snapshot: none sees what
 * another writes but by what that returns.
 */
const PARTS: readonly SQL[] = [
  savedSessions,
  savedAttempts,
  savedSkips,
  counted,
  gains,
  savedProgress,
  savedDays,
  savedWork,
];

const STUDENT_ID = sql`${sql.placeholder("studentId")}::uuid`;

const applyBeyondMark = (awards: SQL): SQL => sql`
  WITH batch AS (SELECT ${sql.placeholder("body")}::jsonb AS body),
  mark AS (
    SELECT student_id, drained_seq, as_of,
      drained_seq > ${sql.placeholder("afterSeq")}::bigint AND last_event IS NOT NULL AND NOT EXISTS (
        SELECT FROM jsonb_to_recordset(body -> 'events') AS event(seq bigint, identity text)
        WHERE event.seq = drained_seq AND event.identity = last_event) AS is_ahead
    FROM practice_marks, batch WHERE student_id = ${STUDENT_ID}
  ),
  fresh AS (
    SELECT mark.student_id, event.*
    FROM batch, mark, jsonb_to_recordset(body -> 'events') AS event(
      seq bigint, kind text, session_id uuid, skill_id integer, at timestamptz, day date, credit_ms bigint,
      question_id bigint, attempt_id uuid, level smallint, question jsonb, correct_answer jsonb, submitted_answer jsonb,
      is_correct boolean, mistake_type text, time_spent_sec integer, score_before smallint, score_after smallint,
      reason text, message text, template_id uuid, identity text, is_resent boolean)
    WHERE event.seq > mark.drained_seq AND mark.drained_seq >= ${sql.placeholder("afterSeq")}::bigint AND NOT mark.is_ahead
  ),
  known AS (SELECT fresh.* FROM fresh JOIN skills ON skills.id = fresh.skill_id),
  ${sql.join([...PARTS, awards], sql`,`)},
  moved AS (
    UPDATE practice_marks SET drained_seq = newest.seq, last_event = newest.identity, as_of = greatest(as_of, newest.at)
    FROM (SELECT seq, identity, max(at) OVER () AS at FROM fresh ORDER BY seq DESC LIMIT 1) AS newest
    WHERE student_id = ${STUDENT_ID}
    RETURNING practice_marks.drained_seq
  )
  SELECT coalesce((SELECT drained_seq FROM moved), (SELECT drained_seq FROM mark)) AS mark,
    coalesce((SELECT is_ahead FROM mark), false) AS is_ahead,
    coalesce((SELECT jsonb_agg(seq) FROM fresh WHERE skill_id NOT IN (SELECT id FROM skills)), '[]') AS rejected,
    (${profileOf(STUDENT_ID)}) AS profile`;

/** Locks the student's mark; what is beyond it may be applied in the next statement of the same transaction. */
export const LOCK_MARK: Written = dialect.sqlToQuery(lockMarks(STUDENT_ID));

/** Applies what is beyond the mark and moves it; written out once, as that takes longer than to send it. */
export const APPLY: Written = dialect.sqlToQuery(applyBeyondMark(withoutScores));

/** The same where an answer led to the score of a ribbon or the medal. */
export const APPLY_WITH_SCORES: Written = dialect.sqlToQuery(applyBeyondMark(withScores));
