import { and, eq, exists, or, type SQL, sql } from "drizzle-orm";
import { accountGone } from "../auth/faults.ts";
import type { Database } from "../db/client.ts";
import { classrooms, enrolments, guardians, users } from "../db/tables.ts";
import type { Principal } from "../http/access-token.ts";
import { ApiError } from "../http/errors.ts";
import { isOpenAndTaughtBy } from "./teaching.ts";

/** Who asks, and about whom. */
export type Inquiry = { readonly principal: Principal; readonly studentId: string };

/**
 * The one rule of whose practice a caller may look at, as a condition on a row of users: everybody at their own, a
 * teacher at that of the students of the open classrooms that they teach, a parent at that of their children, an ADMIN at
 * anybody's. A report has it in the statement that reads the data, so that no row is read which the caller may not see and
 * no round trip goes to asking first.
 */
export function isInSight(query: Database["query"], { userId, role }: Principal): SQL | undefined {
  switch (role) {
    case "ADMIN":
      return undefined;
    case "TEACHER":
      return or(eq(users.id, userId), exists(openClassOf(query, userId)));
    case "PARENT":
      return or(eq(users.id, userId), exists(childOf(query, userId)));
    case "STUDENT":
      return eq(users.id, userId);
  }
}

/** An open classroom that this teacher teaches and a row of users is in, as a subquery. */
export function openClassOf(query: Database["query"], teacherId: string) {
  return query
    .select({ one: sql`1` })
    .from(enrolments)
    .innerJoin(classrooms, eq(classrooms.id, enrolments.classroomId))
    .where(and(eq(enrolments.studentId, users.id), isOpenAndTaughtBy(query, teacherId)));
}

function childOf(query: Database["query"], parentId: string) {
  return query
    .select({ one: sql`1` })
    .from(guardians)
    .where(and(eq(guardians.studentId, users.id), eq(guardians.parentId, parentId)));
}

/**
 * What to answer where no row is in sight. Only an ADMIN learns whether there is such a student: anybody else is told
 * the same of one who is not theirs and of one who does not exist.
 */
export function outOfSight({ userId, role }: Principal, studentId: string): ApiError {
  if (studentId === userId) return accountGone();
  if (role === "ADMIN") return new ApiError("not_found", "There is no such student.");
  return new ApiError("forbidden", "This is open to the student, their teachers, their parents and an ADMIN.");
}
