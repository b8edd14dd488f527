import { and, eq, exists, isNull, or, type SQL, sql } from "drizzle-orm";
import { accountGone } from "../auth/faults.ts";
import type { Database } from "../db/client.ts";
import { classrooms, enrolments, users } from "../db/tables.ts";
import type { Principal } from "../http/access-token.ts";
import { ApiError } from "../http/errors.ts";

/**
 * The one rule of whose practice a caller may look at, as a condition on a row of users: everybody at their own, a
 * teacher at that of the students of their open classrooms, an ADMIN at anybody's. A report has it in the statement that
 * reads the data, so that no row is read which the caller may not see and no round trip goes to asking first.
 */
export function isInSight(query: Database["query"], { userId, role }: Principal): SQL | undefined {
  switch (role) {
    case "ADMIN":
      return undefined;
    case "TEACHER":
      return or(eq(users.id, userId), exists(openClassOf(query, userId)));
    case "STUDENT":
    case "PARENT":
      return eq(users.id, userId);
  }
}

function openClassOf(query: Database["query"], teacherId: string) {
  return query
    .select({ one: sql`1` })
    .from(enrolments)
    .innerJoin(classrooms, eq(classrooms.id, enrolments.classroomId))
    .where(and(eq(enrolments.studentId, users.id), eq(classrooms.teacherId, teacherId), isNull(classrooms.archivedAt)));
}

/**
 * What to answer where no row is in sight. Only an ADMIN learns whether there is such a student: anybody else is told
 * the same of one who is not theirs and of one who does not exist.
 */
export function outOfSight({ userId, role }: Principal, studentId: string): ApiError {
  if (studentId === userId) return accountGone();
  if (role === "ADMIN") return new ApiError("not_found", "There is no such student.");
  return new ApiError("forbidden", "This is open to the student, their teachers and an ADMIN.");
}
