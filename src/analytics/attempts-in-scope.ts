import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { attempts, grades, type practiceDays, type skillProgress, skills, subjects } from "../db/tables.ts";
import type { Period, SkillFilters } from "./report-query.ts";

/** Whether filters leave skills out. */
export const namesSkills = ({ subject_slug, grade_number, topic_id, skill_id }: SkillFilters) =>
  [subject_slug, grade_number, topic_id, skill_id].some((filter) => filter !== undefined);

/** Whether a row is of a skill that the filters let through; undefined where all are. */
export function ofSkills(
  { query }: Pick<Database, "query">,
  column: typeof attempts.skillId | typeof skillProgress.skillId,
  { subject_slug, grade_number, topic_id, skill_id }: SkillFilters,
): SQL | undefined {
  const skill = skill_id === undefined ? undefined : eq(column, skill_id);
  if (subject_slug === undefined && grade_number === undefined && topic_id === undefined) return skill;
  const matching = query
    .select({ id: skills.id })
    .from(skills)
    .innerJoin(subjects, eq(subjects.id, skills.subjectId))
    .innerJoin(grades, eq(grades.id, skills.gradeId))
    .where(
      and(
        subject_slug === undefined ? undefined : eq(subjects.slug, subject_slug),
        grade_number === undefined ? undefined : eq(grades.number, grade_number),
        topic_id === undefined ? undefined : eq(skills.topicId, topic_id),
      ),
    );
  // As an array, which Postgres makes once: it would join a subquery row by row, as it expects few rows of the student.
  return and(skill, sql`${column} = any(array(${matching}))`);
}

/** Whether a day is in the period. */
export function inPeriod(day: typeof attempts.day | typeof practiceDays.day, { from, to }: Period): SQL | undefined {
  return and(
    from === undefined ? undefined : sql`${day} >= ${from}::date`,
    to === undefined ? undefined : sql`${day} <= ${to}::date`,
  );
}

/**
 * Whether an attempt is in the period. The day decides; the bounds on the moment, so wide that no time zone, the
 * student's or the connection's, reaches past them, are what the indexes are searched with.
 */
export function answeredIn({ from, to }: Period): SQL | undefined {
  return and(
    inPeriod(attempts.day, { from, to }),
    from === undefined ? undefined : sql`${attempts.answeredAt} >= ${from}::date - 2`,
    to === undefined ? undefined : sql`${attempts.answeredAt} < ${to}::date + 3`,
  );
}
