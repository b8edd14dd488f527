import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { APPLY_FUNCTION } from "../../src/practice/record/apply-function.ts";
import { type Database, withClient } from "./postgres/database.ts";

const MIGRATIONS = fileURLToPath(new URL("../../drizzle", import.meta.url));

/** Any number, the same in every run, that nothing else locks. */
const ONE_AT_A_TIME = 7_202_611_220;

/**
 * Applies the migrations of `folder` (drizzle-kit's format, the project's own by default) that `database` has not had, all in one transaction, and
 * records them as drizzle does; then makes the function that applies students' events, where it is not there. Runs any number of times; of two at once the second waits and finds nothing to do.
 */
export function migrateDatabase(database: Database, folder = MIGRATIONS): Promise<void> {
  return withClient(database.pool, async (client) => {
    await client.query("select pg_advisory_lock($1)", [ONE_AT_A_TIME]);
    try {
      await migrate(drizzle(client), { migrationsFolder: folder });
      await client.query(APPLY_FUNCTION.definition);
    } finally {
      await client.query("select pg_advisory_unlock($1)", [ONE_AT_A_TIME]);
    }
  });
}
