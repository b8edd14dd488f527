import { sql } from "drizzle-orm";
import { WHOLE_LIST_LIMIT } from "../../http/paging.ts";
import { z } from "../../http/zod.ts";
import { FALLING_SAID, isFalling, isStruggling, STRUGGLING_SAID } from "../figures/help.ts";
import { classMembers, classOf, exampleClass } from "../kit/class-data.ts";
import { classReport, readClassParts } from "../kit/class-report.ts";
import { activeTime, countColumns, PROFICIENT, type StudentRow, studentColumns } from "../kit/columns.ts";
import { ofDays } from "../kit/figures.ts";
import { cutTo, reportFrom } from "../kit/report.ts";
import { period } from "../kit/report-query.ts";
import { classScopeOf, inDays, isOf } from "../kit/scope.ts";
import { sheetOf } from "../kit/sheet.ts";
import { column, tableOf } from "../kit/table.ts";

const DAYS = 7;

const SPANS = ["DAY", "PERIOD"] as const;
const REASONS = ["STRUGGLING", "FALLING", "NOT_PRACTISED"] as const;

type SpanRow = {
  span: (typeof SPANS)[number];
  from: string;
  to: string;
  active_students: number;
  questions: number;
  correct: number;
  active_ms: number;
  skills_proficient: number;
  skills_mastered: number;
};

type AttentionRow = StudentRow & {
  reason: (typeof REASONS)[number];
  skill_id: number | null;
  skill_name: string | null;
  questions: number;
  correct: number;
  smartscore: number | null;
};

const spans = tableOf<SpanRow>()("QuickViewSpan", {
  span: column.oneOf(
    SPANS,
    "The last day of the period, each student's own today where it ends then, or all of it",
    "PERIOD",
    (row) => row.span,
  ),
  from: column.day("Its first day", "2026-11-16", (row) => row.from),
  to: column.day("Its last day", "2026-11-22", (row) => row.to),
  active_students: column.count("Students with at least one answer", 18, (row) => row.active_students),
  ...countColumns,
  active_time_seconds: activeTime,
  skills_proficient: column.count(
    "Skills in which an answer led to 80 or more, counted for each student",
    12,
    (row) => row.skills_proficient,
  ),
  skills_mastered: column.count("Skills in which one led to 100, likewise", 3, (row) => row.skills_mastered),
});

const attention = tableOf<AttentionRow>()("QuickViewAttention", {
  ...studentColumns,
  reason: column.oneOf(
    REASONS,
    `STRUGGLING: ${STRUGGLING_SAID}. FALLING: ${FALLING_SAID}. NOT_PRACTISED: no answer in the period.`,
    "STRUGGLING",
    (row) => row.reason,
  ),
  skill_id: column.idOrNull("In which skill; null for NOT_PRACTISED", 1, (row) => row.skill_id),
  skill_name: column.textOrNull("Its title", "Multiply whole numbers", (row) => row.skill_name),
  smartscore: column.scoreOrNull("After the last answer of the period", 31, (row) => row.smartscore),
  ...countColumns,
});

const data = z
  .object({ ...classMembers, spans: z.array(spans.schema), attention: z.array(attention.schema) })
  .openapi("QuickView");

type QuickViewDto = z.output<typeof data>;

const totals = sql.raw(`count(DISTINCT student_id) FILTER (WHERE questions > 0) AS active_students,
  coalesce(sum(questions), 0) AS questions, coalesce(sum(correct), 0) AS correct,
  coalesce(sum(active_ms), 0) AS active_ms,
  count(DISTINCT (student_id, skill_id)) FILTER (WHERE best_smartscore >= ${PROFICIENT}) AS skills_proficient,
  count(DISTINCT (student_id, skill_id)) FILTER (WHERE best_smartscore = 100) AS skills_mastered`);

/** The last day of the period for a student of the roster: where it ends today, that may be a day less where they live. */
const theirLastDay = sql`coalesce(least(today, (SELECT to_day FROM head)), (SELECT to_day FROM head))`;

/** How a class does, at a glance. */
export const quickViewReport = classReport({
  name: "quick-view",
  path: "/teacher/classrooms/{id}/quick-view",
  operationId: "readQuickView",
  summary: "A class at a glance: today, this week, and who needs attention",
  description: "The last 7 days unless others are asked for; 500 rows of attention at most.",
  query: period,
  days: DAYS,
  data,
  example: { ...exampleClass, spans: [spans.example], attention: [attention.example] },
  sheets: {
    spans: sheetOf(spans, ({ spans }: QuickViewDto) => spans),
    attention: sheetOf(attention, ({ attention }: QuickViewDto) => attention),
  },
  read: async ({ db }, { who, asked }) => {
    const scope = classScopeOf(asked, DAYS);
    const { classroom, head, rows } = await readClassParts<{ spans: SpanRow; attention: AttentionRow }>(db, who, {
      asked,
      days: DAYS,
      ctes: {
        last_days: sql`SELECT student_id, ${theirLastDay} AS day FROM roster`,
        days: sql`
          SELECT *, (student_id, day) IN (SELECT student_id, day FROM last_days) AS is_last
          FROM practice_days WHERE ${isOf("class", sql`student_id`)} AND ${inDays(sql`day`, scope)}`,
        practised: ofDays("class", scope),
      },
      parts: {
        spans: sql`
          SELECT 'DAY' AS span, coalesce((SELECT min(day) FROM last_days), (SELECT to_day FROM head)) AS from,
            (SELECT to_day FROM head) AS to, ${totals}
          FROM days WHERE is_last
          UNION ALL
          SELECT 'PERIOD', (SELECT from_day FROM head), (SELECT to_day FROM head), ${totals} FROM days`,
        attention: sql`
          SELECT roster.student_id, roster.full_name, found.reason, found.skill_id, skills.title AS skill_name,
            found.questions, found.correct, found.last_smartscore AS smartscore
          FROM (
            SELECT 1 AS place, 'STRUGGLING' AS reason, practised.* FROM practised WHERE ${isStruggling(sql`practised`)}
            UNION ALL
            SELECT 2, 'FALLING', practised.* FROM practised
            WHERE ${isFalling(sql`practised`)} AND NOT ${isStruggling(sql`practised`)}
            UNION ALL
            SELECT 3, 'NOT_PRACTISED', student_id, NULL, 0, 0, 0, NULL, NULL, NULL, NULL FROM roster
            WHERE student_id NOT IN (SELECT student_id FROM practised WHERE questions > 0)
          ) AS found JOIN roster ON roster.student_id = found.student_id
          LEFT JOIN skills ON skills.id = found.skill_id
          ORDER BY place, roster.sorted_as, roster.student_id, found.skill_id LIMIT ${WHOLE_LIST_LIMIT + 1}`,
      },
    });
    const { rows: needing, rest } = cutTo(rows.attention, WHOLE_LIST_LIMIT);
    const data = { ...classOf(classroom), spans: rows.spans.map(spans.row), attention: needing.map(attention.row) };
    return reportFrom(data, head, asked, rest);
  },
});
