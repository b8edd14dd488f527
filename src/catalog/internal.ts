import { and, eq } from "drizzle-orm";
import { skills, topics } from "../db/tables.ts";
import type { ListedSkillDto } from "./schemas.ts";

/** The first row of a statement that starts from catalog_version, which has exactly one. */
export function firstRow<Row>(rows: readonly Row[]): Row {
  const [first] = rows;
  if (!first) throw new Error("catalog_version has no row: the migrations make it");
  return first;
}

/** What a skill shows in a list, beside its {@link topicColumns}. */
export const listedColumns = {
  id: skills.id,
  subjectId: skills.subjectId,
  gradeId: skills.gradeId,
  code: skills.code,
  title: skills.title,
  difficulty: skills.difficulty,
  tags: skills.tags,
};

export const topicColumns = { id: topics.id, title: topics.title };

/** How a skill is joined with its topic. One that is not published is not shown: its skills are, as if they had none. */
export const shownTopic = and(eq(topics.id, skills.topicId), eq(topics.isPublished, true));

type SkillRow = Pick<typeof skills.$inferSelect, keyof typeof listedColumns>;
type TopicRow = Pick<typeof topics.$inferSelect, keyof typeof topicColumns>;

export function toListedSkill(skill: SkillRow, topic: TopicRow | null): ListedSkillDto {
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
  };
}
