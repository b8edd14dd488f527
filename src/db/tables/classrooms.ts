import { bigint, index, integer, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "../columns.ts";
import { grades, skills } from "./catalog.ts";
import { users } from "./users.ts";

const classroomId = () =>
  uuid()
    .notNull()
    .references(() => classrooms.id, { onDelete: "cascade" });

const userId = () =>
  uuid()
    .notNull()
    .references(() => users.id, { onDelete: "cascade" });

export const classrooms = pgTable(
  "classrooms",
  {
    id: uuid().primaryKey(),
    /** Its owner; further teachers are in `classroom_teachers`. */
    teacherId: uuid()
      .notNull()
      .references(() => users.id),
    title: text().notNull(),
    gradeId: integer()
      .notNull()
      .references(() => grades.id),
    /** IANA name: the days of students who have set none of their own. */
    timeZone: text(),
    /** What a student types to join; null where it was taken back. */
    joinCode: text(),
    createdAt: createdAt(),
    archivedAt: moment(),
  },
  (table) => [
    index("classrooms_teacher_idx").on(table.teacherId),
    uniqueIndex("classrooms_join_code_key").on(table.joinCode),
  ],
);

/** Who teaches a class beside its owner: they may do all but archive it and add teachers. */
export const classroomTeachers = pgTable(
  "classroom_teachers",
  { classroomId: classroomId(), teacherId: userId(), addedAt: createdAt() },
  (table) => [
    primaryKey({ columns: [table.classroomId, table.teacherId] }),
    index("classroom_teachers_teacher_idx").on(table.teacherId),
  ],
);

export const enrolments = pgTable(
  "enrolments",
  { classroomId: classroomId(), studentId: userId(), enrolledAt: createdAt() },
  (table) => [
    primaryKey({ columns: [table.classroomId, table.studentId] }),
    index("enrolments_student_idx").on(table.studentId),
  ],
);

export const classroomGroups = pgTable(
  "classroom_groups",
  { id: uuid().primaryKey(), classroomId: classroomId(), title: text().notNull(), createdAt: createdAt() },
  (table) => [index("classroom_groups_classroom_idx").on(table.classroomId)],
);

/** Members are students of the class: who leaves the class leaves its groups. */
export const groupMembers = pgTable(
  "group_members",
  {
    groupId: uuid()
      .notNull()
      .references(() => classroomGroups.id, { onDelete: "cascade" }),
    studentId: userId(),
  },
  (table) => [
    primaryKey({ columns: [table.groupId, table.studentId] }),
    index("group_members_student_idx").on(table.studentId),
  ],
);

/** Whom an assignment is for: the class or a group as they stand and grow, or students chosen once. */
export const AUDIENCES = ["CLASS", "GROUP", "STUDENTS"] as const;

export const assignments = pgTable(
  "assignments",
  {
    id: uuid().primaryKey(),
    classroomId: classroomId(),
    skillId: integer()
      .notNull()
      .references(() => skills.id),
    dueAt: moment(),
    targetSmartscore: smallint().notNull().default(80),
    /** Answers count from then on. */
    assignedAt: createdAt(),
    /** The assignments of several skills that were given at once share one. */
    setId: uuid(),
    audience: text({ enum: AUDIENCES }).notNull().default("CLASS"),
    /** Null again where the group is deleted: the assignment stays with those who have it. */
    groupId: uuid().references(() => classroomGroups.id, { onDelete: "set null" }),
  },
  (table) => [
    index("assignments_classroom_idx").on(table.classroomId),
    index("assignments_group_idx").on(table.groupId),
    index("assignments_skill_idx").on(table.skillId),
  ],
);

/**
 * One student's work on one assignment, a row from the moment it is theirs; the drain moves it with every answer.
 * NOT_STARTED: no question and no time; COMPLETED: `completed_at` is set, and stays; else IN_PROGRESS.
 */
export const assignedWork = pgTable(
  "assigned_work",
  {
    assignmentId: uuid()
      .notNull()
      .references(() => assignments.id, { onDelete: "cascade" }),
    studentId: userId(),
    /** The assignment's: the drain finds a student's work by skill. */
    skillId: integer()
      .notNull()
      .references(() => skills.id),
    /** The best and the last SmartScore that an answer has led to since it was assigned. */
    bestSmartscore: smallint().notNull().default(0),
    lastSmartscore: smallint().notNull().default(0),
    questions: integer().notNull().default(0),
    activeMs: bigint({ mode: "number" }).notNull().default(0),
    completedAt: moment(),
    lastActivityAt: moment(),
  },
  (table) => [
    primaryKey({ columns: [table.assignmentId, table.studentId] }),
    index("assigned_work_student_idx").on(table.studentId, table.skillId),
  ],
);

/** Whose parent somebody is: they see what the student sees. */
export const guardians = pgTable(
  "guardians",
  { parentId: userId(), studentId: userId(), linkedAt: createdAt() },
  (table) => [
    primaryKey({ columns: [table.parentId, table.studentId] }),
    index("guardians_student_idx").on(table.studentId),
  ],
);

/** An invitation that links the PARENT who shows it to a student, once. */
export const parentCodes = pgTable(
  "parent_codes",
  {
    /** SHA-256 of the code, base64url: the code itself is kept nowhere. */
    codeHash: text().primaryKey(),
    studentId: userId(),
    createdBy: userId(),
    createdAt: createdAt(),
    expiresAt: moment().notNull(),
    usedAt: moment(),
    usedBy: uuid().references(() => users.id, { onDelete: "cascade" }),
  },
  (table) => [index("parent_codes_student_idx").on(table.studentId)],
);
