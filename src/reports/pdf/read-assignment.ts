import { and, eq, sql } from "drizzle-orm";
import {
  assignmentColumns,
  noSuchAssignment,
  toProgress,
  workColumns,
} from "../../classrooms/assignments/assignment-dto.ts";
import { asOfClass } from "../../classrooms/assignments/enrolled-student.ts";
import { CLASS_ROWS } from "../../classrooms/bounds.ts";
import { byName } from "../../classrooms/by-name.ts";
import { isTaughtBy, notYourClassroom } from "../../classrooms/teaching.ts";
import type { Database } from "../../db/client.ts";
import {
  assignedWork,
  assignments,
  classrooms,
  enrolments,
  grades,
  practiceMarks,
  skills,
  subjects,
  users,
} from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import type { PrintedAssignment, PrintedWork } from "./draw-assignment.ts";

/**
 * An assignment with how far each student of its class is, by name. One statement; it reads no student where the caller
 * neither teaches the class nor is an ADMIN. Throws `not_found` and `forbidden`.
 */
export async function readAssignment(
  { db: { query } }: { db: Database },
  { userId, role }: Principal,
  assignmentId: string,
): Promise<{ assignment: PrintedAssignment; at: Date }> {
  const mayRead = role === "ADMIN" ? sql<boolean>`true` : sql<boolean>`${isTaughtBy(query, userId)}`;
  const rows = await query
    .select({
      mayRead,
      assignment: assignmentColumns,
      classTitle: classrooms.title,
      timeZone: sql<string>`coalesce(${classrooms.timeZone}, 'UTC')`,
      skillTitle: skills.title,
      skillPlace: sql<string>`concat_ws(' · ', ${skills.code}, ${grades.title}, ${subjects.title})`,
      fullName: users.fullName,
      work: workColumns,
      asOf: asOfClass(sql`max(${practiceMarks.asOf}) over ()`),
    })
    .from(assignments)
    .innerJoin(classrooms, eq(classrooms.id, assignments.classroomId))
    .innerJoin(skills, eq(skills.id, assignments.skillId))
    .innerJoin(grades, eq(grades.id, skills.gradeId))
    .innerJoin(subjects, eq(subjects.id, skills.subjectId))
    .leftJoin(assignedWork, and(eq(assignedWork.assignmentId, assignments.id), mayRead))
    .leftJoin(
      enrolments,
      and(eq(enrolments.classroomId, classrooms.id), eq(enrolments.studentId, assignedWork.studentId)),
    )
    .leftJoin(users, eq(users.id, enrolments.studentId))
    .leftJoin(practiceMarks, eq(practiceMarks.studentId, users.id))
    .where(eq(assignments.id, assignmentId))
    // Who has left the class comes last, without a name, and is dropped below.
    .orderBy(...byName(users))
    .limit(CLASS_ROWS + 1);
  const [first] = rows;
  if (!first) throw noSuchAssignment();
  if (!first.mayRead) throw notYourClassroom();
  const { assignment, classTitle, timeZone, skillTitle, skillPlace, asOf } = first;
  const students = rows.flatMap(({ fullName, work }) => (fullName !== null && work ? [toPrinted(fullName, work)] : []));
  return {
    assignment: {
      classTitle,
      timeZone,
      skillTitle,
      skillPlace,
      asOf,
      target: assignment.targetSmartscore,
      assignedAt: assignment.assignedAt,
      dueAt: assignment.dueAt,
      students: students.slice(0, CLASS_ROWS),
      isCut: students.length > CLASS_ROWS,
    },
    at: asOf ?? assignment.assignedAt,
  };
}

function toPrinted(fullName: string, work: Parameters<typeof toProgress>[0]): PrintedWork {
  return {
    fullName,
    status: toProgress(work).status,
    bestSmartscore: work.bestSmartscore,
    lastSmartscore: work.lastSmartscore,
    questions: work.questions,
    activeSeconds: toProgress(work).time_spent_seconds,
    completedAt: work.completedAt,
    lastActivityAt: work.lastActivityAt,
  };
}
