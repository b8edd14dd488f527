import { type SQL, sql } from "drizzle-orm";

/** The sessions that the fresh events are of, as their object last told them. */
export const savedSessions: SQL = sql`
  saved_sessions AS (
    INSERT INTO practice_sessions (id, student_id, skill_id, started_at, finished_at, finished_reason, last_activity_at,
      active_ms, inactivity_threshold_sec, answered, correct, smartscore, best_smartscore, streak, max_streak,
      last_question_id, state)
    SELECT session.id, mark.student_id, session.skill_id, started_at, finished_at, finished_reason, last_activity_at,
      active_ms, inactivity_threshold_sec, answered, correct, smartscore, best_smartscore, streak, max_streak,
      last_question_id, state
    FROM batch, mark, jsonb_to_recordset(body -> 'sessions') AS session(
      id uuid, skill_id integer, started_at timestamptz, finished_at timestamptz, finished_reason text,
      last_activity_at timestamptz, active_ms bigint, inactivity_threshold_sec integer, answered integer,
      correct integer, smartscore smallint, best_smartscore smallint, streak integer, max_streak integer,
      last_question_id bigint, state jsonb)
    WHERE session.id IN (SELECT session_id FROM known)
    ON CONFLICT (id) DO UPDATE SET finished_at = excluded.finished_at, finished_reason = excluded.finished_reason,
      last_activity_at = excluded.last_activity_at, active_ms = excluded.active_ms, answered = excluded.answered,
      correct = excluded.correct, smartscore = excluded.smartscore, best_smartscore = excluded.best_smartscore,
      streak = excluded.streak, max_streak = excluded.max_streak, last_question_id = excluded.last_question_id,
      state = excluded.state
    RETURNING id, skill_id, smartscore, best_smartscore
  )`;
