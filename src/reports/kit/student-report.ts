import { sql } from "drizzle-orm";
import { type Inquiry, isInSight, outOfSight } from "../../classrooms/student-in-sight.ts";
import type { Database } from "../../db/client.ts";
import { TIME_ZONE } from "../../practice/student-record.ts";
import { type Period, student } from "./report-query.ts";
import { reportsFor } from "./report-route.ts";
import { daysOf, type Head, type HeadRow, readParts, type Statement, toHead } from "./statement.ts";
import { workInOpenClasses } from "./work-in-open-classes.ts";

type StudentHeadRow = HeadRow & {
  id: string;
  full_name: string;
  grade_level: number | null;
  time_zone: string;
};

/**
 * What the reports of a row of users are made of, in a word: it moves with their practice, their name and their work, and
 * with the catalog.
 */
const studentVersion = sql<string>`concat_ws(':', (SELECT version FROM catalog_version),
  (SELECT concat_ws(':', drained_seq, extract(epoch FROM as_of)) FROM practice_marks WHERE student_id = users.id),
  md5(concat_ws(':', users.full_name, users.grade_level, (
    SELECT string_agg(concat_ws('/', work.assignment_id, work.completed_at, assignments.due_at), ','
      ORDER BY work.assignment_id)
    FROM ${workInOpenClasses}
    WHERE work.student_id = users.id))))`;

type StudentStatement<Rows> = Statement<Rows> & { readonly asked: Period; readonly days?: number | undefined };

/**
 * A student's report in one statement, which has no row where the caller may not see them: throws what that means.
 */
export async function readStudentParts<Rows extends object>(
  db: Database,
  { principal, studentId }: Inquiry,
  { asked, days, ctes, parts, only }: StudentStatement<Rows>,
) {
  const todayWhereTheyLive = sql`local_day(now(), ${TIME_ZONE})`;
  const inSight = isInSight(db.query, principal) ?? sql`true`;
  const head = sql`
    SELECT users.id, users.full_name, users.grade_level, ${TIME_ZONE} AS time_zone, ${studentVersion} AS version, ${daysOf(asked, days, todayWhereTheyLive)},
      (SELECT as_of FROM practice_marks WHERE student_id = users.id) AS as_of
    FROM users WHERE users.id = ${studentId}::uuid AND ${inSight}`;
  const read = await readParts<StudentHeadRow, Rows>(db, { head, ...ctes }, parts, only);
  if (!read) throw outOfSight(principal, studentId);
  return { student: read.head, head: toHead(read.head), rows: read.rows };
}

async function readHead({ db }: { db: Database }, inquiry: Inquiry, asked: Period, days?: number): Promise<Head> {
  const { head } = await readStudentParts(db, inquiry, { asked, days, parts: {} });
  return head;
}

/** Makes a report of one student: their own, or with `student_id` for their teachers, their parents and an ADMIN. */
export const studentReport = reportsFor({
  access: "signed-in",
  tag: "Analytics",
  errors: ["forbidden", "not_found"],
  query: student,
  params: {},
  who: (principal, { student_id }): Inquiry => ({ principal, studentId: student_id ?? principal.userId }),
  idOf: ({ studentId }) => studentId,
  head: readHead,
  isKept: false,
});
