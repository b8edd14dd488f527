import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { getTableName, is } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import * as tables from "../../src/db/tables.ts";
import { claim } from "../platform/claim.ts";
import { type Database, databaseOf } from "../platform/postgres/database.ts";
import { openPostgres } from "../platform/postgres/engine.ts";

export type Kept = {
  /** Where the embedded Postgres keeps its data in a folder `postgres`. */
  readonly dir: string;
  /** Where the objects' storage is. */
  readonly objectsDir: string;
  /** The real Postgres that is used in place of the embedded one. */
  readonly databaseUrl: string | undefined;
};

/**
 * Forgets the database and the objects together: one without the other would not agree. Rejects while they are in use, and
 * where a real Postgres holds tables that are not ours.
 */
export async function startOver({ dir, objectsDir, databaseUrl }: Kept): Promise<void> {
  const postgres = join(dir, "postgres");
  const releases: (() => Promise<void>)[] = [];
  try {
    for (const folder of [postgres, objectsDir]) {
      await mkdir(dirname(folder), { recursive: true });
      releases.push(await claim(folder));
    }
    if (databaseUrl === undefined) await rm(postgres, { recursive: true, force: true });
    else await emptyDatabase(databaseUrl);
    await rm(objectsDir, { recursive: true, force: true });
  } finally {
    for (const release of releases) await release();
  }
}

async function emptyDatabase(url: string): Promise<void> {
  const engine = await openPostgres(url);
  try {
    const database = databaseOf(engine.pool);
    const others = await foreignTables(database);
    if (others.length > 0) {
      throw new Error(
        `LOCAL_DATABASE_URL holds tables that are not Ascent's (${others.join(", ")}), so it is not emptied: name another database.`,
      );
    }
    await database.exec("drop schema public cascade; drop schema if exists drizzle cascade; create schema public");
  } finally {
    await engine.close();
  }
}

async function foreignTables(database: Database): Promise<string[]> {
  const ours = new Set<string>(
    Object.values(tables).flatMap((table) => (is(table, PgTable) ? [getTableName(table)] : [])),
  );
  const there = await database.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' order by 1",
  );
  return there.map(({ name }) => name).filter((name) => !ours.has(name));
}
