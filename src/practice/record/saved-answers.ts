import { type SQL, sql } from "drizzle-orm";

/** The answers, each once. */
export const savedAttempts: SQL = sql`
  saved_attempts AS (
    INSERT INTO attempts (id, session_id, student_id, skill_id, question_id, level, question, correct_answer,
      submitted_answer, is_correct, mistake_type, answered_at, day, time_spent_sec, active_ms, smartscore_before,
      smartscore_after, change_reason, change_message, template_id)
    SELECT attempt_id, session_id, student_id, skill_id, question_id, level, question, correct_answer,
      submitted_answer, is_correct, mistake_type, at, day, time_spent_sec, credit_ms, score_before, score_after, reason,
      message, template_id
    FROM known WHERE kind = 'answered'
    ON CONFLICT (id) DO NOTHING
    RETURNING id
  )`;

/** The questions that were put aside, each once. */
export const savedSkips: SQL = sql`
  saved_skips AS (
    INSERT INTO skips (student_id, seq, session_id, question_id, skipped_at)
    SELECT student_id, seq, session_id, question_id, at FROM known
    WHERE kind = 'skipped' AND NOT (is_resent IS TRUE AND EXISTS (
      SELECT FROM skips AS had WHERE had.student_id = (SELECT student_id FROM mark)
        AND had.session_id = known.session_id AND had.question_id = known.question_id AND had.skipped_at = known.at))
    ON CONFLICT DO NOTHING
  )`;

/**
 * The fresh events with what of them counts. An answer that is on record already does not, with its time. Nor does other
 * time of events that were sent again, up to the newest event on record: a student's clock never goes back, and what came
 * after the object was put back to an older state came later than all that was on record.
 */
export const counted: SQL = sql`
  counted AS (
    SELECT known.student_id, known.session_id, known.skill_id, known.seq, known.at, known.day, known.score_before,
      known.score_after, saved_attempts.id IS NOT NULL AS is_attempt,
      saved_attempts.id IS NOT NULL AND known.is_correct AS is_right,
      CASE WHEN CASE kind WHEN 'answered' THEN saved_attempts.id IS NOT NULL
          ELSE is_resent IS NOT TRUE OR at > (SELECT as_of FROM mark) END
        THEN credit_ms ELSE 0 END AS credit_ms
    FROM known LEFT JOIN saved_attempts ON saved_attempts.id = known.attempt_id
  )`;
