import { eq, type SQL, sql } from "drizzle-orm";
import { inOneBatch } from "../../db/batch.ts";
import type { Database } from "../../db/client.ts";
import { assignments, classrooms } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import { lockMarks } from "../../practice/record/lock-marks.ts";
import { isOpenAndTaughtBy, lockClassroom, requireTeacher, standing } from "../teaching.ts";
import { assignmentColumns, noSuchAssignment, toAssignment } from "./assignment-dto.ts";
import { isForStudent } from "./audience.ts";
import { filledWork, isOpen } from "./give-work.ts";
import type { AssignmentChange, AssignmentDto } from "./schemas.ts";

type Query = Database["query"];

/**
 * Changes what is named of an assignment. With a lower target, those whose best has reached it have completed it, at the
 * answer that did; with a higher one, who has completed it has. With a later date, those who came after the old one get
 * it too. One round trip.
 */
export async function changeAssignment(
  { db: { query } }: { db: Database },
  principal: Principal,
  id: string,
  { due_at: dueAt, target_smartscore: targetSmartscore }: AssignmentChange,
): Promise<AssignmentDto> {
  if (dueAt === undefined && targetSmartscore === undefined) return readTaught(query, principal, id);
  const mine = ifTaught(query, principal, id);
  const { after } = await inOneBatch(query, {
    lock: lockClassroom(query, classroomOf(id)),
    lockMarks: query.execute(lockMarks(sql`${holders(mine)} UNION ${audienceOf(mine)}`)),
    change: query.update(assignments).set({ dueAt, targetSmartscore }).where(eq(assignments.id, mine)),
    complete: query.execute(completeReached(mine)),
    give: query.execute(
      filledWork(sql`
        SELECT assignments.id AS assignment_id, audience.student_id, skill_id, assigned_at, target_smartscore
        FROM assignments CROSS JOIN (${audienceOf(mine)}) AS audience WHERE assignments.id = ${mine} AND ${isOpen}`),
    ),
    after: taughtQuery(query, principal, id),
  });
  return toTaught(after, { toChange: true });
}

/** Takes an assignment back, with all that is kept of the work on it; the practice itself stays. One round trip. */
export async function deleteAssignment(
  { db: { query } }: { db: Database },
  principal: Principal,
  id: string,
): Promise<void> {
  const mine = ifTaught(query, principal, id);
  const [, , rows] = await query.batch([
    lockClassroom(query, classroomOf(id)),
    query.execute(lockMarks(holders(mine))),
    taughtQuery(query, principal, id),
    query.delete(assignments).where(eq(assignments.id, mine)),
  ]);
  toTaught(rows, { toChange: true });
}

const classroomOf = (id: string): SQL => sql`(SELECT classroom_id FROM assignments WHERE id = ${id})`;

/** The assignment's id where the caller may change it, else null, as a value for a statement. */
const ifTaught = (query: Query, { userId }: Principal, id: string): SQL => sql`(
  SELECT ${assignments.id} FROM ${assignments} JOIN ${classrooms} ON ${classrooms.id} = ${assignments.classroomId}
  WHERE ${assignments.id} = ${id} AND ${isOpenAndTaughtBy(query, userId)})`;

const holders = (id: SQL): SQL => sql`SELECT student_id FROM assigned_work WHERE assignment_id = ${id}`;

/** Whom an assignment is for as the class stands now; those for whom it was chosen once have it. */
const audienceOf = (id: SQL): SQL => sql`
  SELECT enrolments.student_id FROM assignments JOIN enrolments USING (classroom_id)
  WHERE assignments.id = ${id} AND ${isForStudent()}`;

const completeReached = (id: SQL): SQL => sql`
  UPDATE assigned_work AS work SET completed_at = (
    SELECT min(answered_at) FROM attempts
    WHERE attempts.student_id = work.student_id AND attempts.skill_id = work.skill_id
      AND answered_at >= assigned_at AND smartscore_after >= target_smartscore
  )
  FROM assignments
  WHERE assignments.id = ${id} AND work.assignment_id = assignments.id AND completed_at IS NULL
    AND best_smartscore >= target_smartscore`;

const taughtQuery = (query: Query, principal: Principal, id: string) =>
  query
    .select({ ...standing(query, principal), assignment: assignmentColumns })
    .from(assignments)
    .innerJoin(classrooms, eq(classrooms.id, assignments.classroomId))
    .where(eq(assignments.id, id));

function toTaught(rows: Awaited<ReturnType<typeof taughtQuery>>, { toChange }: { toChange: boolean }): AssignmentDto {
  const [row] = rows;
  if (!row) throw noSuchAssignment();
  return toAssignment(requireTeacher(row, { toChange }).assignment);
}

async function readTaught(query: Query, principal: Principal, id: string): Promise<AssignmentDto> {
  return toTaught(await taughtQuery(query, principal, id), { toChange: true });
}
