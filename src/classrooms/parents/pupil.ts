import { and, eq, type SQL } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { classrooms, enrolments } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import { notInClassroom } from "../students/enrolment-rules.ts";
import { isOpenAndTaughtBy, isTaughtBy, requireTeacher, standing } from "../teaching.ts";

/** A student as one of a class, which is to be the caller's. */
export type Pupil = { readonly classroomId: string; readonly studentId: string };

type Query = Database["query"];

const inClass = (studentId: string) =>
  and(eq(enrolments.classroomId, classrooms.id), eq(enrolments.studentId, studentId));

/** The statement that tells how the caller stands to the class, and whether the student is in it: for {@link requirePupil}. */
export const pupilQuery = (query: Query, principal: Principal, { classroomId, studentId }: Pupil) =>
  query
    .select({ ...standing(query, principal), studentId: enrolments.studentId })
    .from(classrooms)
    .leftJoin(enrolments, inClass(studentId))
    .where(eq(classrooms.id, classroomId));

type PupilRow = Awaited<ReturnType<typeof pupilQuery>>[number];

/** Throws where there is no such class, it is not the caller's, it is archived and to be changed, or the student is not in it. */
export function requirePupil(row: PupilRow | undefined, { toChange }: { toChange: boolean }): void {
  if (requireTeacher(row, { toChange }).studentId === null) throw notInClassroom();
}

/** A subquery of the student's id, which gives it where they are in a class of the caller's. */
export const taughtPupil = (query: Query, { userId }: Principal, pupil: Pupil) =>
  pupilIf(query, isTaughtBy(query, userId), pupil);

/** The same of an open class. */
export const openPupil = (query: Query, { userId }: Principal, pupil: Pupil) =>
  pupilIf(query, isOpenAndTaughtBy(query, userId), pupil);

const pupilIf = (query: Query, condition: SQL, { classroomId, studentId }: Pupil) =>
  query
    .select({ id: enrolments.studentId })
    .from(enrolments)
    .innerJoin(classrooms, inClass(studentId))
    .where(and(eq(classrooms.id, classroomId), condition));
