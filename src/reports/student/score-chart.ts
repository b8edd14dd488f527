import { sql } from "drizzle-orm";
import { EXAMPLE_STUDENT_ID } from "../../classrooms/schemas.ts";
import { WHOLE_LIST_LIMIT } from "../../http/paging.ts";
import { z } from "../../http/zod.ts";
import { type ChartedRow, chartedColumns } from "../figures/charted.ts";
import { type SkillRow, skillColumns } from "../kit/columns.ts";
import { figures, inCatalogOrder, skillNames, skillTables } from "../kit/figures.ts";
import { cutTo, reportFrom } from "../kit/report.ts";
import { period, type queryOf, score, shownScore, skillFilters } from "../kit/report-query.ts";
import { ofSkills, scopeOf } from "../kit/scope.ts";
import { sheetOf } from "../kit/sheet.ts";
import type { RowsOf, Statement } from "../kit/statement.ts";
import { readStudentParts, studentReport } from "../kit/student-report.ts";
import { column, tableOf } from "../kit/table.ts";
import { workInOpenClasses } from "../kit/work-in-open-classes.ts";

type ChartRow = SkillRow & ChartedRow & { is_assigned: boolean };

const skills = tableOf<ChartRow>()("ScoreChartSkill", {
  ...skillColumns,
  ...chartedColumns,
  is_assigned: column.flag(
    "Whether an open class that they are in has assigned it to them",
    true,
    (row) => row.is_assigned,
  ),
});

const data = z.object({ student_id: z.uuid(), skills: z.array(skills.schema) }).openapi("ScoreChart");

export type ScoreChartDto = z.output<typeof data>;

const query = { ...period, ...skillFilters, ...score };

type ScoreChartQuery = z.output<ReturnType<typeof queryOf<typeof query>>>;

export type ScoreChartRows = { skills: ChartRow };

/** One student's skills with their scores, by topic. {@link toScoreChart} reads its rows. */
export function scoreChartOf(asked: ScoreChartQuery): Statement<ScoreChartRows> {
  const scope = scopeOf(asked);
  return {
    ctes: {
      practised: figures("student", scope),
      assigned: sql`
        SELECT DISTINCT work.skill_id FROM ${workInOpenClasses}
        WHERE work.student_id = (SELECT id FROM head) AND ${ofSkills(sql`work.skill_id`, scope)}`,
    },
    parts: {
      skills: sql`
        SELECT ${skillNames}, coalesce(questions, 0) AS questions, coalesce(correct, 0) AS correct,
          coalesce(active_ms, 0) AS active_ms, CASE WHEN questions > 0 THEN ${shownScore(asked.score)} END AS smartscore,
          last_practiced_at, assigned.skill_id IS NOT NULL AS is_assigned
        FROM practised FULL JOIN assigned ON assigned.skill_id = practised.skill_id
        ${skillTables(sql`coalesce(practised.skill_id, assigned.skill_id)`)}
        WHERE questions > 0 OR assigned.skill_id IS NOT NULL
        ORDER BY ${inCatalogOrder} LIMIT ${WHOLE_LIST_LIMIT + 1}`,
    },
  };
}

/** The first 500 skills, and whether there are more. */
export function toScoreChart(rows: RowsOf<ScoreChartRows>) {
  const { rows: list, rest } = cutTo(rows.skills, WHOLE_LIST_LIMIT);
  return { skills: list.map(skills.row), rest };
}

/** One student's skills with their scores, by topic. */
export const scoreChartReport = studentReport({
  name: "score-chart",
  path: "/analytics/score-chart",
  operationId: "readScoreChart",
  summary: "A student's scores by topic and skill",
  description:
    "Skills that they have practised or that are assigned to them, in the catalog's order; 500 at most. With `from` or " +
    "`to`, all figures are of those days: the last and the best score that an answer led to.",
  query,
  data,
  example: { student_id: EXAMPLE_STUDENT_ID, skills: [skills.example] },
  sheets: { skills: sheetOf(skills, ({ skills }: ScoreChartDto) => skills) },
  read: async ({ db }, { who, asked }) => {
    const { student, head, rows } = await readStudentParts<ScoreChartRows>(db, who, { asked, ...scoreChartOf(asked) });
    const { skills, rest } = toScoreChart(rows);
    return reportFrom({ student_id: student.id, skills }, head, asked, rest);
  },
});
