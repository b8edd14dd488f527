import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, smallint, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { ROLES } from "../../http/roles.ts";
import { createdAt, moment } from "../columns.ts";

export const PLANS = ["FREE", "PREMIUM"] as const;

export const users = pgTable(
  "users",
  {
    id: uuid().primaryKey(),
    /** Null for a pupil whose account a teacher made. */
    email: text(),
    username: text(),
    /** Argon2id, encoded: `$argon2id$v=19$…`. Of a first password it is made at the first sign-in with it, and null until then. */
    passwordHash: text(),
    /** Of a password that the server made: what it can be made from again, with a server key, to print it. Null once somebody chose their own. */
    firstPasswordKey: text(),
    fullName: text().notNull(),
    role: text({ enum: ROLES }).notNull(),
    isActive: boolean().notNull().default(true),
    /** −1 (Pre-K) to 12, for a STUDENT. */
    gradeLevel: smallint(),
    school: text(),
    /** IANA name; null means: that of the oldest open classroom, else UTC. */
    timeZone: text(),
    plan: text({ enum: PLANS }).notNull().default("FREE"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("users_email_key").on(sql`lower(${table.email})`),
    uniqueIndex("users_username_key").on(sql`lower(${table.username})`),
    check("users_password", sql`${table.passwordHash} is not null or ${table.firstPasswordKey} is not null`),
  ],
);

/** One sign-in and all refresh tokens that descend from it. */
export const refreshFamilies = pgTable(
  "refresh_families",
  {
    id: uuid().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** Which of TOKEN_SECRET's secrets derives this family's tokens. */
    secretId: text().notNull(),
    /** The newest generation that a client has shown: it and its successor are good, what came before is not. */
    usedGeneration: integer().notNull().default(0),
    createdAt: createdAt(),
    expiresAt: moment().notNull(),
    endedAt: moment(),
  },
  (table) => [index("refresh_families_user_idx").on(table.userId)],
);

export const refreshTokens = pgTable(
  "refresh_tokens",
  {
    /** SHA-256 of the token, base64url: the token itself is kept nowhere. */
    tokenHash: text().primaryKey(),
    familyId: uuid()
      .notNull()
      .references(() => refreshFamilies.id, { onDelete: "cascade" }),
    generation: integer().notNull(),
  },
  (table) => [index("refresh_tokens_family_idx").on(table.familyId)],
);
