import { type SQL, sql } from "drizzle-orm";
import { CLASS_ROWS } from "../../classrooms/bounds.ts";
import { sortedAs } from "../../classrooms/by-name.ts";
import { closedDay } from "../../classrooms/closed-day.ts";
import { classroomId } from "../../classrooms/schemas.ts";
import { isTaughtBy, requireTeacher } from "../../classrooms/teaching.ts";
import type { Database } from "../../db/client.ts";
import type { Principal } from "../../http/access-token.ts";
import { TIME_ZONE } from "../../practice/student-record.ts";
import type { StudentRow } from "./columns.ts";
import type { Period } from "./report-query.ts";
import { reportsFor } from "./report-route.ts";
import {
  daysOf,
  type Head,
  type HeadRow,
  type Parts,
  readParts,
  type Statement,
  toHead,
  toMoment,
} from "./statement.ts";

/** Who asks, and about which class. */
export type ClassInquiry = { readonly principal: Principal; readonly classroomId: string };

export type ClassHeadRow = HeadRow & {
  id: string;
  title: string;
  student_count: number;
  is_taught: boolean;
  archived_at: string | null;
};

type ClassStatement<Rows> = Statement<Rows> & { readonly asked: Period; readonly days?: number | undefined };

/** The students of a class by name, with how far the record is with each, and each one's `today` where the report ends then. */
const rosterOf = (id: string, today: SQL) => sql`
  SELECT users.id AS student_id, users.full_name, users.email, marks.drained_seq, marks.as_of,
    ${today} AS today, ${sortedAs(sql`users.full_name`)} AS sorted_as
  FROM enrolments JOIN users ON users.id = enrolments.student_id
  LEFT JOIN practice_marks AS marks ON marks.student_id = users.id
  WHERE enrolments.classroom_id = ${id}::uuid AND users.role = 'STUDENT'
  ORDER BY sorted_as, users.id LIMIT ${CLASS_ROWS}`;

const classZone = sql.raw("coalesce(classrooms.time_zone, 'UTC')");

/**
 * A class and whatever parts in one statement. The days of an archived class end when it was archived. Where no last day is
 * asked for, a report of so many days ends today, on the latest day that it is for any of the students. Its version is a
 * digest of all that class reports are made of: who is in the class, under which name, which day it is for them where that
 * counts, how far the record is with each, what is assigned, and the catalog. Throws 404 where there is no such class, 403
 * where the caller neither teaches it nor is an ADMIN.
 */
async function readClass<Rows extends object>(
  db: Database,
  { principal, classroomId: id }: ClassInquiry,
  { asked, days, ctes, parts, only }: ClassStatement<Rows>,
) {
  const isTaught = principal.role === "ADMIN" ? sql`true` : isTaughtBy(db.query, principal.userId);
  const endsToday = days !== undefined && asked.to === undefined;
  const theirToday = endsToday ? sql`local_day(now(), ${TIME_ZONE})` : sql`NULL::date`;
  const today = sql`coalesce((SELECT max(today) FROM roster), local_day(now(), ${classZone}))`;
  const head = sql`
    SELECT classrooms.id, classrooms.title, classrooms.archived_at, ${isTaught} AS is_taught,
      ${daysOf(asked, days, today, closedDay)}, ${closedDay} AS closed_day,
      (SELECT count(*) FROM roster) AS student_count,
      (SELECT max(least(as_of, classrooms.archived_at)) FILTER (WHERE as_of IS NOT NULL) FROM roster) AS as_of,
      concat_ws(':', (SELECT version FROM catalog_version), md5(concat_ws(';', classrooms.title, classrooms.archived_at,
        (SELECT string_agg(concat_ws(':', student_id, drained_seq, extract(epoch FROM as_of), email, full_name, today), ','
          ORDER BY student_id) FROM roster),
        (SELECT string_agg(assignments.id::text, ',' ORDER BY assignments.id) FROM assignments
          WHERE assignments.classroom_id = classrooms.id)))) AS version
    FROM classrooms WHERE classrooms.id = ${id}::uuid`;
  const students = sql`SELECT coalesce(array_agg(student_id), '{}') AS ids FROM roster`;
  const read = await readParts<ClassHeadRow, Rows>(
    db,
    { roster: rosterOf(id, theirToday), students, head, ...ctes },
    parts,
    only,
  );
  const found = read && { ...read, isTaught: read.head.is_taught, archivedAt: toMoment(read.head.archived_at) };
  const { head: classroom, rows } = requireTeacher(found, { toChange: false });
  return { classroom, head: toHead(classroom), rows };
}

/**
 * A class's report in one statement, with its `students` by name. Parts give rows by student and join no names: Postgres
 * knows beforehand neither how many students there are nor how many rows, and would plan such a join for a few of each.
 */
export async function readClassParts<Rows extends object>(
  db: Database,
  inquiry: ClassInquiry,
  { parts, ...statement }: ClassStatement<Rows>,
) {
  const roster = sql`SELECT student_id, full_name FROM roster ORDER BY sorted_as, student_id`;
  const { rows, ...read } = await readClass<Rows & { roster: StudentRow }>(db, inquiry, {
    ...statement,
    parts: { ...parts, roster } as Parts<Rows & { roster: StudentRow }>,
  });
  return { ...read, rows, students: rosterOfRows(rows.roster) };
}

/** The students of a class by name, and each by their id. */
export type Roster = {
  readonly all: readonly StudentRow[];
  /** A row with its student's name; undefined where they are not in the class, or not any more. */
  readonly named: <Row extends { student_id: string }>(row: Row) => (Row & StudentRow) | undefined;
  /** How students are ordered: by name. */
  readonly compare: (one: { student_id: string }, other: { student_id: string }) => number;
};

function rosterOfRows(all: readonly StudentRow[]): Roster {
  const byId = new Map(all.map((student, place) => [student.student_id, { student, place }]));
  const placeOf = ({ student_id }: { student_id: string }) => byId.get(student_id)?.place ?? all.length;
  return {
    all,
    named: (row) => {
      const found = byId.get(row.student_id);
      return found && { ...row, ...found.student };
    },
    compare: (one, other) => placeOf(one) - placeOf(other),
  };
}

async function readHead({ db }: { db: Database }, inquiry: ClassInquiry, asked: Period, days?: number): Promise<Head> {
  const { head } = await readClass(db, inquiry, { asked, days, parts: {} });
  return head;
}

/**
 * Makes a report of a class, for its teachers and an ADMIN. What was read for one of them serves the others until the
 * record moves; whether they may is asked before each.
 */
export const classReport = reportsFor({
  access: ["TEACHER", "ADMIN"],
  tag: "Reports",
  errors: ["not_found"],
  query: {},
  params: { id: classroomId },
  who: (principal, _query, { id }): ClassInquiry => ({ principal, classroomId: id }),
  idOf: ({ classroomId: id }) => id,
  head: readHead,
  isKept: true,
});
