import { eq, type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { classrooms, enrolments, practiceMarks, users } from "../../db/tables.ts";

/**
 * The account behind a row of enrolments and how far the record is with it, to be joined laterally. The
 * limit keeps it to one look into an index a student, however large or small the tables are thought to be.
 */
export const enrolledStudent = (query: Database["query"]) =>
  query
    .select({
      id: users.id,
      fullName: users.fullName,
      email: users.email,
      asOf: practiceMarks.asOf,
    })
    .from(users)
    .leftJoin(practiceMarks, eq(practiceMarks.studentId, users.id))
    .where(eq(users.id, enrolments.studentId))
    .limit(1)
    .as("student");

/** How fresh what is shown of a class is, by the newest moment of its students: that of an archived one ends there. */
export const asOfClass = (newest: SQL) =>
  sql`case when ${newest} is not null then least(${newest}, ${classrooms.archivedAt}) end`.mapWith(practiceMarks.asOf);
