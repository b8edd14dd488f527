import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { lockMarks } from "../../practice/record/lock-marks.ts";
import { isForStudent } from "./audience.ts";
import { doneSince } from "./done-since.ts";

type Query = Database["query"];

type Giving = {
  /** The class's id: a value, or a subquery that gives one or none. */
  readonly classroomId: SQL | string;
  /** A subquery that gives the ids of students, one column. Who of them is not in the class gets nothing. */
  readonly students: SQL;
};

/**
 * The statements that give students what is open for them in their class: the assignments to the class and to the groups
 * that they are in, but for those whose date is past. For whatever lets somebody into a class or a group: they go into its
 * transaction after the class is locked and the students are in, `lockMarks` before `give`. Who has an assignment already
 * keeps it as it stands: the drain has kept it up to date all the while.
 */
export function givingWork(query: Query, { classroomId, students }: Giving) {
  return {
    lockMarks: query.execute(lockMarks(students)),
    give: query.execute(
      filledWork(sql`
        SELECT assignments.id AS assignment_id, student_id, skill_id, assigned_at, target_smartscore
        FROM assignments JOIN enrolments USING (classroom_id)
        WHERE classroom_id = ${classroomId} AND student_id IN (${students}) AND ${isOpen}
          AND ${isForStudent()}`),
    ),
  };
}

/** Of a row of assignments: who comes later gets it still. */
export const isOpen = sql.raw("(due_at IS NULL OR due_at > clock_timestamp())");

/**
 * A statement that makes the rows of work that students lack, each as the record has it: what was answered since it was
 * assigned.
 * `given` is a subquery of (assignment_id, student_id, skill_id, assigned_at, target_smartscore). It is to run under the
 * locks of the students' marks, taken by a statement before it.
 *
 * `OFFSET 0` keeps the looks for what they hold to an index, however large the table is thought to be.
 */
export const filledWork = (given: SQL): SQL => sql`
  INSERT INTO assigned_work (assignment_id, student_id, skill_id, best_smartscore, last_smartscore, questions, active_ms,
    completed_at, last_activity_at)
  SELECT * FROM (${doneSince(given)}) AS given
  WHERE NOT EXISTS (
    SELECT FROM assigned_work AS held
    WHERE held.assignment_id = given.assignment_id AND held.student_id = given.student_id OFFSET 0
  )
  ON CONFLICT DO NOTHING`;
