import { type SQL, sql } from "drizzle-orm";

/** A subquery of the ids in a list, one column, as one parameter however long it is. */
export const idsIn = (ids: readonly string[]): SQL =>
  sql`select value::uuid as id from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)`;
