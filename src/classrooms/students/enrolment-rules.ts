import { and, eq, exists, isNotNull, or, type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { pgError } from "../../db/errors.ts";
import { classrooms, enrolments, users } from "../../db/tables.ts";
import { ApiError } from "../../http/errors.ts";
import { CLASSROOMS_A_STUDENT, STUDENTS_A_CLASSROOM } from "../bounds.ts";
import { isTaughtBy } from "../teaching.ts";

/** One who can be enrolled: an active STUDENT account. */
export const isStudent: SQL = sql`${users.role} = 'STUDENT' and ${users.isActive}`;

/** The student that an enrolment names, by id or e-mail, as a condition on rows of users. */
export const isNamed = ({ student_id, email }: Named): SQL =>
  student_id === undefined ? sql`lower(${users.email}) = lower(${email ?? null})` : eq(users.id, student_id);

/**
 * Whether a row of users is in a class that this teacher teaches. An archived one too: the pupils of last year are in no
 * other.
 */
export function isTaughtPupil(query: Database["query"], teacherId: string): SQL {
  const theirs = query
    .select({ one: sql`1` })
    .from(enrolments)
    .innerJoin(classrooms, eq(classrooms.id, enrolments.classroomId))
    .where(and(eq(enrolments.studentId, users.id), isTaughtBy(query, teacherId)));
  return exists(theirs);
}

/**
 * Whether a teacher may enrol a student, as a condition on rows of users: anybody who has an e-mail address. A pupil
 * without one, whose password is their teachers' to reset, only who teaches them already.
 */
export const mayBeEnrolledBy = (query: Database["query"], teacherId: string): SQL =>
  or(isNotNull(users.email), isTaughtPupil(query, teacherId)) as SQL;

/** Whether a student, by a column of ids, is in as many open classes as one may be. */
export const isInMost = (studentId: SQL): SQL<boolean> => sql`(
  select count(*) from ${enrolments} join ${classrooms} on ${classrooms.id} = ${enrolments.classroomId}
  where ${enrolments.studentId} = ${studentId} and ${classrooms.archivedAt} is null) >= ${CLASSROOMS_A_STUDENT}`;

type Named = { readonly student_id?: string | undefined; readonly email?: string | undefined };

export const noSuchStudent = () => new ApiError("not_found", "There is no such student.");

export const notYourPupil = () =>
  new ApiError(
    "forbidden",
    "A pupil without an e-mail address is enrolled by who teaches them already. Give them the classroom's join code instead.",
  );

export const fullClassroom = () =>
  new ApiError("conflict", `A classroom holds ${STUDENTS_A_CLASSROOM} students at most.`);

export const inMostClassrooms = () =>
  new ApiError("conflict", `A student is in ${CLASSROOMS_A_STUDENT} open classrooms at most.`);

/** Runs a change that refers to students; one whose account is deleted in that very moment is `not_found`. */
export async function referringToStudents<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    throw pgError(error)?.code === "23503" ? noSuchStudent() : error;
  }
}

/** A student who is not in the class that was named, or does not exist. */
export const notInClassroom = () => new ApiError("not_found", "There is no such student in this classroom.");
