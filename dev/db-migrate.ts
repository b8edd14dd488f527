import { countMigrations } from "./local/migrations.ts";
import { withOperatorDatabase } from "./local/operator-database.ts";
import { runCommand, step } from "./local/say.ts";
import { migrateDatabase } from "./platform/migrate.ts";

/** Brings the database of `DATABASE_URL` up to date, in one transaction. */
await runCommand(() =>
  withOperatorDatabase((database) =>
    step("Migrations", async (note) => {
      const before = await countMigrations(database);
      await migrateDatabase(database);
      const { applied } = await countMigrations(database);
      note(`${applied - before.applied} applied, ${applied} in all`);
    }),
  ),
);
