import { and, eq, exists, isNull, sql } from "drizzle-orm";
import { accountGone } from "../../auth/faults.ts";
import { inOneBatch } from "../../db/batch.ts";
import { classrooms, enrolments, users } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import { ApiError } from "../../http/errors.ts";
import type { Services } from "../../services.ts";
import { readCode } from "../codes.ts";
import type { JoinedClassroomDto } from "../schemas.ts";
import { fullClassroom, inMostClassrooms, isInMost, isStudent, referringToStudents } from "./enrolment-rules.ts";
import { enrolmentSteps } from "./enrolment-steps.ts";
import { rollChanged } from "./roll-changed.ts";

/**
 * Brings the caller, a student, into the open class that has this code; who is in it already stays as they are. A code of
 * no open class is `not_found`; a class that is full, and one more than a student may be in, `conflict`. One round trip.
 */
export async function join(services: Services, { userId }: Principal, typed: string): Promise<JoinedClassroomDto> {
  const { query } = services.db;
  const hasCode = and(eq(classrooms.joinCode, readCode(typed)), isNull(classrooms.archivedAt));
  const classroom = query.select({ id: classrooms.id }).from(classrooms).where(hasCode);
  const student = query
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, userId), isStudent, exists(classroom)));
  const steps = enrolmentSteps(query, { classroomId: sql`${classroom}`, students: sql`${student}` });
  const outcome = query
    .select({ classroom: classrooms, enrolledAt: enrolments.enrolledAt, isInMost: isInMost(sql`${users.id}`) })
    .from(users)
    .leftJoin(classrooms, hasCode)
    .leftJoin(enrolments, and(eq(enrolments.classroomId, classrooms.id), eq(enrolments.studentId, users.id)))
    .where(and(eq(users.id, userId), isStudent));
  const {
    enrol: { rows },
    outcome: [row],
  } = await referringToStudents(() => inOneBatch(query, { ...steps, outcome }));
  if (!row) throw accountGone();
  if (!row.classroom)
    throw new ApiError("not_found", "No classroom has this code. Ask your teacher for the one in use.");
  if (!row.enrolledAt) throw row.isInMost ? inMostClassrooms() : fullClassroom();
  const { id, title, gradeId, timeZone } = row.classroom;
  rollChanged(services, { classroomId: id, timeZone, studentIds: rows.map(({ student_id }) => student_id) });
  return { id, title, grade_id: gradeId };
}
