import { parseArgs } from "node:util";
import { seed } from "../drizzle/seed/seed.ts";
import { countMigrations } from "./local/migrations.ts";
import { withOperatorDatabase } from "./local/operator-database.ts";
import { runCommand, say, step } from "./local/say.ts";

/** Puts the catalog, and with `--demo` the demo accounts, into the database of `DATABASE_URL`; any number of times. */
await runCommand(async () => {
  const { values } = parseArgs({ options: { demo: { type: "boolean", default: false } } });
  await withOperatorDatabase(async (database) => {
    const { known, applied } = await countMigrations(database);
    if (applied < known)
      throw new Error(`${known - applied} migrations are not applied yet: run \`npm run db:migrate\` first.`);
    await step("Catalog and accounts", async (note) => note(await seed(database, { demo: values.demo })));
    if (values.demo)
      say("  The password of the demo accounts, one of them an ADMIN, is published: never beside real pupils.");
  });
});
