import { and, arrayContains, asc, eq, ilike, inArray, or, sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { escapeLike } from "../db/escape-like.ts";
import { catalogVersion, grades, skillPrerequisites, skills, subjects, topics } from "../db/tables.ts";
import { offsetOf } from "../http/paging.ts";
import type { SkillFilters } from "./schemas.ts";
import { listedColumns, shownTopic, toListedSkill, topicColumns } from "./skill-dto.ts";
import { firstRow } from "./version.ts";

/** A page of the published skills that match, by id, and how many there are in all; with the catalog's version. */
export async function listSkills({ db }: { db: Database }, filters: SkillFilters) {
  const matching = db.query
    .$with("matching")
    .as(
      db.query
        .select({ id: skills.id })
        .from(skills)
        .innerJoin(subjects, eq(subjects.id, skills.subjectId))
        .innerJoin(grades, eq(grades.id, skills.gradeId))
        .leftJoin(topics, shownTopic)
        .where(matches(db, filters)),
    );
  const page = db.query
    .select()
    .from(matching)
    .orderBy(asc(matching.id))
    .limit(filters.page_size)
    .offset(offsetOf(filters))
    .as("page");
  const rows = await db.query
    .with(matching)
    .select({
      version: catalogVersion.version,
      // Counted beside the page, not in its rows: a page past the end has none.
      total: sql<number>`(select count(*)::int from ${matching})`,
      skill: listedColumns,
      topic: topicColumns,
    })
    .from(catalogVersion)
    .leftJoin(page, sql`true`)
    .leftJoin(skills, eq(skills.id, page.id))
    .leftJoin(topics, shownTopic)
    .orderBy(asc(skills.id));
  const { version, total } = firstRow(rows);
  return {
    version,
    body: {
      data: rows.flatMap(({ skill, topic }) => (skill ? [toListedSkill(skill, topic)] : [])),
      meta: { page: filters.page, page_size: filters.page_size, total },
    },
  };
}

function matches(
  { query }: Database,
  { subject_slug, grade_number, topic_id, standard, prerequisite_of, q }: SkillFilters,
) {
  return and(
    eq(skills.isPublished, true),
    // What is blank is a filter that was left open, as clients send it with the rest of a form.
    subject_slug ? eq(subjects.slug, subject_slug) : undefined,
    grade_number === undefined ? undefined : eq(grades.number, grade_number),
    topic_id === undefined ? undefined : eq(topics.id, topic_id),
    standard ? arrayContains(skills.standards, [standard]) : undefined,
    prerequisite_of === undefined ? undefined : inArray(skills.id, prerequisitesOf(query, prerequisite_of)),
    q ? contains(q) : undefined,
  );
}

const prerequisitesOf = (query: Database["query"], skillId: number) =>
  query
    .select({ id: skillPrerequisites.prerequisiteId })
    .from(skillPrerequisites)
    .where(eq(skillPrerequisites.skillId, skillId));

function contains(text: string) {
  const pattern = `%${escapeLike(text)}%`;
  return or(
    ilike(skills.title, pattern),
    ilike(skills.code, pattern),
    sql`exists (select from unnest(${skills.tags}) as tag where tag ilike ${pattern})`,
  );
}
