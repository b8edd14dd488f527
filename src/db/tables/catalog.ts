import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  serial,
  smallint,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import { QUESTION_TYPES } from "../../practice/question.ts";

export const subjects = pgTable("subjects", {
  id: serial().primaryKey(),
  slug: text().notNull().unique(),
  title: text().notNull(),
});

export const grades = pgTable("grades", {
  id: serial().primaryKey(),
  /** −1 is Pre-K, 0 is Kindergarten. */
  number: smallint().notNull().unique(),
  title: text().notNull(),
});

export const topics = pgTable("topics", {
  id: serial().primaryKey(),
  slug: text().notNull().unique(),
  title: text().notNull(),
  description: text().notNull().default(""),
  icon: text().notNull().default(""),
  order: integer().notNull().default(0),
  isPublished: boolean().notNull().default(true),
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
  },
  (table) => [
    uniqueIndex("skills_code_key").on(table.subjectId, table.gradeId, table.code),
    index("skills_grade_idx").on(table.gradeId),
    index("skills_topic_idx").on(table.topicId),
    check("skills_difficulty_check", sql`${table.difficulty} between 1 and 5`),
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
  },
  (table) => [
    index("questions_skill_idx").on(table.skillId),
    check("questions_level_check", sql`${table.level} between 1 and 5`),
    // Ids from here on are those of questions made from templates.
    check("questions_id_check", sql`${table.id} < 1000000000`),
  ],
);

/** One row: a number that triggers raise with every statement that changes the catalog. */
export const catalogVersion = pgTable("catalog_version", {
  id: smallint().primaryKey(),
  version: bigint({ mode: "number" }).notNull(),
});
