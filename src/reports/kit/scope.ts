import { type SQL, sql } from "drizzle-orm";
import type { Period, SkillFilters } from "./report-query.ts";

/** Whose practice a report is of: the student's of its head, or its class's. */
export type Whose = "student" | "class";

/** Whether a row is of them. An array is one value to Postgres: the index is searched student by student. */
export const isOf = (whose: Whose, column: SQL): SQL =>
  whose === "student"
    ? sql`${column} = (SELECT id FROM head)`
    : sql`${column} = ANY((SELECT ids FROM students)::uuid[])`;

/** Whether a report's days have a first and a last one; those of a class may be closed with it, which only its head tells. */
type Bounds = { readonly hasFrom: boolean; readonly hasTo: boolean; readonly mayBeClosed: boolean };

/** What narrows a report's rows: its skills, and its days. */
export type Scope = SkillFilters & Bounds;

/** The scope of a query about a student or a skill; `days` as its head has them (`daysOf`). */
export const scopeOf = (asked: Period & SkillFilters, days?: number): Scope => ({
  ...asked,
  hasFrom: asked.from !== undefined || days !== undefined,
  hasTo: asked.to !== undefined || days !== undefined,
  mayBeClosed: false,
});

/** The scope of a query about a class. */
export const classScopeOf = (asked: Period & SkillFilters, days?: number): Scope => ({
  ...scopeOf(asked, days),
  mayBeClosed: true,
});

/** The last day of a report; of one that may be closed and is not, later than any. */
const lastDay = sql`coalesce((SELECT to_day FROM head), 'infinity'::date)`;

const all = (conditions: readonly SQL[]): SQL =>
  conditions.length === 0 ? sql`true` : sql.join([...conditions], sql` AND `);

/** Whether a day is in the report's period. */
export const inDays = (column: SQL, { hasFrom, hasTo, mayBeClosed }: Bounds): SQL =>
  all([
    ...(hasFrom ? [sql`${column} >= (SELECT from_day FROM head)`] : []),
    ...(hasTo || mayBeClosed ? [sql`${column} <= ${lastDay}`] : []),
  ]);

/**
 * Whether a moment can be in the period, in whatever time zone: bounds so wide that the day decides, for an index to be
 * searched with.
 */
export const nearDays = (column: SQL, scope: Bounds): SQL =>
  sql`${afterFrom(column, scope)} AND ${beforeTo(column, scope)}`;

/** The lower of these bounds alone. */
export const afterFrom = (column: SQL, { hasFrom }: Bounds): SQL =>
  hasFrom ? sql`${column} >= (SELECT from_day FROM head) - 2` : sql`true`;

/** The upper one alone. */
export const beforeTo = (column: SQL, { hasTo, mayBeClosed }: Bounds): SQL =>
  hasTo || mayBeClosed ? sql`${column} < ${lastDay} + 3` : sql`true`;

/** Whether a row is of a skill that the filters let through. */
export function ofSkills(column: SQL, { subject_slug, grade_number, topic_id, skill_id }: SkillFilters): SQL {
  const one = skill_id === undefined ? [] : [sql`${column} = ${skill_id}::integer`];
  const of = [
    ...(subject_slug === undefined ? [] : [sql`subjects.slug = ${subject_slug}`]),
    ...(grade_number === undefined ? [] : [sql`grades.number = ${grade_number}::smallint`]),
    ...(topic_id === undefined ? [] : [sql`skills.topic_id = ${topic_id}::integer`]),
  ];
  if (of.length === 0) return all(one);
  // As an array, which Postgres makes once: it would join a subquery row by row, as it expects few rows.
  const matching = sql`${column} = ANY(ARRAY(
    SELECT skills.id FROM skills JOIN subjects ON subjects.id = skills.subject_id
    JOIN grades ON grades.id = skills.grade_id WHERE ${all(of)}))`;
  return all([...one, matching]);
}
