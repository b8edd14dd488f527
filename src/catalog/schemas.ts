import { catalogId } from "../http/fields.ts";
import { pageQuery } from "../http/paging.ts";
import { z } from "../http/zod.ts";

export const subject = z
  .object({ id: z.int(), slug: z.string().openapi({ description: "What `subject_slug` takes" }), title: z.string() })
  .openapi("Subject", { example: { id: 1, slug: "math", title: "Math" } });

export const grade = z
  .object({
    id: z.int(),
    number: z.int().openapi({ description: "−1 is Pre-K, 0 is Kindergarten" }),
    title: z.string(),
  })
  .openapi("Grade", { example: { id: 7, number: 5, title: "Grade 5" } });

export const topic = z
  .object({
    id: z.int(),
    slug: z.string(),
    title: z.string(),
    description: z.string(),
    icon: z.string().openapi({ description: "An emoji, or whatever an admin has put there" }),
    order: z.int().openapi({ description: "Where it stands in the list of topics" }),
    is_published: z.boolean().openapi({ description: "False: only admins see it" }),
  })
  .openapi("Topic", {
    example: {
      id: 1,
      slug: "multiplication-and-division",
      title: "Multiplication and division",
      description: "Times tables, long multiplication, sharing and long division",
      icon: "✖️",
      order: 1,
      is_published: true,
    },
  });

const exampleSkill = {
  id: 1,
  subject_id: 1,
  grade_id: 7,
  topic_id: 1,
  topic_title: "Multiplication and division",
  code: "A.1",
  title: "Multiply whole numbers",
  difficulty: 2,
  tags: ["multiplication"],
  permacode: "MC96",
  standards: ["CCSS.MATH.CONTENT.5.NBT.B.5"],
  prerequisites: [3],
};

export const listedSkill = z
  .object({
    id: z.int(),
    subject_id: z.int(),
    grade_id: z.int(),
    topic_id: z
      .int()
      .nullable()
      .openapi({ description: "Null where it is in no topic, or in one that is not published" }),
    topic_title: z.string().nullable().openapi({ description: "Null as `topic_id` is" }),
    code: z.string().openapi({ description: "Its place within subject and grade, as teachers know it" }),
    title: z.string(),
    difficulty: z.int().min(1).max(5).openapi({ description: "Within its grade, the easiest is 1" }),
    tags: z.array(z.string()),
    permacode: z.string().openapi({ description: "Names the skill for good; its code may change" }),
    standards: z.array(z.string()).openapi({ description: "The standards it is aligned with" }),
    prerequisites: z.array(z.int()).openapi({ description: "The skills to have practised before" }),
  })
  .openapi("ListedSkill", { example: exampleSkill });

export const skill = listedSkill
  .extend({
    description: z.string(),
    example_url: z.string().nullable().openapi({ description: "A page with an example" }),
    video_url: z.string().nullable().openapi({ description: "A video that explains it" }),
    is_published: z.boolean().openapi({ description: "False: only admins see it" }),
  })
  .openapi("Skill", {
    example: {
      ...exampleSkill,
      description: "Multiply whole numbers of up to four digits.",
      example_url: null,
      video_url: null,
      is_published: true,
    },
  });

const LAST_GRADE = 99;

/** A grade's number. The seed has those that students can be in, −1 to 12; a catalog may have more. */
export const numberOfGrade = z.int().min(-1).max(LAST_GRADE).openapi({ description: "−1 is Pre-K, 0 is Kindergarten" });

/** The same as it stands in a query. */
export const gradeNumber = z
  .string()
  .regex(/^-?\d{1,2}$/, "must be a whole number")
  .transform(Number)
  .pipe(numberOfGrade)
  .openapi({
    type: "integer",
    minimum: -1,
    maximum: LAST_GRADE,
    example: 5,
    description: "A grade's number: −1 is Pre-K, 0 is Kindergarten",
  });

export const skillFilters = z.object({
  subject_slug: z.string().max(100).optional().openapi({ description: "Of this subject", example: "math" }),
  grade_number: gradeNumber.optional(),
  topic_id: catalogId.optional().openapi({ description: "Of this topic" }),
  standard: z
    .string()
    .trim()
    .max(100)
    .optional()
    .openapi({ description: "Aligned with just this standard", example: "CCSS.MATH.CONTENT.5.NBT.B.5" }),
  prerequisite_of: catalogId.optional().openapi({ description: "To have practised before this skill", example: 2 }),
  q: z
    .string()
    .trim()
    .max(100)
    .optional()
    .openapi({ description: "Part of a title, a code or a tag, in any case", example: "multiply" }),
  ...pageQuery(20),
});

export const skillParams = z.object({ id: catalogId.openapi({ description: "The skill" }) });

export const skillStats = z
  .object({
    best_smartscore: z.int().min(0).max(100).openapi({ description: "The highest ever" }),
    last_smartscore: z.int().min(0).max(100).openapi({ description: "Where the last answer led to" }),
    last_practiced_at: z.iso.datetime().nullable().openapi({ description: "Null where it was never practised" }),
    total_questions: z.int().min(0).openapi({ description: "Questions answered" }),
    accuracy_percent: z
      .number()
      .min(0)
      .max(100)
      .openapi({ description: "Right answers of these, to one decimal; 0 without any" }),
  })
  .openapi("SkillStats", {
    description: "Zeros and null for a skill that the caller has never practised",
    example: {
      best_smartscore: 84,
      last_smartscore: 80,
      last_practiced_at: "2026-11-22T08:01:30.000Z",
      total_questions: 32,
      accuracy_percent: 87.5,
    },
  });

export type SubjectDto = z.infer<typeof subject>;
export type GradeDto = z.infer<typeof grade>;
export type TopicDto = z.infer<typeof topic>;
export type ListedSkillDto = z.infer<typeof listedSkill>;
export type SkillDto = z.infer<typeof skill>;
export type SkillStatsDto = z.infer<typeof skillStats>;
export type SkillFilters = z.infer<typeof skillFilters>;
