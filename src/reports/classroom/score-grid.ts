import { sql } from "drizzle-orm";
import { WHOLE_LIST_LIMIT } from "../../http/paging.ts";
import { z } from "../../http/zod.ts";
import { classMembers, classOf, exampleClass } from "../kit/class-data.ts";
import { classReport, readClassParts } from "../kit/class-report.ts";
import { type SkillRow, type StudentRow, skillColumns, studentColumns } from "../kit/columns.ts";
import { figures, inCatalogOrder, skillNames, skillTables } from "../kit/figures.ts";
import { cutTo, reportFrom } from "../kit/report.ts";
import { period, score, shownScore, skillFilters } from "../kit/report-query.ts";
import { classScopeOf, ofSkills } from "../kit/scope.ts";
import { type Sheet, sheetOf } from "../kit/sheet.ts";
import { tableOf } from "../kit/table.ts";

type GridRow = { student_id: string; skill_ids: number[]; scores: number[] };

const skills = tableOf<SkillRow>()("ScoreGridSkill", skillColumns);
const student = tableOf<StudentRow>()("ScoreGridStudent", studentColumns);

const smartscore = z.int().min(0).max(100).nullable();

const data = z
  .object({
    ...classMembers,
    skills: z.array(skills.schema),
    students: z.array(
      z.object({
        student_id: z.uuid(),
        full_name: z.string(),
        smartscores: z.array(smartscore).openapi({
          description: "One for each of `skills`, in their order; null without an answer",
        }),
      }),
    ),
  })
  .openapi("ClassScoreGrid");

type ScoreGridDto = z.output<typeof data>;

/** A line a student, a column a skill, under its title and what names it for good: titles may come twice. */
const grid: Sheet<ScoreGridDto> = {
  header: ({ skills }) => [...student.names, ...skills.map((skill) => `${skill.skill_name} (${skill.permacode})`)],
  lines: ({ students }) => students.map(({ smartscores, ...named }) => [...student.cells(named), ...smartscores]),
};

/** A class's scores: students by skills. */
export const scoreGridReport = classReport({
  name: "score-grid",
  path: "/teacher/classrooms/{id}/score-grid",
  operationId: "readClassScoreGrid",
  summary: "A class's scores: students by skills",
  description:
    "The skills that somebody in the class has practised, or with `skills=all` all that are published, as far as the " +
    "filters let them through; 500 at most. With `from` or `to`, the last or best score that an answer of those days led " +
    "to.",
  query: {
    ...period,
    ...skillFilters,
    ...score,
    skills: z
      .enum(["practised", "all"])
      .default("practised")
      .openapi({ description: "Which skills are shown", example: "practised" }),
  },
  data,
  example: {
    ...exampleClass,
    skills: [skills.example],
    students: [{ ...student.example, smartscores: [84] }],
  },
  sheets: { grid, skills: sheetOf(skills, ({ skills }: ScoreGridDto) => skills) },
  read: async ({ db }, { who, asked }) => {
    const scope = classScopeOf(asked);
    const practisedOnly = sql`EXISTS (SELECT FROM practised WHERE practised.skill_id = skills.id AND questions > 0)`;
    const published = sql`(skills.is_published AND ${ofSkills(sql`skills.id`, scope)})`;
    const { classroom, head, rows, students } = await readClassParts<{ skills: SkillRow; students: GridRow }>(db, who, {
      asked,
      ctes: {
        practised: figures("class", scope),
        listed: sql`
          SELECT ${skillNames}, row_number() OVER (ORDER BY ${inCatalogOrder}) AS place
          FROM (SELECT id AS of FROM skills) AS every ${skillTables(sql`every.of`)}
          WHERE ${practisedOnly}${asked.skills === "all" ? sql` OR ${published}` : sql``}
          ORDER BY place LIMIT ${WHOLE_LIST_LIMIT + 1}`,
      },
      parts: {
        skills: sql`SELECT * FROM listed ORDER BY place`,
        students: sql`
          SELECT student_id, array_agg(skill_id) AS skill_ids, array_agg(${shownScore(asked.score)}) AS scores
          FROM practised WHERE questions > 0 AND skill_id IN (SELECT skill_id FROM listed) GROUP BY student_id`,
      },
    });
    const scored = new Map(rows.students.map((row) => [row.student_id, row]));
    const { rows: shown, rest } = cutTo(rows.skills, WHOLE_LIST_LIMIT);
    const data = {
      ...classOf(classroom),
      skills: shown.map(skills.row),
      students: students.all.map((one) => ({
        ...student.row(one),
        smartscores: inOrder(scored.get(one.student_id), shown),
      })),
    };
    return reportFrom(data, head, asked, rest);
  },
});

function inOrder(row: GridRow | undefined, shown: readonly SkillRow[]): (number | null)[] {
  const bySkill = new Map(row?.skill_ids.map((id, place) => [id, row.scores[place] ?? null]));
  return shown.map(({ skill_id }) => bySkill.get(skill_id) ?? null);
}
