import { type SQL, sql } from "drizzle-orm";

/**
 * The newest answers of a report that looks at no more than `most`, as the CTEs `newest` and `answered`, from a statement
 * that selects attempts. One more is read, which tells whether there are any: the part {@link olderAnswers} has it.
 */
export const newestAnswers = (attempts: SQL, most: number) => ({
  newest: sql`
    SELECT *, row_number() OVER (ORDER BY answered_at DESC, id DESC) AS place
    FROM (${attempts} ORDER BY answered_at DESC, id DESC LIMIT ${most + 1}) AS found`,
  answered: sql`SELECT * FROM newest WHERE place <= ${most}`,
});

/** A row where there is an answer that is not looked at. */
export const olderAnswers = (most: number): SQL => sql`SELECT place FROM newest WHERE place > ${most}`;

export type OlderAnswer = { place: number };
