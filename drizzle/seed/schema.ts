import { z } from "zod";
import { type TemplateBody, templateBodySchema } from "../../src/templates/schemas.ts";

/** Ids up to these are the seed's, of releases to come too: what is made on a platform has higher ones, which no release has. */
export const SEED_IDS = { subjects: 999, grades: 999, topics: 999, skills: 9_999, questions: 9_999_999 } as const;

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const id = z.int().positive();
const choiceId = z.string().regex(/^[A-Z]$/);

export const subjectSchema = z.strictObject({ id: id.max(SEED_IDS.subjects), slug, title: z.string().min(1).max(80) });

export const gradeSchema = z.strictObject({
  id: id.max(SEED_IDS.grades),
  number: z.int().min(-1).max(12),
  title: z.string().min(1).max(40),
});

export const topicSchema = z.strictObject({
  id: id.max(SEED_IDS.topics),
  slug,
  title: z.string().min(1).max(80),
  description: z.string().min(1).max(300),
  icon: z.string().min(1).max(40),
  order: z.int().min(0),
  is_published: z.boolean(),
});

const skillSchema = z.strictObject({
  id: id.max(SEED_IDS.skills),
  subject_id: id,
  grade_id: id,
  topic_id: id,
  code: z.string().regex(/^[A-Z]{1,2}\.[1-9]\d?$/),
  title: z.string().min(1).max(120),
  description: z.string().min(1).max(500),
  tags: z.array(slug).min(1).max(10),
  difficulty: z.int().min(1).max(5),
  example_url: z.url().nullable(),
  video_url: z.url().nullable(),
  is_published: z.boolean(),
  /** As their authors write them: `CCSS.MATH.CONTENT.5.NBT.B.5`. */
  standards: z.array(z.string().regex(/^[A-Z]+(\.[A-Z0-9]+)+$/)).max(30),
  /** The ids of the skills to have practised before. */
  prerequisites: z.array(id).max(50),
});

const shared = {
  id: id.max(SEED_IDS.questions),
  skill_id: id,
  prompt: z.string().min(5).max(500),
  explanation: z.string().max(600),
  level: z.int().min(1).max(5),
  /** An expression that gives the key again; `evaluate.ts` says in which language. */
  check: z.string().min(1).max(400),
};

const choicesData = z.strictObject({
  choices: z
    .array(z.strictObject({ id: choiceId, text: z.string().min(1).max(120) }))
    .min(2)
    .max(6),
});

const numericDataSchema = z.strictObject({
  tolerance: z.number().nonnegative().optional(),
  unit: z.string().min(1).max(20).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
});

const answerText = z.string().min(1).max(80);

export const questionSchema = z.discriminatedUnion("type", [
  z.strictObject({
    ...shared,
    type: z.literal("MCQ"),
    data: choicesData,
    correct_answer: z.strictObject({ choice: choiceId }),
  }),
  z.strictObject({
    ...shared,
    type: z.literal("MULTI_SELECT"),
    data: choicesData,
    correct_answer: z.strictObject({ choices: z.array(choiceId).min(1) }),
  }),
  z.strictObject({
    ...shared,
    type: z.literal("NUMERIC"),
    data: numericDataSchema,
    correct_answer: z.strictObject({ value: z.number() }),
  }),
  z.strictObject({
    ...shared,
    type: z.literal("TEXT"),
    data: z.strictObject({ placeholder: z.string().min(1).max(60).optional() }),
    correct_answer: z.strictObject({ text: answerText, accept: z.array(answerText).min(1).max(10).optional() }),
  }),
]);

/** A template as its file holds it: what the server keeps, and a key that is its own within the skill. */
const templateSchema = z
  .looseObject({ key: slug })
  .transform(({ key, ...body }) => ({ key, body }))
  .pipe(z.object({ key: slug, body: templateBodySchema }));

/** One file of `data/skills`. */
export const skillFileSchema = z.strictObject({
  skill: skillSchema,
  questions: z.array(questionSchema),
  templates: z.array(templateSchema).default([]),
});

export type Subject = z.infer<typeof subjectSchema>;
export type Grade = z.infer<typeof gradeSchema>;
export type Topic = z.infer<typeof topicSchema>;
export type Skill = z.infer<typeof skillSchema>;
export type CheckedQuestion = z.infer<typeof questionSchema>;
export type NumericData = z.infer<typeof numericDataSchema>;
export type SkillFile = z.infer<typeof skillFileSchema>;
/** With the name that it keeps for good. */
export type NamedSkill = Skill & { permacode: string };
export type Template = { id: string; skill_id: number; level: TemplateBody["level"]; body: TemplateBody };
/** With what names it in its skill. */
export type KeyedTemplate = Template & { key: string };

type WithoutCheck<Q> = Q extends CheckedQuestion ? Omit<Q, "check"> : never;
export type Question = WithoutCheck<CheckedQuestion>;

type Tables<Q, T> = {
  subjects: Subject[];
  grades: Grade[];
  topics: Topic[];
  skills: NamedSkill[];
  questions: Q[];
  templates: T[];
};

/** The rows to insert, parents before children. */
export type Catalog = Tables<Question, Template>;
/** The same with what proves each key. */
export type CheckedCatalog = Tables<CheckedQuestion, KeyedTemplate>;
