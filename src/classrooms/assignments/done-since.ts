import { type SQL, sql } from "drizzle-orm";

/**
 * What was answered of each of `given` since its `assigned_at`, as the columns of work.
 *
 * Time is on record by day and skill. That of a day on which some answers came before that moment is shared out by its
 * answers; all other days count whole.
 */
export const doneSince = (given: SQL): SQL => sql`
  SELECT given.assignment_id, given.student_id, given.skill_id, coalesce(answers.best, 0) AS best_smartscore,
    coalesce(answers.last, 0) AS last_smartscore, answers.questions, coalesce(time.active_ms, 0) AS active_ms,
    answers.completed_at, time.last_activity_at
  FROM (${given}) AS given
  CROSS JOIN LATERAL (
    SELECT max(smartscore_after) AS best,
      (array_agg(smartscore_after ORDER BY answered_at DESC, attempts.id DESC))[1] AS last, count(*) AS questions,
      min(answered_at) FILTER (WHERE smartscore_after >= given.target_smartscore) AS completed_at
    FROM attempts
    WHERE attempts.student_id = given.student_id AND attempts.skill_id = given.skill_id
      AND answered_at >= given.assigned_at
  ) AS answers
  CROSS JOIN LATERAL (
    SELECT max(days.last_practiced_at) AS last_activity_at,
      sum(CASE earlier WHEN 0 THEN days.active_ms ELSE days.active_ms * (answered - earlier) / answered END) AS active_ms
    FROM practice_days AS days CROSS JOIN LATERAL (
      SELECT count(*) AS answered, count(*) FILTER (WHERE answered_at < given.assigned_at) AS earlier FROM attempts
      WHERE attempts.student_id = given.student_id AND attempts.skill_id = given.skill_id AND attempts.day = days.day
        AND answered_at BETWEEN given.assigned_at - interval '2 days' AND given.assigned_at + interval '2 days'
    ) AS of_day
    WHERE days.student_id = given.student_id AND days.skill_id = given.skill_id
      AND days.day >= (given.assigned_at - interval '2 days')::date AND days.last_practiced_at >= given.assigned_at
  ) AS time`;
