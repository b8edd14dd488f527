import { type SQL, sql } from "drizzle-orm";

/**
 * The student's assigned work, moved by what counts since each assignment was given. It is found by student and skill, a
 * single look into an index where there is none; whoever gives work holds the student's mark, so that every answer is
 * either here or in what work starts with. Work that is completed stays so. That of an archived class rests: what came before
 * the archive counts still, and the rest is made up for when the class comes out of it.
 */
export const savedWork: SQL = sql`
  work_gains AS (
    SELECT work.assignment_id, work.student_id, max(score_after) FILTER (WHERE is_attempt) AS best,
      (array_agg(score_after ORDER BY seq DESC) FILTER (WHERE is_attempt))[1] AS last,
      count(*) FILTER (WHERE is_attempt) AS questions, sum(credit_ms) AS active_ms,
      min(at) FILTER (WHERE is_attempt AND score_after >= target_smartscore) AS completed_at, max(at) AS last_activity_at
    FROM counted JOIN assigned_work AS work
      ON work.student_id = (SELECT student_id FROM mark) AND work.skill_id = counted.skill_id
    JOIN assignments ON assignments.id = work.assignment_id AND counted.at >= assigned_at
    JOIN classrooms ON classrooms.id = assignments.classroom_id
    WHERE (is_attempt OR credit_ms > 0) AND counted.at < coalesce(archived_at, 'infinity')
    GROUP BY work.assignment_id, work.student_id
  ),
  saved_work AS (
    UPDATE assigned_work AS work SET best_smartscore = greatest(work.best_smartscore, work_gains.best),
      last_smartscore = coalesce(work_gains.last, work.last_smartscore),
      questions = work.questions + work_gains.questions, active_ms = work.active_ms + work_gains.active_ms,
      completed_at = coalesce(work.completed_at, work_gains.completed_at),
      last_activity_at = greatest(work.last_activity_at, work_gains.last_activity_at)
    FROM work_gains
    WHERE work.assignment_id = work_gains.assignment_id AND work.student_id = work_gains.student_id
  )`;
