import { and, eq, exists, sql } from "drizzle-orm";
import { inOneBatch } from "../../db/batch.ts";
import { classrooms, enrolments, users } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import type { Services } from "../../services.ts";
import { isOpenAndTaughtBy, requireTeacher, standing } from "../teaching.ts";
import {
  fullClassroom,
  inMostClassrooms,
  isInMost,
  isNamed,
  isStudent,
  mayBeEnrolledBy,
  noSuchStudent,
  notYourPupil,
  referringToStudents,
} from "./enrolment-rules.ts";
import { enrolmentSteps } from "./enrolment-steps.ts";
import { rollChanged } from "./roll-changed.ts";
import type { Enrolment } from "./schemas.ts";

/**
 * Enrols a student in a class of the caller's; who is in it already stays as they are. Who is no student, or not active,
 * is `not_found`; a pupil without e-mail whom the caller does not teach, `forbidden`; a class that is full, and one more
 * than a student may be in, `conflict`. One round trip.
 */
export async function enrol(
  services: Services,
  principal: Principal,
  { id, ...named }: Enrolment & { readonly id: string },
): Promise<void> {
  const { query } = services.db;
  const classroom = query
    .select({ one: sql`1` })
    .from(classrooms)
    .where(and(eq(classrooms.id, id), isOpenAndTaughtBy(query, principal.userId)));
  const students = query
    .select({ id: users.id })
    .from(users)
    .where(and(isNamed(named), isStudent, mayBeEnrolledBy(query, principal.userId), exists(classroom)));
  const steps = enrolmentSteps(query, { classroomId: id, students: sql`${students}` });
  const outcome = query
    .select({
      ...standing(query, principal),
      timeZone: classrooms.timeZone,
      studentId: users.id,
      enrolledAt: enrolments.enrolledAt,
      mayBeEnrolled: sql<boolean>`${mayBeEnrolledBy(query, principal.userId)}`,
      isInMost: isInMost(sql`${users.id}`),
    })
    .from(classrooms)
    .leftJoin(users, and(isNamed(named), isStudent))
    .leftJoin(enrolments, and(eq(enrolments.classroomId, classrooms.id), eq(enrolments.studentId, users.id)))
    .where(eq(classrooms.id, id));
  const {
    enrol: { rows },
    outcome: [row],
  } = await referringToStudents(() => inOneBatch(query, { ...steps, outcome }));
  const { studentId, enrolledAt, timeZone, ...outside } = requireTeacher(row, { toChange: true });
  if (studentId === null) throw noSuchStudent();
  if (enrolledAt === null) {
    if (!outside.mayBeEnrolled) throw notYourPupil();
    throw outside.isInMost ? inMostClassrooms() : fullClassroom();
  }
  rollChanged(services, { classroomId: id, timeZone, studentIds: rows.map(({ student_id }) => student_id) });
}
