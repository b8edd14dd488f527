import { type SQL, sql } from "drizzle-orm";

/** What the fresh events add, by skill. */
export const gains: SQL = sql`
  gains AS (
    SELECT student_id, skill_id, (array_agg(session_id ORDER BY seq DESC))[1] AS last_session,
      count(*) FILTER (WHERE is_attempt) AS questions, count(*) FILTER (WHERE is_right) AS correct,
      (array_agg(score_after ORDER BY seq DESC) FILTER (WHERE is_attempt))[1] AS last_score,
      sum(credit_ms) AS active_ms, max(at) AS practiced_at
    FROM counted WHERE is_attempt OR credit_ms > 0 GROUP BY student_id, skill_id
  )`;

/** What the student has come to, by skill. Time alone moves no score: a session may begin below where the last one ended. */
export const savedProgress: SQL = sql`
  saved_progress AS (
    INSERT INTO skill_progress AS progress (student_id, skill_id, best_smartscore, last_smartscore, questions, correct,
      active_ms, last_practiced_at)
    SELECT gains.student_id, gains.skill_id, best.smartscore,
      coalesce(gains.last_score, saved_sessions.smartscore), gains.questions, gains.correct, gains.active_ms,
      gains.practiced_at
    FROM gains JOIN saved_sessions ON saved_sessions.id = gains.last_session
    JOIN (SELECT skill_id, max(best_smartscore) AS smartscore FROM saved_sessions GROUP BY skill_id) AS best
      ON best.skill_id = gains.skill_id
    ON CONFLICT (student_id, skill_id) DO UPDATE SET
      best_smartscore = greatest(progress.best_smartscore, excluded.best_smartscore),
      last_smartscore =
        CASE WHEN excluded.questions > 0 THEN excluded.last_smartscore ELSE progress.last_smartscore END,
      questions = progress.questions + excluded.questions,
      correct = progress.correct + excluded.correct,
      active_ms = progress.active_ms + excluded.active_ms,
      last_practiced_at = greatest(progress.last_practiced_at, excluded.last_practiced_at)
  )`;

/** What the student has done, by local day and skill. */
export const savedDays: SQL = sql`
  saved_days AS (
    INSERT INTO practice_days AS total (student_id, day, skill_id, questions, correct, active_ms, first_smartscore,
      last_smartscore, best_smartscore, last_practiced_at)
    SELECT student_id, day, skill_id, count(*) FILTER (WHERE is_attempt), count(*) FILTER (WHERE is_right),
      sum(credit_ms), (array_agg(score_before ORDER BY seq) FILTER (WHERE is_attempt))[1],
      (array_agg(score_after ORDER BY seq DESC) FILTER (WHERE is_attempt))[1],
      max(score_after) FILTER (WHERE is_attempt), max(at)
    FROM counted WHERE is_attempt OR credit_ms > 0 GROUP BY student_id, day, skill_id
    ON CONFLICT (student_id, day, skill_id) DO UPDATE SET questions = total.questions + excluded.questions,
      correct = total.correct + excluded.correct, active_ms = total.active_ms + excluded.active_ms,
      first_smartscore = coalesce(total.first_smartscore, excluded.first_smartscore),
      last_smartscore = coalesce(excluded.last_smartscore, total.last_smartscore),
      best_smartscore = greatest(total.best_smartscore, excluded.best_smartscore),
      last_practiced_at = greatest(total.last_practiced_at, excluded.last_practiced_at)
  )`;
