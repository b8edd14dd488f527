import { and, eq, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { classrooms, enrolments } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import { wholeList } from "../../http/paging.ts";
import { type Report, reportMetaOf } from "../../reports/kit/report-meta.ts";
import { CLASS_ROWS } from "../bounds.ts";
import { byName } from "../by-name.ts";
import { closedDay } from "../closed-day.ts";
import { isTaughtBy, requireTeacher, standing } from "../teaching.ts";
import { asOfClass, enrolledStudent } from "./enrolled-student.ts";
import type { ClassAnalyticsDto } from "./schemas.ts";

type Query = Database["query"];

/**
 * A class in figures: what each student has come to on average over the skills that they have practised, for an archived
 * class until then, and how many of the class's assignments they have completed. One statement, whatever the size of the
 * class; it reads no student where the caller does not teach it.
 */
export async function readClassAnalytics(
  { db: { query } }: { db: Database },
  principal: Principal,
  classroomId: string,
): Promise<Report<ClassAnalyticsDto>> {
  const students = studentsOf(query, principal, classroomId);
  const rows = await query
    .select({
      ...standing(query, principal),
      title: classrooms.title,
      student: { id: students.id, fullName: students.fullName, email: students.email },
      average: students.average,
      total: students.total,
      completed: students.completed,
      count: sql`coalesce(${students.count}, 0)`.mapWith(Number),
      classAverage: sql`coalesce(${students.classAverage}, 0)`.mapWith(Number),
      asOf: asOfClass(sql`${students.asOf}`),
    })
    .from(classrooms)
    .leftJoin(students, sql`true`)
    .where(eq(classrooms.id, classroomId))
    .orderBy(...byName(students));
  const first = requireTeacher(rows[0], { toChange: false });
  const { data, meta: cut } = wholeList(rows.flatMap(toStudent), CLASS_ROWS);
  return {
    data: {
      classroom_id: classroomId,
      title: first.title,
      student_count: first.count,
      avg_best_smartscore: first.classAverage,
      students: data,
    },
    meta: reportMetaOf(first.asOf, {}, cut),
  };
}

/** The class's students by name, one more than a reply holds, each with their own figures and those of all. */
function studentsOf(query: Query, principal: Principal, classroomId: string) {
  const taught = query
    .select({ id: classrooms.id })
    .from(classrooms)
    .where(and(eq(classrooms.id, classroomId), isTaughtBy(query, principal.userId)));
  // Of an archived class the days tell what they had come to then; Postgres runs but one of the two. The offset keeps it
  // to one look at the class, not one a student.
  const closing = sql`(SELECT ${closedDay} AS last_day FROM classrooms WHERE id = (${taught}) OFFSET 0) AS closing`;
  const scores = query
    .select({ average: sql`coalesce(round(avg(best)), 0)`.as("average_best") })
    .from(sql`(
      SELECT best_smartscore AS best FROM skill_progress
      WHERE student_id = ${enrolments.studentId} AND questions > 0 AND last_day IS NULL
      UNION ALL
      SELECT max(best_smartscore) FROM practice_days
      WHERE student_id = ${enrolments.studentId} AND day <= last_day GROUP BY skill_id) AS ever`)
    .as("scores");
  const student = enrolledStudent(query);
  // The offset keeps it to one look into an index an assignment, however large the table is thought to be.
  const work = sql`(
    SELECT work.student_id, count(*) AS total, count(completed_at) AS completed
    FROM assignments CROSS JOIN LATERAL (
      SELECT student_id, completed_at FROM assigned_work WHERE assignment_id = assignments.id OFFSET 0
    ) AS work
    WHERE classroom_id = (${taught}) GROUP BY work.student_id
  ) AS work`;
  return query
    .select({
      id: student.id,
      fullName: student.fullName,
      email: student.email,
      average: sql`${scores.average}`.mapWith(Number).as("student_average"),
      total: sql`coalesce(work.total, 0)`.mapWith(Number).as("work_total"),
      completed: sql`coalesce(work.completed, 0)`.mapWith(Number).as("work_completed"),
      count: sql`count(*) over ()`.as("student_count"),
      classAverage: sql`round(avg(${scores.average}) over ())`.as("class_average"),
      asOf: sql`max(${student.asOf}) over ()`.as("class_as_of"),
    })
    .from(enrolments)
    .innerJoinLateral(student, sql`true`)
    .innerJoin(closing, sql`true`)
    .innerJoinLateral(scores, sql`true`)
    .leftJoin(work, sql`work.student_id = ${enrolments.studentId}`)
    .where(eq(enrolments.classroomId, sql`(${taught})`))
    .orderBy(...byName(student))
    .limit(CLASS_ROWS + 1)
    .as("students");
}

type Row = {
  readonly student: { readonly id: string; readonly fullName: string; readonly email: string | null } | null;
  readonly average: number | null;
  readonly total: number | null;
  readonly completed: number | null;
};

function toStudent({ student, average, total, completed }: Row): ClassAnalyticsDto["students"] {
  if (!student) return [];
  return [
    {
      student_id: student.id,
      email: student.email,
      full_name: student.fullName,
      avg_best_smartscore: average ?? 0,
      assignments_total: total ?? 0,
      assignments_completed: completed ?? 0,
    },
  ];
}
