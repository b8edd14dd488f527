import { and, eq, type SQL, sql } from "drizzle-orm";
import { isInSight, outOfSight } from "../classrooms/student-in-sight.ts";
import type { Database } from "../db/client.ts";
import { practiceMarks, users } from "../db/tables.ts";
import type { Principal } from "../http/access-token.ts";

/** Who asks, and about whom. */
export type Inquiry = { readonly principal: Principal; readonly studentId: string };

export type ReportedStudent = ReturnType<typeof reportedStudent>;

/**
 * The student of a report and how far the record is with them, for its statement to start from: one row, or none where
 * the caller may not see them, and then the statement reads nothing else and has no row ({@link firstRow}).
 */
export function reportedStudent({ query }: Database, { principal, studentId }: Inquiry) {
  return query.$with("student").as(
    query
      .select({ id: users.id, asOf: practiceMarks.asOf })
      .from(users)
      .leftJoin(practiceMarks, eq(practiceMarks.studentId, users.id))
      .where(and(eq(users.id, studentId), isInSight(query, principal))),
  );
}

/** Their id as a value that an index is searched with; null where they are out of sight. */
export const idOf = (student: ReportedStudent): SQL => sql`(select ${student.id} from ${student})`;

/** The first row of a statement that starts from a reported student; throws what their absence means. */
export function firstRow<Row>(rows: readonly Row[], { principal, studentId }: Inquiry): Row {
  const [first] = rows;
  if (!first) throw outOfSight(principal, studentId);
  return first;
}
