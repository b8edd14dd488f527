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

/** How a session came to its end: the student ended it, mastered the skill, or stayed away. */
export const FINISHED_REASONS = ["FINISHED", "MASTERED", "EXPIRED"] as const;

/** A practice session as its student's object last told it. */
export const practiceSessions = pgTable(
  "practice_sessions",
  {
    id: uuid().primaryKey(),
    studentId: studentId(),
    skillId: skillId(),
    startedAt: moment().notNull(),
    finishedAt: moment(),
    finishedReason: text({ enum: FINISHED_REASONS }),
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
  (table) => [
    index("practice_sessions_student_idx").on(table.studentId, table.skillId, table.startedAt),
    index("practice_sessions_student_activity_idx").on(table.studentId, table.lastActivityAt),
    index("practice_sessions_skill_idx").on(table.skillId),
  ],
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
    /** Active time that this answer added to its session. */
    activeMs: activeMs(),
    smartscoreBefore: smallint().notNull(),
    smartscoreAfter: smallint().notNull(),
    /** Why the score moved as it did, for machines and as the student read it. */
    changeReason: text().notNull(),
    changeMessage: text().notNull().default(""),
    /** The template that made the question; null where it is a stored one. */
    templateId: uuid(),
  },
  (table) => [
    index("attempts_skill_idx").on(table.skillId, table.answeredAt),
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
  (table) => [
    primaryKey({ columns: [table.studentId, table.skillId] }),
    index("skill_progress_skill_idx").on(table.skillId),
  ],
);

/** One student's totals on one skill on one of their local days: what every report of a period adds up. */
export const practiceDays = pgTable(
  "practice_days",
  {
    studentId: studentId(),
    day: date({ mode: "string" }).notNull(),
    skillId: skillId(),
    questions: integer().notNull(),
    correct: integer().notNull(),
    activeMs: activeMs(),
    /** The SmartScore before the day's first answer and after its last, and the best that one led to; null without answers. */
    firstSmartscore: smallint(),
    lastSmartscore: smallint(),
    bestSmartscore: smallint(),
    /** The last answer or credit of the day. */
    lastPracticedAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.studentId, table.day, table.skillId] }),
    index("practice_days_skill_idx").on(table.skillId),
  ],
);

/** How far the record is with one student's events. */
export const practiceMarks = pgTable("practice_marks", {
  studentId: uuid()
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  /** The highest event number that has been applied. */
  drainedSeq: bigint({ mode: "number" }).notNull(),
  /** Which event that number stands for, by the session, the kind and the moment: an older state of the object has another. */
  lastEvent: text(),
  /** The time of the newest event that has been applied: reports are as of then. Null as long as there is none. */
  asOf: moment(),
});
