import { type SQL, sql } from "drizzle-orm";
import { answerText } from "../../practice/question.ts";
import { countColumns, type SkillRow, skillColumns, skillName } from "../kit/columns.ts";
import { figures, skillNames, skillTables } from "../kit/figures.ts";
import type { Rest } from "../kit/report-meta.ts";
import { inDays, nearDays, type Scope, type Whose } from "../kit/scope.ts";
import { iso } from "../kit/statement.ts";
import { column } from "../kit/table.ts";
import { askedQuestion } from "./asked-question.ts";
import { type AttemptRow, attemptColumns, type Found, MOST_BYTES } from "./attempt-page.ts";

/** Skills that a report of trouble spots has at most, and of each the newest missed questions; of one skill alone more. */
export const MOST_SPOTS = 20;
const MISSED_OF_EACH = 5;
const MISSED_OF_ONE = 100;

export type SpotRow = SkillRow & { questions: number; correct: number; wrong: number };

/**
 * The skills with the most wrong answers, as the CTEs `practised` (a row a student and skill) and `spots`: one more than
 * `most`, which tells whether there are more.
 */
export const spots = (whose: Whose, scope: Scope, most: number) => ({
  practised: figures(whose, scope),
  spots: sql`
    SELECT skill_id, sum(questions) AS questions, sum(correct) AS correct, sum(questions - correct) AS wrong,
      count(*) FILTER (WHERE questions > correct) AS students
    FROM practised GROUP BY skill_id HAVING sum(questions - correct) > 0
    ORDER BY wrong DESC, skill_id LIMIT ${most + 1}`,
});

/** The columns of a trouble spot, of one student or of a class. */
export const spotColumns = {
  ...skillColumns,
  wrong: column.count("Wrong answers", 4, (row: SpotRow) => row.wrong),
  ...countColumns,
};

/** The trouble spots of one student, with their current scores. */
export const studentSpots: SQL = sql`
  SELECT ${skillNames}, spots.questions, spots.correct, spots.wrong, skill_progress.last_smartscore AS smartscore
  FROM spots ${skillTables(sql`spots.skill_id`)}
  JOIN skill_progress ON skill_progress.skill_id = spots.skill_id
    AND skill_progress.student_id = (SELECT id FROM head)
  ORDER BY spots.wrong DESC, spots.skill_id`;

/** `found` counts them before what is too large for one reply is left out. */
export type MissedRow = AttemptRow & SkillRow & Found & { student_id: string; full_name: string };

/** The missed questions themselves, of the first `most` spots: of each skill the newest. Only who missed some is looked at. */
export const missed = (scope: Scope, most: number): SQL => {
  const each = scope.skill_id === undefined ? MISSED_OF_EACH : MISSED_OF_ONE;
  const newest = sql`
    SELECT student_id, ${attemptColumns} FROM attempts
    WHERE attempts.student_id = practised.student_id AND attempts.skill_id = practised.skill_id AND NOT is_correct
      AND ${inDays(sql`day`, scope)} AND ${nearDays(sql`answered_at`, scope)}
    ORDER BY answered_at DESC, id DESC LIMIT ${each}`;
  return sql`
    SELECT ${skillNames}, missed.*, users.full_name
    FROM (SELECT found.*, spots.wrong, count(*) OVER () AS found,
        sum(octet_length(question::text)) OVER (ORDER BY spots.wrong DESC, spots.skill_id, answered_at DESC, id) AS bytes
      FROM (SELECT * FROM spots ORDER BY wrong DESC, skill_id LIMIT ${most}) AS spots CROSS JOIN LATERAL (
        SELECT newest.* FROM practised CROSS JOIN LATERAL (${newest}) AS newest
        WHERE practised.skill_id = spots.skill_id AND practised.questions > practised.correct
        ORDER BY answered_at DESC, id DESC LIMIT ${each}) AS found) AS missed
    JOIN users ON users.id = missed.student_id ${skillTables(sql`missed.skill_id`)}
    WHERE missed.bytes <= ${MOST_BYTES}
    ORDER BY missed.wrong DESC, missed.skill_id, missed.answered_at DESC, missed.id DESC`;
};

/** What a report says of the rest: there are more spots, or more missed questions than one reply holds. */
export const restOfSpots = (rows: { skills: readonly SpotRow[]; missed: readonly MissedRow[] }): Rest =>
  rows.skills.length > MOST_SPOTS || rows.missed.length < (rows.missed[0]?.found ?? 0) ? { truncated: true } : {};

/** The columns of a missed question. */
export const missedColumns = {
  ...skillName,
  ...attemptTextColumns(),
};

/** The columns of an answered question for people to read, with both answers as text. */
export function attemptTextColumns() {
  const text = (row: AttemptRow, answer: Record<string, unknown>) => answerText(askedQuestion(row), answer);
  return {
    attempt_id: column.uuid("The attempt", "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c101", (row: AttemptRow) => row.id),
    answered_at: column.moment("When", "2026-11-22T08:00:12.000Z", (row: AttemptRow) => iso(row.answered_at)),
    question_level: column.id("1 to 5", 2, (row: AttemptRow) => row.level),
    question_prompt: column.text(
      "The question as it stood",
      "What is 7 × 8?",
      (row: AttemptRow) => askedQuestion(row).prompt,
    ),
    user_answer: column.text("As text for display", "54", (row: AttemptRow) => text(row, row.submitted_answer)),
    correct_answer: column.text("As text for display", "56", (row: AttemptRow) => text(row, row.correct_answer)),
    time_spent_seconds: column.count("What the client says that it took", 12, (row: AttemptRow) => row.time_spent_sec),
    smartscore_before: column.score("Before the answer", 20, (row: AttemptRow) => row.smartscore_before),
    smartscore_after: column.score("After it", 18, (row: AttemptRow) => row.smartscore_after),
    change_reason: column.text(
      "What mainly decided how far the score moved",
      "zone",
      (row: AttemptRow) => row.change_reason,
    ),
    change_message: column.text(
      "The same as the student read it",
      "-2: mistakes cost little while you are learning.",
      (row: AttemptRow) => row.change_message,
    ),
  };
}
