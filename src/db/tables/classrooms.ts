import { index, integer, pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "../columns.ts";
import { grades, skills } from "./catalog.ts";
import { users } from "./users.ts";

export const classrooms = pgTable(
  "classrooms",
  {
    id: uuid().primaryKey(),
    teacherId: uuid()
      .notNull()
      .references(() => users.id),
    title: text().notNull(),
    gradeId: integer()
      .notNull()
      .references(() => grades.id),
    /** IANA name: the days of students who have set none of their own. */
    timeZone: text(),
    createdAt: createdAt(),
    archivedAt: moment(),
  },
  (table) => [index("classrooms_teacher_idx").on(table.teacherId)],
);

export const enrolments = pgTable(
  "enrolments",
  {
    classroomId: uuid()
      .notNull()
      .references(() => classrooms.id, { onDelete: "cascade" }),
    studentId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    enrolledAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.classroomId, table.studentId] }),
    index("enrolments_student_idx").on(table.studentId),
  ],
);

export const assignments = pgTable(
  "assignments",
  {
    id: uuid().primaryKey(),
    classroomId: uuid()
      .notNull()
      .references(() => classrooms.id, { onDelete: "cascade" }),
    skillId: integer()
      .notNull()
      .references(() => skills.id),
    dueAt: moment(),
    targetSmartscore: smallint().notNull().default(80),
    assignedAt: createdAt(),
  },
  (table) => [index("assignments_classroom_idx").on(table.classroomId)],
);
