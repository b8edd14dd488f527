import { sql } from "drizzle-orm";
import { gradeLevelOrNull } from "../../auth/schemas.ts";
import { EXAMPLE_STUDENT_ID } from "../../classrooms/schemas.ts";
import { z } from "../../http/zod.ts";
import { spots, studentSpots } from "../figures/spots.ts";
import { activeTime, countColumns, levelOf, skillColumns } from "../kit/columns.ts";
import { reportFrom } from "../kit/report.ts";
import { period, type queryOf, score, shownScore, skillFilters } from "../kit/report-query.ts";
import { inDays, isOf, ofSkills, scopeOf } from "../kit/scope.ts";
import { sheetOf } from "../kit/sheet.ts";
import type { RowsOf, Statement } from "../kit/statement.ts";
import { readStudentParts, studentReport } from "../kit/student-report.ts";
import { column, tableOf } from "../kit/table.ts";
import { NEXT_REASONS, type NextRow, nextSkills, standingCtes } from "./next-skills.ts";
import { type StudentSpotRow, studentSpotTable } from "./trouble-spots.ts";

/** So many trouble spots does a summary name. */
const TOP_SPOTS = 3;

type PractisedRow = { questions: number; correct: number; active_ms: number; smartscore: number | null };
type TotalsRow = { days: number; practised: readonly PractisedRow[] };

const sum = ({ practised }: TotalsRow, of: (row: PractisedRow) => number) =>
  practised.reduce((total, row) => total + of(row), 0);

const atLevel = (level: ReturnType<typeof levelOf>) => (row: TotalsRow) =>
  sum(row, ({ smartscore }) => (smartscore !== null && levelOf(smartscore) === level ? 1 : 0));

const questions = countColumns.questions.read;

const totals = tableOf<TotalsRow>()("SummaryTotals", {
  days_practised: column.count("Local days with an answer", 12, (row) => row.days),
  skills: column.count("Skills with an answer", 9, (row) => sum(row, (each) => (questions(each) > 0 ? 1 : 0))),
  skills_mastered: column.count("With a SmartScore of 100", 2, atLevel("MASTERED")),
  skills_excellent: column.count("With one of 90 to 99", 1, atLevel("EXCELLENT")),
  skills_proficient: column.count("With one of 80 to 89", 2, atLevel("PROFICIENT")),
  skills_practised: column.count("With one below 80", 4, atLevel("PRACTISED")),
  questions: column.count("Questions answered", 120, (row) => sum(row, questions)),
  correct: column.count("Right answers", 100, (row) => sum(row, ({ correct }) => correct)),
  accuracy_percent: column.percent("Right answers in percent, to one decimal; 0 without answers", 83.3, (row) =>
    countColumns.accuracy_percent.read({ questions: sum(row, questions), correct: sum(row, (each) => each.correct) }),
  ),
  active_time_seconds: column.count("Active time in whole seconds", 5_400, (row) =>
    activeTime.read({ active_ms: sum(row, ({ active_ms }) => active_ms) }),
  ),
});

const next = tableOf<NextRow>()("NextSkill", {
  ...skillColumns,
  reason: column.oneOf(
    NEXT_REASONS,
    "Assigned and not completed; begun and now below 80; or all that it builds on is proficient",
    "IN_PROGRESS",
    (row) => row.reason,
  ),
  smartscore: column.scoreOrNull("The current one; null where it was never practised", 58, (row) => row.smartscore),
});

const data = z
  .object({
    student_id: z.uuid(),
    full_name: z.string(),
    grade_level: gradeLevelOrNull,
    totals: totals.schema,
    trouble_spots: z.array(studentSpotTable.schema),
    next_skills: z.array(next.schema),
  })
  .openapi("StudentSummary");

export type StudentSummaryDto = z.output<typeof data>;

const query = { ...period, ...skillFilters, ...score };

/** What a summary may be asked for: its days, its skills and which score counts. */
type SummaryQuery = z.output<ReturnType<typeof queryOf<typeof query>>>;

export type SummaryRows = {
  days: { days: number };
  practised: PractisedRow;
  spots: StudentSpotRow;
  next: NextRow;
};

/**
 * A student's practice on one page: how much, how many skills on which level, the worst trouble spots of the period, and
 * what to practise next as of now. {@link toSummary} reads its rows.
 */
export function summaryOf(asked: SummaryQuery): Statement<SummaryRows> {
  const scope = scopeOf(asked);
  return {
    ctes: { ...spots("student", scope, TOP_SPOTS), ...standingCtes },
    parts: {
      days: sql`
        SELECT count(DISTINCT day) AS days FROM practice_days
        WHERE ${isOf("student", sql`student_id`)} AND ${inDays(sql`day`, scope)}
          AND ${ofSkills(sql`skill_id`, scope)} AND questions > 0`,
      practised: sql`
        SELECT questions, correct, active_ms, CASE WHEN questions > 0 THEN ${shownScore(asked.score)} END AS smartscore
        FROM practised`,
      spots: studentSpots,
      next: nextSkills(asked),
    },
  };
}

type Student = { readonly id: string; readonly full_name: string; readonly grade_level: number | null };

export const toSummary = (student: Student, rows: RowsOf<SummaryRows>): StudentSummaryDto => ({
  student_id: student.id,
  full_name: student.full_name,
  grade_level: student.grade_level,
  totals: totals.row({ days: rows.days[0]?.days ?? 0, practised: rows.practised }),
  trouble_spots: rows.spots.slice(0, TOP_SPOTS).map(studentSpotTable.row),
  next_skills: rows.next.map(next.row),
});

/** One student on one page. */
export const summaryReport = studentReport({
  name: "summary",
  path: "/analytics/summary",
  operationId: "readStudentSummary",
  summary: "A student's summary: how much, how well, what gives trouble, what to practise next",
  description:
    "All time unless days are asked for. A skill's level is that of its `score`: with days, of the current or best score " +
    "that their answers led to. `next_skills` are as of now: at most 5, assigned ones first.",
  query,
  data,
  example: {
    student_id: EXAMPLE_STUDENT_ID,
    full_name: "Sam Student",
    grade_level: 5,
    totals: totals.example,
    trouble_spots: [studentSpotTable.example],
    next_skills: [next.example],
  },
  sheets: {
    totals: sheetOf(totals, ({ totals }: StudentSummaryDto) => [totals]),
    trouble_spots: sheetOf(studentSpotTable, ({ trouble_spots }: StudentSummaryDto) => trouble_spots),
    next_skills: sheetOf(next, ({ next_skills }: StudentSummaryDto) => next_skills),
  },
  read: async ({ db }, { who, asked }) => {
    const { student, head, rows } = await readStudentParts<SummaryRows>(db, who, { asked, ...summaryOf(asked) });
    return reportFrom(toSummary(student, rows), head, asked);
  },
});
