import { sql } from "drizzle-orm";
import { sortedAs } from "../../classrooms/by-name.ts";
import { z } from "../../http/zod.ts";
import { type GainRow, progressColumns } from "../figures/usage.ts";
import { classMembers, classOf, exampleClass } from "../kit/class-data.ts";
import { classReport, readClassParts } from "../kit/class-report.ts";
import { type SkillRow, type StudentRow, studentColumns } from "../kit/columns.ts";
import { studentSkillCursor } from "../kit/cursor.ts";
import { ofDays, skillNames, skillTables } from "../kit/figures.ts";
import { cutPage, PAGING, pageSize } from "../kit/paging.ts";
import { reportFrom } from "../kit/report.ts";
import { period, type StudentSkillPage, skillFilters, studentSkillPage } from "../kit/report-query.ts";
import { classScopeOf } from "../kit/scope.ts";
import { sheetOf } from "../kit/sheet.ts";
import { tableOf } from "../kit/table.ts";

type ProgressRow = StudentRow & SkillRow & GainRow;

/** So many rows come where the caller asks for no page. */
const WHOLE = 2_000;

const progress = tableOf<ProgressRow>()("ClassProgressRow", { ...studentColumns, ...progressColumns });

const pages = {
  whole: WHOLE,
  cursor: studentSkillCursor,
  placeOf: (row: ProgressRow) => [row.full_name, row.student_id, row.skill_id] as const,
};

const data = z.object({ ...classMembers, rows: z.array(progress.schema) }).openapi("ClassProgress");

type ClassProgressDto = z.output<typeof data>;

/** How a class's scores moved in a period. */
export const classProgressReport = classReport({
  name: "progress",
  path: "/teacher/classrooms/{id}/progress",
  operationId: "readClassProgress",
  summary: "A class's progress: by student and skill, time, questions and the score from where to where",
  description:
    "Skills with an answer in the period, or ever where none is asked for; students by name. Without `cursor` and " +
    `\`limit\`, the first 2,000 rows. ${PAGING}`,
  query: { ...period, ...skillFilters, ...studentSkillPage },
  data,
  example: { ...exampleClass, rows: [progress.example] },
  sheets: { rows: sheetOf(progress, ({ rows }: ClassProgressDto) => rows) },
  pages: { table: "rows", cursor: studentSkillCursor.parameter },
  read: async ({ db }, { who, asked, only }) => {
    const { classroom, head, rows } = await readClassParts<{ rows: ProgressRow }>(db, who, {
      asked,
      only: only === "rows" ? ["rows"] : undefined,
      ctes: { students: studentsFrom(asked), practised: ofDays("class", classScopeOf(asked)) },
      parts: {
        rows: sql`
          SELECT roster.student_id, roster.full_name, ${skillNames}, questions, correct, active_ms,
            first_smartscore, last_smartscore
          FROM practised JOIN roster ON roster.student_id = practised.student_id
          ${skillTables(sql`practised.skill_id`)}
          WHERE questions > 0 AND ${isAfter(asked)}
          ORDER BY roster.sorted_as, roster.student_id, skills.id LIMIT ${pageSize(asked, WHOLE) + 1}`,
      },
    });
    const page = cutPage(rows.rows, asked, head, pages);
    return reportFrom({ ...classOf(classroom), rows: page.rows.map(progress.row) }, head, asked, page.rest);
  },
});

/** The students of whom a page can be: those before its place are not added up again. */
const studentsFrom = ({ cursor }: StudentSkillPage) => sql`
  SELECT coalesce(array_agg(student_id), '{}') AS ids FROM roster
  WHERE ${cursor === undefined ? sql`true` : sql`(sorted_as, student_id) >= (${nameIn(cursor)}, ${cursor.after[1]}::uuid)`}`;

/** Whether a row comes after a place, also where the student of that place has left since or is called otherwise. */
const isAfter = ({ cursor }: StudentSkillPage) =>
  cursor === undefined
    ? sql`true`
    : sql`(roster.sorted_as, roster.student_id, skills.id) >
        (${nameIn(cursor)}, ${cursor.after[1]}::uuid, ${cursor.after[2]}::integer)`;

/** What its place says the student was sorted by. */
const nameIn = ({ after: [name] }: NonNullable<StudentSkillPage["cursor"]>) => sortedAs(sql`${name}::text`);
