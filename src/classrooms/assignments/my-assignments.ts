import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { assignedWork, assignments, classrooms, enrolments, users } from "../../db/tables.ts";
import { WHOLE_LIST_LIMIT, wholeList } from "../../http/paging.ts";
import { type Inquiry, isInSight, outOfSight } from "../student-in-sight.ts";
import {
  assignmentColumns,
  hasStatus,
  noSuchAssignment,
  toAssignment,
  toProgress,
  workColumns,
} from "./assignment-dto.ts";
import type { MyAssignmentDto, WorkCounts } from "./schemas.ts";

const NOTHING: WorkCounts = { to_do: 0, in_progress: 0, done: 0, overdue: 0 };

/**
 * What a student has to do and has done for their classes, the newest first, and how much of each in all; throws what it
 * means that the caller may not see them. One round trip.
 */
export async function listMyAssignments({ db: { query } }: { db: Database }, inquiry: Inquiry) {
  const { studentId } = inquiry;
  const [[seen], rows] = await query.batch([
    inSight(query, inquiry),
    theirs(query, inquiry)
      .orderBy(desc(assignments.assignedAt), desc(assignments.id))
      .limit(WHOLE_LIST_LIMIT + 1),
  ]);
  if (!seen) throw outOfSight(inquiry.principal, studentId);
  const { data, meta: cut } = wholeList(rows.map((row) => toMyAssignment(studentId, row)));
  return { data, meta: { counts: rows[0]?.counts ?? NOTHING, ...cut } };
}

/** One of them; `not_found` where it is none of theirs. One round trip. */
export async function readMyAssignment(
  { db: { query } }: { db: Database },
  inquiry: Inquiry,
  id: string,
): Promise<MyAssignmentDto> {
  const { studentId } = inquiry;
  const [[seen], [row]] = await query.batch([inSight(query, inquiry), theirs(query, inquiry, eq(assignments.id, id))]);
  if (!seen) throw outOfSight(inquiry.principal, studentId);
  if (!row) throw noSuchAssignment();
  return toMyAssignment(studentId, row);
}

const isSeen = (query: Database["query"], { principal, studentId }: Inquiry) =>
  and(eq(users.id, studentId), isInSight(query, principal));

/** The statement that gives the student where the caller may see them. */
const inSight = (query: Database["query"], inquiry: Inquiry) =>
  query.select({ id: users.id }).from(users).where(isSeen(query, inquiry));

/** Of the classes that are open and that the student is in now: what was theirs elsewhere is kept, and not shown. */
const theirs = (query: Database["query"], inquiry: Inquiry, only?: SQL) =>
  query
    .select({ assignment: assignmentColumns, work: workColumns, counts: counts() })
    .from(users)
    .innerJoin(assignedWork, eq(assignedWork.studentId, users.id))
    .innerJoin(assignments, eq(assignments.id, assignedWork.assignmentId))
    .innerJoin(classrooms, and(eq(classrooms.id, assignments.classroomId), isNull(classrooms.archivedAt)))
    .innerJoin(
      enrolments,
      and(eq(enrolments.classroomId, classrooms.id), eq(enrolments.studentId, assignedWork.studentId)),
    )
    .where(and(isSeen(query, inquiry), only))
    .$dynamic();

function counts() {
  const of = (condition: SQL) => sql`count(*) filter (where ${condition}) over ()`.mapWith(Number);
  return {
    to_do: of(hasStatus.NOT_STARTED),
    in_progress: of(hasStatus.IN_PROGRESS),
    done: of(hasStatus.COMPLETED),
    overdue: of(sql`${assignedWork.completedAt} is null and ${assignments.dueAt} < now()`),
  };
}

type MyRow = Awaited<ReturnType<typeof theirs>>[number];

const toMyAssignment = (studentId: string, { assignment, work }: MyRow): MyAssignmentDto => ({
  assignment: toAssignment(assignment),
  status: { assignment_id: assignment.id, student_id: studentId, ...toProgress(work) },
});
