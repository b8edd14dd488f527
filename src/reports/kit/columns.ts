import { EXAMPLE_STUDENT_ID } from "../../classrooms/schemas.ts";
import { wholeSeconds } from "../../practice/active-time.ts";
import { accuracyPercent } from "./accuracy.ts";
import { column } from "./table.ts";

/** What a score stands for. */
export const SCORE_LEVELS = ["PRACTISED", "PROFICIENT", "EXCELLENT", "MASTERED"] as const;

type ScoreLevel = (typeof SCORE_LEVELS)[number];

/** From this score on a skill is proficient: what builds on it can be begun. */
export const PROFICIENT = 80;

/** Practised is below 80, proficient from 80, excellent from 90, mastered 100. */
export function levelOf(smartscore: number): ScoreLevel {
  if (smartscore >= 100) return "MASTERED";
  if (smartscore >= 90) return "EXCELLENT";
  return smartscore >= PROFICIENT ? "PROFICIENT" : "PRACTISED";
}

export type SkillRow = {
  skill_id: number;
  permacode: string;
  skill_name: string;
  grade_number: number;
  topic_id: number | null;
  topic_title: string | null;
};

type NamedSkill = Pick<SkillRow, "skill_id" | "skill_name">;

/** The columns that say which skill a row is of, by its title alone. */
export const skillName = {
  skill_id: column.id("The skill", 1, (row: NamedSkill) => row.skill_id),
  skill_name: column.text("Its title", "Multiply whole numbers", (row: NamedSkill) => row.skill_name),
};

/** The columns that say which skill a row is of, and where it belongs. */
export const skillColumns = {
  ...skillName,
  permacode: column.text("What names the skill for good", "MC96", (row: SkillRow) => row.permacode),
  grade_number: column.id("−1 is Pre-K, 0 is Kindergarten", 5, (row: SkillRow) => row.grade_number),
  topic_id: column.idOrNull("Its topic", 1, (row: SkillRow) => row.topic_id),
  topic_title: column.textOrNull(
    "Its topic's title",
    "Multiplication and division",
    (row: SkillRow) => row.topic_title,
  ),
};

export type StudentRow = { student_id: string; full_name: string };

/** A row before its student's name is joined. */
export type Unnamed<Row extends StudentRow> = Omit<Row, "full_name">;

/** The columns that say whose row it is. */
export const studentColumns = {
  student_id: column.uuid("The student", EXAMPLE_STUDENT_ID, (row: StudentRow) => row.student_id),
  full_name: column.text("Their name", "Sam Student", (row: StudentRow) => row.full_name),
};

export type CountedRow = { questions: number; correct: number };

/** How many questions were answered, and how many of them right. */
export const countColumns = {
  questions: column.count("Questions answered", 32, (row: CountedRow) => row.questions),
  correct: column.count("Right answers", 28, (row: CountedRow) => row.correct),
  accuracy_percent: column.percent(
    "Right answers in percent, to one decimal; 0 without answers",
    87.5,
    (row: CountedRow) => accuracyPercent(row.correct, row.questions),
  ),
};

export const activeTime = column.count("Active time in whole seconds", 960, (row: { active_ms: number }) =>
  wholeSeconds(row.active_ms),
);
