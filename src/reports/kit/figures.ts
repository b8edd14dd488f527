import { type SQL, sql } from "drizzle-orm";
import { inDays, isOf, ofSkills, type Scope, type Whose } from "./scope.ts";

/** What somebody has come to on a skill, as {@link figures} has it. A skill may have time and no answer. */
export type FigureRow = {
  questions: number;
  correct: number;
  active_ms: number;
  best_smartscore: number | null;
  last_smartscore: number | null;
  last_practiced_at: string;
};

/**
 * One row a student and skill: of a period from its days, with the scores that its answers led to, else as the record
 * keeps them.
 */
export function figures(whose: Whose, scope: Scope): SQL {
  if (scope.hasFrom || scope.hasTo) return ofDays(whose, scope);
  return scope.mayBeClosed ? untilClosed(whose, scope) : ofAllTime(whose, scope);
}

/** All time, of which that of an archived class ended with it; Postgres runs but one of the two. */
export const untilClosed = (whose: Whose, scope: Scope): SQL => sql`
  SELECT * FROM (${ofAllTime(whose, scope)}) AS ever WHERE (SELECT closed_day FROM head) IS NULL
  UNION ALL
  SELECT ${FIGURES} FROM (${summed(whose, scope, sql`day <= (SELECT closed_day FROM head)`)}) AS closed
  WHERE (SELECT closed_day FROM head) IS NOT NULL`;

const FIGURES = sql.raw(
  "student_id, skill_id, questions, correct, active_ms, best_smartscore, last_smartscore, last_practiced_at",
);

const ofAllTime = (whose: Whose, scope: Scope): SQL => sql`
  SELECT ${FIGURES} FROM skill_progress WHERE ${isOf(whose, sql`student_id`)} AND ${ofSkills(sql`skill_id`, scope)}`;

/** The same from the days, open or not, with the score before the first answer: how a period began. */
export const ofDays = (whose: Whose, scope: Scope): SQL => summed(whose, scope, inDays(sql`day`, scope));

const summed = (whose: Whose, scope: Scope, isIn: SQL): SQL => sql`
  SELECT student_id, skill_id, sum(questions) AS questions, sum(correct) AS correct, sum(active_ms) AS active_ms,
    max(best_smartscore) AS best_smartscore,
    (array_agg(first_smartscore ORDER BY day) FILTER (WHERE questions > 0))[1] AS first_smartscore,
    (array_agg(last_smartscore ORDER BY day DESC) FILTER (WHERE questions > 0))[1] AS last_smartscore,
    max(last_practiced_at) AS last_practiced_at
  FROM practice_days
  WHERE ${isOf(whose, sql`student_id`)} AND ${isIn} AND ${ofSkills(sql`skill_id`, scope)}
  GROUP BY student_id, skill_id`;

/** The columns that name a skill, for a statement that joins {@link skillTables}. */
export const skillNames = sql`skills.id AS skill_id, skills.permacode, skills.title AS skill_name,
  grades.number AS grade_number, topics.id AS topic_id, topics.title AS topic_title`;

/** A skill's own tables, joined to a row that has its id. As in the catalog, a topic that is not published is not shown. */
export const skillTables = (id: SQL): SQL => sql`
  JOIN skills ON skills.id = ${id} JOIN grades ON grades.id = skills.grade_id
  LEFT JOIN topics ON topics.id = skills.topic_id AND topics.is_published`;

/** A skill's code with its numbers in eight digits: A.10 comes after A.9. */
const countedCode = sql`regexp_replace(regexp_replace(skills.code, '(\\d+)', '0000000\\1', 'g'), '\\d*(\\d{8})', '\\1', 'g')`;

/** Skills as the catalog has them: by subject, grade, topic and code. */
export const inCatalogOrder = sql`skills.subject_id, grades.number, topics."order" NULLS LAST, ${countedCode}, skills.id`;
