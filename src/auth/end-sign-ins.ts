import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { refreshFamilies } from "../db/tables/users.ts";

/** The statement that ends an account's sign-ins, all of them or those that `only` says; one that has ended stays so. */
export const endSignIns = (query: Database["query"], userId: string, only?: SQL) =>
  query
    .update(refreshFamilies)
    .set({ endedAt: sql`now()` })
    .where(and(eq(refreshFamilies.userId, userId), isNull(refreshFamilies.endedAt), only));
