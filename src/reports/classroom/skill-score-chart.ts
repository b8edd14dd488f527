import { sql } from "drizzle-orm";
import { catalogId } from "../../http/fields.ts";
import { z } from "../../http/zod.ts";
import { type ChartedRow, chartedColumns } from "../figures/charted.ts";
import { classMembers, classOf, exampleClass, requireSkill } from "../kit/class-data.ts";
import { classReport, readClassParts } from "../kit/class-report.ts";
import { levelOf, type SkillRow, type StudentRow, skillColumns, studentColumns } from "../kit/columns.ts";
import { figures, skillNames, skillTables } from "../kit/figures.ts";
import { reportFrom } from "../kit/report.ts";
import { period, score, shownScore } from "../kit/report-query.ts";
import { classScopeOf } from "../kit/scope.ts";
import { sheetOf } from "../kit/sheet.ts";
import { column, tableOf } from "../kit/table.ts";

type Scored = { readonly smartscore: number | null };

const NOTHING: ChartedRow = { questions: 0, correct: 0, active_ms: 0, smartscore: null, last_practiced_at: null };

const students = tableOf<StudentRow & ChartedRow>()("SkillScoreChartStudent", {
  ...studentColumns,
  ...chartedColumns,
});

const at = (level: ReturnType<typeof levelOf> | null) => (rows: readonly Scored[]) =>
  rows.filter(({ smartscore }) => (smartscore === null ? level === null : levelOf(smartscore) === level)).length;

const levels = tableOf<readonly Scored[]>()("SkillScoreChartLevels", {
  mastered: column.count("Students with 100", 2, at("MASTERED")),
  excellent: column.count("Students with 90 to 99", 3, at("EXCELLENT")),
  proficient: column.count("Students with 80 to 89", 6, at("PROFICIENT")),
  practised: column.count("Students below 80", 9, at("PRACTISED")),
  not_practised: column.count("Students without an answer", 4, at(null)),
});

const skill = tableOf<SkillRow>()("SkillScoreChartSkill", skillColumns);

const data = z
  .object({ ...classMembers, skill: skill.schema, levels: levels.schema, students: z.array(students.schema) })
  .openapi("SkillScoreChart");

type SkillScoreChartDto = z.output<typeof data>;

/** One skill, the whole class. */
export const skillScoreChartReport = classReport({
  name: "skill-score-chart",
  path: "/teacher/classrooms/{id}/skills/{skill_id}/score-chart",
  operationId: "readSkillScoreChart",
  summary: "One skill, the whole class: scores, and how many are on which level",
  description: "All students of the class. With `from` or `to`, all figures are of those days.",
  params: { skill_id: catalogId.openapi({ description: "The skill" }) },
  query: { ...period, ...score },
  data,
  example: { ...exampleClass, skill: skill.example, levels: levels.example, students: [students.example] },
  sheets: {
    students: sheetOf(students, ({ students }: SkillScoreChartDto) => students),
    levels: sheetOf(levels, ({ levels }: SkillScoreChartDto) => [levels]),
  },
  read: async ({ db }, { who, asked, params: { skill_id } }) => {
    const scope = { ...classScopeOf(asked), skill_id };
    const {
      classroom,
      head,
      rows,
      students: roster,
    } = await readClassParts<{
      skill: SkillRow;
      practised: ChartedRow & { student_id: string };
    }>(db, who, {
      asked,
      ctes: { practised: figures("class", scope) },
      parts: {
        skill: sql`SELECT ${skillNames} FROM (VALUES (${skill_id}::integer)) AS asked (id) ${skillTables(sql`asked.id`)}`,
        practised: sql`
          SELECT student_id, questions, correct, active_ms,
            CASE WHEN questions > 0 THEN ${shownScore(asked.score)} END AS smartscore, last_practiced_at
          FROM practised`,
      },
    });
    const practised = new Map(rows.practised.map((row) => [row.student_id, row]));
    const scored = roster.all.map((student) => ({ ...NOTHING, ...practised.get(student.student_id), ...student }));
    const data = {
      ...classOf(classroom),
      skill: skill.row(requireSkill(rows.skill)),
      levels: levels.row(scored),
      students: scored.map(students.row),
    };
    return reportFrom(data, head, asked);
  },
});
