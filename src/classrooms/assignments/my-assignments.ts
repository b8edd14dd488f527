import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { assignedWork, assignments, classrooms, enrolments } from "../../db/tables.ts";
import { WHOLE_LIST_LIMIT, wholeList } from "../../http/paging.ts";
import { assignmentColumns, noSuchAssignment, toAssignment, toProgress, workColumns } from "./assignment-dto.ts";
import type { MyAssignmentDto, WorkCounts } from "./schemas.ts";

const NOTHING: WorkCounts = { to_do: 0, in_progress: 0, done: 0, overdue: 0 };

/** What a student has to do and has done for their classes, the newest first, and how much of each in all. One statement. */
export async function listMyAssignments({ db: { query } }: { db: Database }, studentId: string) {
  const rows = await mine(query, studentId)
    .orderBy(desc(assignments.assignedAt), desc(assignments.id))
    .limit(WHOLE_LIST_LIMIT + 1);
  const { data, meta: cut } = wholeList(rows.map((row) => toMyAssignment(studentId, row)));
  return { data, meta: { counts: rows[0]?.counts ?? NOTHING, ...cut } };
}

/** One of them; `not_found` where it is none of theirs. */
export async function readMyAssignment(
  { db: { query } }: { db: Database },
  studentId: string,
  id: string,
): Promise<MyAssignmentDto> {
  const [row] = await mine(query, studentId, eq(assignments.id, id));
  if (!row) throw noSuchAssignment();
  return toMyAssignment(studentId, row);
}

/** Of the classes that are open and that the student is in now: what was theirs elsewhere is kept, and not shown. */
const mine = (query: Database["query"], studentId: string, only?: SQL) =>
  query
    .select({ assignment: assignmentColumns, work: workColumns, counts: counts() })
    .from(assignedWork)
    .innerJoin(assignments, eq(assignments.id, assignedWork.assignmentId))
    .innerJoin(classrooms, and(eq(classrooms.id, assignments.classroomId), isNull(classrooms.archivedAt)))
    .innerJoin(
      enrolments,
      and(eq(enrolments.classroomId, classrooms.id), eq(enrolments.studentId, assignedWork.studentId)),
    )
    .where(and(eq(assignedWork.studentId, studentId), only))
    .$dynamic();

function counts() {
  const { completedAt, lastActivityAt } = assignedWork;
  const of = (condition: SQL) => sql`count(*) filter (where ${condition}) over ()`.mapWith(Number);
  return {
    to_do: of(sql`${completedAt} is null and ${lastActivityAt} is null`),
    in_progress: of(sql`${completedAt} is null and ${lastActivityAt} is not null`),
    done: of(sql`${completedAt} is not null`),
    overdue: of(sql`${completedAt} is null and ${assignments.dueAt} < now()`),
  };
}

type MyRow = Awaited<ReturnType<typeof mine>>[number];

const toMyAssignment = (studentId: string, { assignment, work }: MyRow): MyAssignmentDto => ({
  assignment: toAssignment(assignment),
  status: { assignment_id: assignment.id, student_id: studentId, ...toProgress(work) },
});
