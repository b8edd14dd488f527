import { type SQL, sql } from "drizzle-orm";

/** So many answers it takes before their share of right ones says something. */
const ENOUGH_ANSWERS = 10;
const POOR_PERCENT = 60;
/** So far below its best is a falling score: the live view's rule. */
const FALL = 15;

/** Many answers of a period, and fewer than 60 % of them right. `row` is one of the figures of days. */
export const isStruggling = (row: SQL): SQL =>
  sql`(${row}.questions >= ${ENOUGH_ANSWERS} AND ${row}.correct * 100 < ${POOR_PERCENT} * ${row}.questions)`;

/** A score that ended the period 15 or more below the best that it began with or led to. */
export const isFalling = (row: SQL): SQL =>
  sql`(${row}.last_smartscore <= greatest(${row}.first_smartscore, ${row}.best_smartscore) - ${FALL})`;

/** The same in words, for the documentation. */
export const STRUGGLING_SAID = "10 answers or more of the period and fewer than 60 % right";
export const FALLING_SAID = "the score ended the period 15 or more below its best in it, its beginning included";
