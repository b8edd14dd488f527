import { date, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { moment } from "../columns.ts";
import { skills } from "./catalog.ts";
import { users } from "./users.ts";

/** Ribbons (at 70, 80, 90) and the medal (at 100) are of a skill; the others are milestones over all of them. */
export const AWARD_KINDS = ["RIBBON", "MEDAL", "QUESTIONS", "MINUTES", "SKILLS_MASTERED", "STREAK"] as const;

/** What a student has earned; each thing once. */
export const awards = pgTable(
  "awards",
  {
    id: uuid().primaryKey().defaultRandom(),
    studentId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    kind: text({ enum: AWARD_KINDS }).notNull(),
    /** Null for a milestone. */
    skillId: integer().references(() => skills.id, { onDelete: "cascade" }),
    /** The SmartScore, or how many questions, minutes, skills or days. */
    threshold: integer().notNull(),
    /** The moment of the answer that reached it. */
    earnedAt: moment().notNull(),
  },
  (table) => [
    unique("awards_once").on(table.studentId, table.kind, table.skillId, table.threshold).nullsNotDistinct(),
    index("awards_skill_idx").on(table.skillId),
  ],
);

export const CERTIFICATE_TYPES = ["EXCELLENCE", "MASTERY"] as const;

/** A certificate: one a student, skill and type, earned or awarded. */
export const certificates = pgTable(
  "certificates",
  {
    /** What its verification page is found by: random, 80 bits, upper-case hexadecimal. */
    code: text().primaryKey(),
    studentId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    skillId: integer()
      .notNull()
      .references(() => skills.id, { onDelete: "cascade" }),
    type: text({ enum: CERTIFICATE_TYPES }).notNull(),
    /** The name as it was when the certificate was made: what is printed and what the page shows. */
    studentName: text().notNull(),
    earnedAt: moment().notNull(),
    /** The student's local day of that: what is printed and what the page shows, wherever they live later. */
    day: date({ mode: "string" }).notNull(),
    /** Who gave it all the same; null where it was earned. */
    awardedBy: uuid().references(() => users.id, { onDelete: "set null" }),
    revokedAt: moment(),
    /** The last request that awarded it, as long as it holds: its repeat is told the same. */
    createKey: uuid().unique("certificates_create_key_unique"),
  },
  (table) => [
    unique("certificates_once").on(table.studentId, table.skillId, table.type),
    index("certificates_skill_idx").on(table.skillId),
  ],
);
