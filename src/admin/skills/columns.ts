import type { skills } from "../../db/tables.ts";
import type { Meanings } from "../faults.ts";
import type { ChangeOf } from "../rows.ts";
import type { SkillChange } from "./schemas.ts";

export const SKILL_MEANINGS: Meanings = {
  unknown: {
    skills_subject_id_subjects_id_fk: { path: "subject_id", what: "subject" },
    skills_grade_id_grades_id_fk: { path: "grade_id", what: "grade" },
    skills_topic_id_topics_id_fk: { path: "topic_id", what: "topic" },
    skill_prerequisites_prerequisite_id_skills_id_fk: { path: "prerequisites", what: "skill" },
  },
  taken: "There is a skill with this code in this subject and grade already.",
};

/** A skill's fields as its own row has them; its prerequisites have rows of their own. */
export const toColumns = (fields: SkillChange): ChangeOf<typeof skills> => ({
  subjectId: fields.subject_id,
  gradeId: fields.grade_id,
  topicId: fields.topic_id,
  code: fields.code,
  title: fields.title,
  description: fields.description,
  tags: fields.tags,
  difficulty: fields.difficulty,
  exampleUrl: fields.example_url,
  videoUrl: fields.video_url,
  isPublished: fields.is_published,
  standards: fields.standards,
});
