import { readFile } from "node:fs/promises";
import type { Database } from "../platform/postgres/database.ts";

/** How many migrations there are and how many of them this database has had. */
export async function countMigrations(database: Database): Promise<{ known: number; applied: number }> {
  const journal = JSON.parse(await readFile("drizzle/meta/_journal.json", "utf8")) as { entries: unknown[] };
  const [table] = await database.query<{ exists: boolean }>(
    "select to_regclass('drizzle.__drizzle_migrations') is not null as exists",
  );
  if (table?.exists !== true) return { known: journal.entries.length, applied: 0 };
  const [row] = await database.query<{ applied: number }>(
    "select count(*)::int as applied from drizzle.__drizzle_migrations",
  );
  return { known: journal.entries.length, applied: row?.applied ?? 0 };
}
