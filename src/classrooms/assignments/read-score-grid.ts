import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { assignedWork, assignments, classrooms, enrolments } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import { wholeList } from "../../http/paging.ts";
import { type Report, reportMetaOf } from "../../reports/kit/report-meta.ts";
import { CLASS_ROWS } from "../bounds.ts";
import { byName } from "../by-name.ts";
import { isTaughtBy, requireTeacher, standing } from "../teaching.ts";
import {
  assignmentColumns,
  hasStatus,
  noSuchAssignment,
  toAssignment,
  toProgress,
  workColumns,
} from "./assignment-dto.ts";
import { asOfClass, enrolledStudent } from "./enrolled-student.ts";
import type { ScoreGridDto } from "./schemas.ts";

/**
 * How far each student of a class is with an assignment, by name, and how many are how far. One statement, whatever the
 * size of the class; it starts from the class, and reads no student where the caller does not teach it. Who has left the
 * class is not in it.
 */
export async function readScoreGrid(
  { db: { query } }: { db: Database },
  principal: Principal,
  { classroomId, assignmentId }: { classroomId: string; assignmentId: string },
): Promise<Report<ScoreGridDto>> {
  const asked = and(
    eq(assignments.id, assignmentId),
    eq(assignments.classroomId, classrooms.id),
    isTaughtBy(query, principal.userId),
  );
  const student = enrolledStudent(query);
  const rows = await query
    .select({
      ...standing(query, principal),
      assignment: assignmentColumns,
      student: { id: student.id, fullName: student.fullName, email: student.email },
      work: workColumns,
      summary: summary(),
      asOf: asOfClass(sql`max(${student.asOf}) over ()`),
    })
    .from(classrooms)
    .leftJoin(assignments, asked)
    .leftJoin(assignedWork, eq(assignedWork.assignmentId, assignments.id))
    .leftJoin(
      enrolments,
      and(eq(enrolments.classroomId, classrooms.id), eq(enrolments.studentId, assignedWork.studentId)),
    )
    .leftJoinLateral(student, sql`true`)
    .where(eq(classrooms.id, classroomId))
    // Who has left comes last, without a name, and is dropped below.
    .orderBy(...byName(student))
    .limit(CLASS_ROWS + 1);
  const { assignment, ...first } = requireTeacher(rows[0], { toChange: false });
  if (!assignment) throw noSuchAssignment();
  const students = rows.flatMap(({ student, work }) => (student && work ? [toGridRow(student, work)] : []));
  const { data, meta: cut } = wholeList(students, CLASS_ROWS);
  return {
    data: { assignment: toAssignment(assignment), summary: first.summary, rows: data },
    meta: reportMetaOf(first.asOf, {}, cut),
  };
}

function summary() {
  const of = (condition: SQL) =>
    sql`count(*) filter (where ${enrolments.studentId} is not null and ${condition}) over ()`.mapWith(Number);
  return {
    completed: of(hasStatus.COMPLETED),
    in_progress: of(hasStatus.IN_PROGRESS),
    not_started: of(hasStatus.NOT_STARTED),
  };
}

type Student = { readonly id: string; readonly fullName: string; readonly email: string | null };

const toGridRow = (student: Student, work: Parameters<typeof toProgress>[0]) => ({
  student_id: student.id,
  full_name: student.fullName,
  email: student.email,
  ...toProgress(work),
});
