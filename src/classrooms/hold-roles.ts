import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { users } from "../db/tables.ts";

/**
 * The statement that keeps the roles of these people (a subquery of ids) as they are until its transaction ends. What makes
 * somebody something in a role runs it before it looks at that: a change of the role waits, and then ends what was made.
 */
export const holdRoles = (query: Database["query"], people: SQL) =>
  query.execute(sql`select from ${users} where ${users.id} in (${people}) order by ${users.id} for share`);
