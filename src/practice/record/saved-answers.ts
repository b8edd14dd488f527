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

/** The questions that were put aside. */
export const savedSkips: SQL = sql`
  saved_skips AS (
    INSERT INTO skips (student_id, seq, session_id, question_id, skipped_at)
    SELECT student_id, seq, session_id, question_id, at FROM known WHERE kind = 'skipped'
    ON CONFLICT DO NOTHING
  )`;

/** The fresh events that count: an answer that is on record already does not. */
export const counted: SQL = sql`
  counted AS (
    SELECT known.*, saved_attempts.id IS NOT NULL AS is_attempt,
      saved_attempts.id IS NOT NULL AND known.is_correct AS is_right
    FROM known LEFT JOIN saved_attempts ON saved_attempts.id = known.attempt_id
  )`;
