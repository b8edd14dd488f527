import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import type { SkillDto } from "../../catalog/schemas.ts";
import { fullColumns, prerequisiteIds, topicColumns, toSkill } from "../../catalog/skill-dto.ts";
import type { Database } from "../../db/client.ts";
import { skills, topics } from "../../db/tables.ts";
import { offsetOf } from "../../http/paging.ts";
import type { Services } from "../../services.ts";
import { contains, countOf, type Page, toPage } from "../rows.ts";
import type { SkillFilters } from "./schemas.ts";

/** The statement behind skills as an admin sees them: published or not, with all prerequisites and the topic as it is. */
export const skillsWhere = (query: Database["query"], condition: SQL | undefined) =>
  query
    .select({ skill: { ...fullColumns, prerequisites: prerequisiteIds(sql`true`) }, topic: topicColumns })
    .from(skills)
    .leftJoin(topics, eq(topics.id, skills.topicId))
    .where(condition);

type Row = Awaited<ReturnType<typeof skillsWhere>>[number];

export const toSkillDto = ({ skill, topic }: Row): SkillDto => toSkill(skill, topic);

/** The skill, published or not, if there is one. */
export async function readSkill({ db: { query } }: Services, id: number): Promise<SkillDto | undefined> {
  const [row] = await skillsWhere(query, eq(skills.id, id));
  return row && toSkillDto(row);
}

/** A page of the skills that match, published or not, by id. */
export async function listSkills({ db: { query } }: Services, filters: SkillFilters): Promise<Page<SkillDto>> {
  const { subject_id, grade_id, topic_id, is_published, search } = filters;
  const condition = and(
    subject_id === undefined ? undefined : eq(skills.subjectId, subject_id),
    grade_id === undefined ? undefined : eq(skills.gradeId, grade_id),
    topic_id === undefined ? undefined : eq(skills.topicId, topic_id),
    is_published === undefined ? undefined : eq(skills.isPublished, is_published),
    contains(search, skills.code, skills.title, skills.permacode),
  );
  const [rows, counted] = await query.batch([
    skillsWhere(query, condition).orderBy(asc(skills.id)).limit(filters.page_size).offset(offsetOf(filters)),
    countOf(query, skills, condition),
  ]);
  return toPage(rows.map(toSkillDto), counted);
}
