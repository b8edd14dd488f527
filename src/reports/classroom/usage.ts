import { sql } from "drizzle-orm";
import { z } from "../../http/zod.ts";
import { cutSessions, type SessionRow, sessionColumns, sessionPage } from "../figures/session-page.ts";
import { type DayRow, dayColumns, usageDays } from "../figures/usage.ts";
import { classMembers, classOf, exampleClass } from "../kit/class-data.ts";
import { classReport, readClassParts } from "../kit/class-report.ts";
import {
  activeTime,
  countColumns,
  type SkillRow,
  type StudentRow,
  skillColumns,
  studentColumns,
} from "../kit/columns.ts";
import { timeCursor } from "../kit/cursor.ts";
import { inCatalogOrder, ofDays, skillNames, skillTables } from "../kit/figures.ts";
import { PAGING } from "../kit/paging.ts";
import { reportFrom } from "../kit/report.ts";
import { period, skillFilters, timePage } from "../kit/report-query.ts";
import { classScopeOf, inDays, isOf, ofSkills } from "../kit/scope.ts";
import { sheetOf } from "../kit/sheet.ts";
import { isoOrNull } from "../kit/statement.ts";
import { column, tableOf } from "../kit/table.ts";

const DAYS = 7;

type Used = {
  days: number;
  skills: number;
  questions: number;
  correct: number;
  active_ms: number;
  last_practiced_at: string | null;
};
type UserRow = StudentRow & Used;
type UsedSkillRow = SkillRow & {
  students: number;
  questions: number;
  correct: number;
  active_ms: number;
  mean_first: number | null;
  mean_last: number | null;
};

const activeStudents = column.count(
  "Students with at least one answer",
  18,
  (row: { students: number }) => row.students,
);

const NOTHING: Used = { days: 0, skills: 0, questions: 0, correct: 0, active_ms: 0, last_practiced_at: null };

const students = tableOf<UserRow>()("ClassUsageStudent", {
  ...studentColumns,
  days_practised: column.count("Local days with an answer", 3, (row) => row.days),
  skills: column.count("Skills with an answer", 2, (row) => row.skills),
  active_time_seconds: activeTime,
  ...countColumns,
  last_practiced_at: column.momentOrNull("The last practice of the period", "2026-11-22T08:01:30.000Z", (row) =>
    isoOrNull(row.last_practiced_at),
  ),
});
const days = tableOf<DayRow>()("ClassUsageDay", { ...dayColumns, active_students: activeStudents });
const skills = tableOf<UsedSkillRow>()("ClassUsageSkill", {
  ...skillColumns,
  active_students: activeStudents,
  active_time_seconds: activeTime,
  ...countColumns,
  mean_smartscore_from: column.numberOrNull(
    "Mean of what these students had before their first answer of the period, to one decimal; null without one",
    54.3,
    (row) => row.mean_first,
  ),
  mean_smartscore_to: column.numberOrNull("Mean of what they had after their last", 71.8, (row) => row.mean_last),
});
const sessions = tableOf<SessionRow>()("ClassUsageSession", { ...studentColumns, ...sessionColumns });

const data = z
  .object({
    ...classMembers,
    students: z.array(students.schema),
    days: z.array(days.schema),
    skills: z.array(skills.schema),
    sessions: z.array(sessions.schema),
  })
  .openapi("ClassUsage");

type ClassUsageDto = z.output<typeof data>;

/** What a class did, by student, by day, by skill and by session. */
export const classUsageReport = classReport({
  name: "usage",
  path: "/teacher/classrooms/{id}/usage",
  operationId: "readClassUsage",
  summary: "What a class did, by student, by day, by skill and by session",
  description:
    "The last 7 days unless others are asked for. Students (all of them), days and skills are of the whole period; " +
    `\`sessions\` are those with an answer, the newest 500 without \`cursor\` and \`limit\`. ${PAGING}`,
  query: { ...period, ...skillFilters, ...timePage },
  days: DAYS,
  data,
  example: {
    ...exampleClass,
    students: [students.example],
    days: [days.example],
    skills: [skills.example],
    sessions: [sessions.example],
  },
  sheets: {
    students: sheetOf(students, ({ students }: ClassUsageDto) => students),
    days: sheetOf(days, ({ days }: ClassUsageDto) => days),
    skills: sheetOf(skills, ({ skills }: ClassUsageDto) => skills),
    sessions: sheetOf(sessions, ({ sessions }: ClassUsageDto) => sessions),
  },
  pages: { table: "sessions", cursor: timeCursor.parameter },
  read: async ({ db }, { who, asked, only }) => {
    const scope = classScopeOf(asked, DAYS);
    const {
      classroom,
      head,
      rows,
      students: roster,
    } = await readClassParts<{
      students: Used & { student_id: string };
      days: DayRow;
      skills: UsedSkillRow;
      sessions: SessionRow;
    }>(db, who, {
      asked,
      days: DAYS,
      ctes: { practised: ofDays("class", scope) },
      parts: {
        students: sql`
          SELECT student_id, count(DISTINCT day) FILTER (WHERE questions > 0) AS days,
            count(DISTINCT skill_id) FILTER (WHERE questions > 0) AS skills, sum(questions) AS questions,
            sum(correct) AS correct, sum(active_ms) AS active_ms, max(last_practiced_at) AS last_practiced_at
          FROM practice_days
          WHERE ${isOf("class", sql`student_id`)} AND ${inDays(sql`day`, scope)} AND ${ofSkills(sql`skill_id`, scope)}
          GROUP BY student_id`,
        days: usageDays("class", scope),
        skills: sql`
          SELECT ${skillNames}, used.* FROM (
            SELECT skill_id, count(*) FILTER (WHERE questions > 0) AS students, sum(questions) AS questions,
              sum(correct) AS correct, sum(active_ms) AS active_ms, round(avg(first_smartscore), 1) AS mean_first,
              round(avg(last_smartscore), 1) AS mean_last
            FROM practised GROUP BY skill_id
          ) AS used ${skillTables(sql`used.skill_id`)} ORDER BY ${inCatalogOrder}`,
        sessions: sessionPage("class", scope, asked),
      },
      only: only === "sessions" ? ["sessions"] : undefined,
    });
    const used = new Map(rows.students.map((row) => [row.student_id, row]));
    const page = cutSessions(rows.sessions, asked, head);
    const data = {
      ...classOf(classroom),
      students: roster.all.map((student) => students.row({ ...NOTHING, ...used.get(student.student_id), ...student })),
      days: rows.days.map(days.row),
      skills: rows.skills.map(skills.row),
      sessions: page.rows.map(sessions.row),
    };
    return reportFrom(data, head, asked, page.rest);
  },
});
