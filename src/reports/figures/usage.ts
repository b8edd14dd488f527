import { type SQL, sql } from "drizzle-orm";
import { activeTime, countColumns, skillColumns } from "../kit/columns.ts";
import { inDays, isOf, ofSkills, type Scope, type Whose } from "../kit/scope.ts";
import { column } from "../kit/table.ts";

export type DayRow = {
  day: string;
  students: number;
  questions: number;
  correct: number;
  active_ms: number;
  skills: number;
};

/** What was done on each local day, the newest first; time without an answer counts as time. */
export const usageDays = (whose: Whose, scope: Scope): SQL => sql`
  SELECT day, count(DISTINCT student_id) FILTER (WHERE questions > 0) AS students, sum(questions) AS questions,
    sum(correct) AS correct, sum(active_ms) AS active_ms, count(DISTINCT skill_id) FILTER (WHERE questions > 0) AS skills
  FROM practice_days
  WHERE ${isOf(whose, sql`student_id`)} AND ${inDays(sql`day`, scope)} AND ${ofSkills(sql`skill_id`, scope)}
  GROUP BY day ORDER BY day DESC`;

export const dayColumns = {
  day: column.day("The local day", "2026-11-20", (row: DayRow) => row.day),
  skills: column.count("Skills with at least one answer", 2, (row: DayRow) => row.skills),
  active_time_seconds: activeTime,
  ...countColumns,
};

export type GainRow = {
  questions: number;
  correct: number;
  active_ms: number;
  first_smartscore: number | null;
  last_smartscore: number | null;
};

/** From where to where a score went. */
const gainColumns = {
  smartscore_from: column.scoreOrNull(
    "Before the first answer of the period; null without one",
    62,
    (row: GainRow) => row.first_smartscore,
  ),
  smartscore_to: column.scoreOrNull("After the last", 80, (row: GainRow) => row.last_smartscore),
  smartscore_change: column.change("From the one to the other", 18, (row: GainRow) =>
    row.first_smartscore === null || row.last_smartscore === null ? null : row.last_smartscore - row.first_smartscore,
  ),
};

/** A skill in a period: time, questions, and the score from where to where. */
export const progressColumns = { ...skillColumns, active_time_seconds: activeTime, ...countColumns, ...gainColumns };
