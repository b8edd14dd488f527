import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  serial,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { QUESTION_TYPES } from "../../practice/question.ts";
import { createdAt, moment } from "../columns.ts";

/** The identity of the request that made a row: it comes again where its client repeats it, and meets its own row. */
const createKey = (table: string) => uuid().unique(`${table}_create_key_unique`);

export const subjects = pgTable("subjects", {
  id: serial().primaryKey(),
  slug: text().notNull().unique(),
  title: text().notNull(),
  createKey: createKey("subjects"),
});

export const grades = pgTable("grades", {
  id: serial().primaryKey(),
  /** −1 is Pre-K, 0 is Kindergarten. */
  number: smallint().notNull().unique(),
  title: text().notNull(),
  createKey: createKey("grades"),
});

export const topics = pgTable("topics", {
  id: serial().primaryKey(),
  slug: text().notNull().unique(),
  title: text().notNull(),
  description: text().notNull().default(""),
  icon: text().notNull().default(""),
  order: integer().notNull().default(0),
  isPublished: boolean().notNull().default(true),
  createKey: createKey("topics"),
});

export const skills = pgTable(
  "skills",
  {
    id: serial().primaryKey(),
    subjectId: integer()
      .notNull()
      .references(() => subjects.id),
    gradeId: integer()
      .notNull()
      .references(() => grades.id),
    topicId: integer().references(() => topics.id),
    code: text().notNull(),
    title: text().notNull(),
    description: text().notNull().default(""),
    tags: text().array().notNull().default([]),
    difficulty: smallint().notNull().default(1),
    exampleUrl: text(),
    videoUrl: text(),
    isPublished: boolean().notNull().default(true),
    /** Names the skill for good, whatever becomes of its code. Made by a trigger where it is not given; see {@link permacodes}. */
    permacode: text().notNull().default("").unique(),
    /** The standards it is aligned with, as their authors write them: `CCSS.MATH.CONTENT.5.NBT.B.5`. */
    standards: text().array().notNull().default([]),
    createKey: createKey("skills"),
  },
  (table) => [
    uniqueIndex("skills_code_key").on(table.subjectId, table.gradeId, table.code),
    index("skills_grade_idx").on(table.gradeId),
    index("skills_topic_idx").on(table.topicId),
    index("skills_standards_idx").using("gin", table.standards),
    check("skills_difficulty_check", sql`${table.difficulty} between 1 and 5`),
  ],
);

/** Every permacode that a skill has ever had, by a trigger: one that is here is never given again. */
export const permacodes = pgTable("permacodes", { permacode: text().primaryKey() });

/** What to have practised before a skill. A trigger keeps it free of cycles. */
export const skillPrerequisites = pgTable(
  "skill_prerequisites",
  {
    skillId: integer()
      .notNull()
      .references(() => skills.id, { onDelete: "cascade" }),
    prerequisiteId: integer()
      .notNull()
      .references(() => skills.id),
  },
  (table) => [
    primaryKey({ columns: [table.skillId, table.prerequisiteId] }),
    index("skill_prerequisites_of_idx").on(table.prerequisiteId),
  ],
);

export const questions = pgTable(
  "questions",
  {
    id: serial().primaryKey(),
    skillId: integer()
      .notNull()
      .references(() => skills.id),
    type: text({ enum: QUESTION_TYPES }).notNull(),
    prompt: text().notNull(),
    data: jsonb().$type<Record<string, unknown>>().notNull(),
    correctAnswer: jsonb().$type<Record<string, unknown>>().notNull(),
    explanation: text().notNull().default(""),
    level: smallint().notNull(),
    createKey: createKey("questions"),
  },
  (table) => [
    index("questions_skill_idx").on(table.skillId),
    check("questions_level_check", sql`${table.level} between 1 and 5`),
    // Ids from here on are those of questions made from templates.
    check("questions_id_check", sql`${table.id} < 1000000000`),
  ],
);

/** Questions that are rules. Its id is that of the request that made it, so that a repeat meets its own row. */
export const questionTemplates = pgTable(
  "question_templates",
  {
    id: uuid().primaryKey(),
    skillId: integer()
      .notNull()
      .references(() => skills.id),
    /** As `parseTemplate` reads it; only what it and `validateTemplate` let pass is kept. */
    body: jsonb().$type<Record<string, unknown>>().notNull(),
    /** The body's own. */
    level: smallint().notNull().generatedAlwaysAs(sql`((body ->> 'level')::smallint)`),
    createdAt: createdAt(),
    /** Set by a trigger, where a change is one. */
    updatedAt: moment().notNull().defaultNow(),
  },
  (table) => [
    index("question_templates_skill_idx").on(table.skillId),
    check("question_templates_level_check", sql`${table.level} between 1 and 5`),
  ],
);

/** One row: a number that triggers raise with every statement that changes the catalog. */
export const catalogVersion = pgTable("catalog_version", {
  id: smallint().primaryKey(),
  version: bigint({ mode: "number" }).notNull(),
});
