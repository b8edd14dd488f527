import { type SQL, sql } from "drizzle-orm";
import { PROFICIENT, type SkillRow } from "../kit/columns.ts";
import { skillNames, skillTables } from "../kit/figures.ts";
import type { SkillFilters } from "../kit/report-query.ts";
import { ofSkills } from "../kit/scope.ts";
import { workInOpenClasses } from "../kit/work-in-open-classes.ts";

/** Why a skill is the one to practise next, the strongest reason first. */
export const NEXT_REASONS = ["ASSIGNED", "IN_PROGRESS", "READY"] as const;

export type NextRow = SkillRow & { reason: (typeof NEXT_REASONS)[number]; smartscore: number | null };

/** So many does a student have before them at once. */
const MOST = 5;

/** What a student has come to on each skill that they have answered a question of, whatever the report's period is. */
export const standingCtes = {
  standing: sql`
    SELECT skill_id, best_smartscore, last_smartscore, last_practiced_at FROM skill_progress
    WHERE student_id = (SELECT id FROM head) AND questions > 0`,
};

/**
 * What to practise next, as of now: what is assigned and not completed, the first due first; what was begun and stands
 * below proficient, the last practised first; what was never practised and builds on nothing but proficient skills, not
 * counting those that are not published, in which nobody can become so. Needs {@link standingCtes}.
 */
export const nextSkills = (filters: SkillFilters): SQL => sql`
  SELECT ${skillNames}, reason, smartscore FROM (
    SELECT DISTINCT ON (candidate.skill_id) candidate.*, standing.last_smartscore AS smartscore,
      standing.last_practiced_at
    FROM (
      SELECT work.skill_id, 'ASSIGNED' AS reason, 1 AS place, assignments.due_at
      FROM ${workInOpenClasses}
      WHERE work.student_id = (SELECT id FROM head) AND work.completed_at IS NULL
      UNION ALL
      SELECT skill_id, 'IN_PROGRESS', 2, NULL FROM standing WHERE last_smartscore < ${PROFICIENT}
      UNION ALL
      SELECT needing.skill_id, 'READY', 3, NULL FROM skill_prerequisites AS needing
      JOIN skills AS needed ON needed.id = needing.prerequisite_id
      LEFT JOIN standing ON standing.skill_id = needed.id
      WHERE needing.skill_id NOT IN (SELECT skill_id FROM standing)
      GROUP BY needing.skill_id
      HAVING max(standing.best_smartscore) >= ${PROFICIENT}
        AND bool_and(coalesce(standing.best_smartscore, 0) >= ${PROFICIENT} OR NOT needed.is_published)
    ) AS candidate LEFT JOIN standing ON standing.skill_id = candidate.skill_id
    ORDER BY candidate.skill_id, place, due_at NULLS LAST
  ) AS candidate ${skillTables(sql`candidate.skill_id`)}
  WHERE skills.is_published AND ${ofSkills(sql`candidate.skill_id`, filters)}
  ORDER BY place, due_at NULLS LAST, last_practiced_at DESC NULLS LAST, skills.id LIMIT ${MOST}`;
