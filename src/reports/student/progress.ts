import { sql } from "drizzle-orm";
import { EXAMPLE_STUDENT_ID } from "../../classrooms/schemas.ts";
import { WHOLE_LIST_LIMIT } from "../../http/paging.ts";
import { z } from "../../http/zod.ts";
import { type GainRow, progressColumns } from "../figures/usage.ts";
import type { SkillRow } from "../kit/columns.ts";
import { inCatalogOrder, ofDays, skillNames, skillTables } from "../kit/figures.ts";
import { cutTo, reportFrom } from "../kit/report.ts";
import { period, skillFilters } from "../kit/report-query.ts";
import { scopeOf } from "../kit/scope.ts";
import { sheetOf } from "../kit/sheet.ts";
import { readStudentParts, studentReport } from "../kit/student-report.ts";
import { tableOf } from "../kit/table.ts";

type ProgressRow = SkillRow & GainRow;

const skills = tableOf<ProgressRow>()("ProgressSkill", progressColumns);

const data = z.object({ student_id: z.uuid(), skills: z.array(skills.schema) }).openapi("Progress");

type ProgressDto = z.output<typeof data>;

/** How one student's scores moved in a period. */
export const progressReport = studentReport({
  name: "progress",
  path: "/analytics/progress",
  operationId: "readProgress",
  summary: "A student's progress: by skill, time, questions and the score from where to where",
  description: "Skills with an answer in the period, or ever where none is asked for; 500 at most.",
  query: { ...period, ...skillFilters },
  data,
  example: { student_id: EXAMPLE_STUDENT_ID, skills: [skills.example] },
  sheets: { skills: sheetOf(skills, ({ skills }: ProgressDto) => skills) },
  read: async ({ db }, { who, asked }) => {
    const { head, rows } = await readStudentParts<{ skills: ProgressRow }>(db, who, {
      asked,
      ctes: { practised: ofDays("student", scopeOf(asked)) },
      parts: {
        skills: sql`
          SELECT ${skillNames}, questions, correct, active_ms, first_smartscore, last_smartscore
          FROM practised ${skillTables(sql`practised.skill_id`)} WHERE questions > 0
          ORDER BY ${inCatalogOrder} LIMIT ${WHOLE_LIST_LIMIT + 1}`,
      },
    });
    const { rows: list, rest } = cutTo(rows.skills, WHOLE_LIST_LIMIT);
    return reportFrom({ student_id: who.studentId, skills: list.map(skills.row) }, head, asked, rest);
  },
});
