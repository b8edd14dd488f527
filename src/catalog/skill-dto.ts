import { and, eq, sql } from "drizzle-orm";
import { skillPrerequisites, skills, topics } from "../db/tables.ts";
import type { ListedSkillDto, SkillDto } from "./schemas.ts";

/** A skill's prerequisites by id: those that are published, as everybody sees them, or all. */
export const prerequisiteIds = (isShown = sql`needed.is_published`) => sql<number[]>`(
  select coalesce(jsonb_agg(needed.id order by needed.id), '[]')
  from ${skillPrerequisites} join ${skills} as needed on needed.id = ${skillPrerequisites.prerequisiteId}
  where ${skillPrerequisites.skillId} = ${skills.id} and ${isShown})`;

/** What a skill shows in a list, beside its {@link topicColumns}. */
export const listedColumns = {
  id: skills.id,
  subjectId: skills.subjectId,
  gradeId: skills.gradeId,
  code: skills.code,
  title: skills.title,
  difficulty: skills.difficulty,
  tags: skills.tags,
  permacode: skills.permacode,
  standards: skills.standards,
  prerequisites: prerequisiteIds(),
};

/** What it shows beside these by itself. */
export const fullColumns = {
  ...listedColumns,
  description: skills.description,
  exampleUrl: skills.exampleUrl,
  videoUrl: skills.videoUrl,
  isPublished: skills.isPublished,
};

export const topicColumns = { id: topics.id, title: topics.title };

/** How a skill is joined with its topic. One that is not published is not shown: its skills are, as if they had none. */
export const shownTopic = and(eq(topics.id, skills.topicId), eq(topics.isPublished, true));

type StoredSkill = typeof skills.$inferSelect;
type ListedRow = Pick<StoredSkill, Exclude<keyof typeof listedColumns, "prerequisites">> & { prerequisites: number[] };
type FullRow = Pick<StoredSkill, Exclude<keyof typeof fullColumns, "prerequisites">> & { prerequisites: number[] };
type TopicRow = Pick<typeof topics.$inferSelect, keyof typeof topicColumns>;

/** A skill as lists show it. */
export function toListedSkill(skill: ListedRow, topic: TopicRow | null): ListedSkillDto {
  return {
    id: skill.id,
    subject_id: skill.subjectId,
    grade_id: skill.gradeId,
    topic_id: topic?.id ?? null,
    topic_title: topic?.title ?? null,
    code: skill.code,
    title: skill.title,
    difficulty: skill.difficulty,
    tags: skill.tags,
    permacode: skill.permacode,
    standards: skill.standards,
    prerequisites: skill.prerequisites,
  };
}

/** A skill as it is shown by itself. */
export function toSkill(skill: FullRow, topic: TopicRow | null): SkillDto {
  return {
    ...toListedSkill(skill, topic),
    description: skill.description,
    example_url: skill.exampleUrl,
    video_url: skill.videoUrl,
    is_published: skill.isPublished,
  };
}
