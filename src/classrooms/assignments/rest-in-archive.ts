import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { lockMarks } from "../../practice/record/lock-marks.ts";
import { doneSince } from "./done-since.ts";

/** Whether a student has practised the skill of their work since the class was archived: of the others nothing was missed. */
const isPractisedSince = sql.raw(`EXISTS (
  SELECT FROM skill_progress AS progress WHERE progress.student_id = work.student_id
    AND progress.skill_id = work.skill_id AND progress.last_practiced_at >= archived_at)`);

/**
 * What goes into the transaction that archives a class or takes it out of the archive, before it does: `classroomId` is a
 * subquery of the class, or of none where neither is to be. The drain lets the work of an archived class rest, so that
 * `catchUp` makes up for what it missed since; with the marks locked before, the class is archived at a `moment` to which
 * nothing of what its students did is on record yet, whatever the clocks: so that all counts once.
 */
export function restInArchive(query: Database["query"], classroomId: SQL) {
  const work = sql`assigned_work AS work JOIN assignments ON assignments.id = work.assignment_id
    JOIN classrooms ON classrooms.id = assignments.classroom_id WHERE classrooms.id = (${classroomId})`;
  const students = sql`SELECT work.student_id FROM ${work}`;
  return {
    lockMarks: query.execute(lockMarks(students)),
    moment: sql`(SELECT greatest(clock_timestamp(), max(as_of) + interval '1 ms') FROM practice_marks
      WHERE student_id IN (${students}))`,
    catchUp: query.execute(sql`
      UPDATE assigned_work AS work SET best_smartscore = greatest(work.best_smartscore, missed.best_smartscore),
        last_smartscore = CASE missed.questions WHEN 0 THEN work.last_smartscore ELSE missed.last_smartscore END,
        questions = work.questions + missed.questions, active_ms = work.active_ms + missed.active_ms,
        completed_at = coalesce(work.completed_at, missed.completed_at),
        last_activity_at = greatest(work.last_activity_at, missed.last_activity_at)
      FROM (${doneSince(sql`
        SELECT work.assignment_id, work.student_id, work.skill_id, greatest(assigned_at, archived_at) AS assigned_at,
          target_smartscore
        FROM ${work} AND ${isPractisedSince}`)}) AS missed
      WHERE work.assignment_id = missed.assignment_id AND work.student_id = missed.student_id`),
  };
}
