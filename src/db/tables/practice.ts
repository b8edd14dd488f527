import {
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { moment } from "../columns.ts";
import { skills } from "./catalog.ts";
import { users } from "./users.ts";

const studentId = () =>
  uuid()
    .notNull()
    .references(() => users.id, { onDelete: "cascade" });

const skillId = () =>
  integer()
    .notNull()
    .references(() => skills.id);

/** Active time, in milliseconds: whole seconds are made when it is shown, so that fractions add up. */
const activeMs = () => bigint({ mode: "number" }).notNull().default(0);

/** A practice session as its student's object last told it. */
export const practiceSessions = pgTable(
  "practice_sessions",
  {
    id: uuid().primaryKey(),
    studentId: studentId(),
    skillId: skillId(),
    startedAt: moment().notNull(),
    finishedAt: moment(),
    finishedReason: text({ enum: ["FINISHED", "MASTERED", "EXPIRED"] }),
    lastActivityAt: moment().notNull(),
    activeMs: activeMs(),
    inactivityThresholdSec: integer().notNull(),
    answered: integer().notNull(),
    correct: integer().notNull(),
    smartscore: smallint().notNull(),
    bestSmartscore: smallint().notNull(),
    streak: integer().notNull(),
    maxStreak: integer().notNull(),
    lastQuestionId: bigint({ mode: "number" }),
    /** What clients see as the session's `state`. */
    state: jsonb().$type<Record<string, unknown>>().notNull(),
  },
  (table) => [index("practice_sessions_student_idx").on(table.studentId, table.skillId, table.startedAt)],
);

/** One answered question, with the question as it stood. */
export const attempts = pgTable(
  "attempts",
  {
    id: uuid().primaryKey(),
    sessionId: uuid()
      .notNull()
      .references(() => practiceSessions.id, { onDelete: "cascade" }),
    studentId: studentId(),
    skillId: skillId(),
    /** No foreign key: questions made from templates have no row, and others may be deleted. */
    questionId: bigint({ mode: "number" }).notNull(),
    level: smallint().notNull(),
    question: jsonb().$type<{ type: string; prompt: string; data: Record<string, unknown> }>().notNull(),
    correctAnswer: jsonb().$type<Record<string, unknown>>().notNull(),
    submittedAnswer: jsonb().$type<Record<string, unknown>>().notNull(),
    isCorrect: boolean().notNull(),
    mistakeType: text(),
    answeredAt: moment().notNull(),
    /** The student's local day when it was answered. */
    day: date({ mode: "string" }).notNull(),
    timeSpentSec: integer().notNull(),
    smartscoreBefore: smallint().notNull(),
    smartscoreAfter: smallint().notNull(),
    changeReason: text().notNull(),
  },
  (table) => [
    index("attempts_session_idx").on(table.sessionId, table.answeredAt),
    index("attempts_student_idx").on(table.studentId, table.answeredAt),
    index("attempts_student_skill_idx").on(table.studentId, table.skillId, table.answeredAt),
  ],
);

/** A question that a student put aside unanswered: it costs no score. */
export const skips = pgTable(
  "skips",
  {
    studentId: studentId(),
    /** The event's number in the student's object. */
    seq: bigint({ mode: "number" }).notNull(),
    sessionId: uuid()
      .notNull()
      .references(() => practiceSessions.id, { onDelete: "cascade" }),
    questionId: bigint({ mode: "number" }).notNull(),
    skippedAt: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.studentId, table.seq] })],
);

/** What one student has come to on one skill. */
export const skillProgress = pgTable(
  "skill_progress",
  {
    studentId: studentId(),
    skillId: skillId(),
    bestSmartscore: smallint().notNull(),
    lastSmartscore: smallint().notNull(),
    questions: integer().notNull(),
    correct: integer().notNull(),
    activeMs: activeMs(),
    lastPracticedAt: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.studentId, table.skillId] })],
);

/** One student's totals of one of their local days. */
export const practiceDays = pgTable(
  "practice_days",
  {
    studentId: studentId(),
    day: date({ mode: "string" }).notNull(),
    questions: integer().notNull(),
    correct: integer().notNull(),
    activeMs: activeMs(),
  },
  (table) => [primaryKey({ columns: [table.studentId, table.day] })],
);

/** How far the record is with one student's events. */
export const practiceMarks = pgTable("practice_marks", {
  studentId: uuid()
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  /** The highest event number that has been applied. */
  drainedSeq: bigint({ mode: "number" }).notNull(),
  /** The time of the newest event that has been applied: reports are as of then. */
  asOf: moment().notNull(),
});
