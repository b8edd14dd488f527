import { type Database, databaseOf } from "../platform/postgres/database.ts";
import { openPostgres } from "../platform/postgres/engine.ts";
import { hostOf, operatorUrl } from "./connection-string.ts";
import { say } from "./say.ts";
import { chosenVariables } from "./settings.ts";

/** Runs `work` on the Postgres that `DATABASE_URL` names, in the environment or in .dev.vars, over TCP; rejects where it names none. */
export async function withOperatorDatabase<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
  const { DATABASE_URL: url } = await chosenVariables();
  if (url === undefined) {
    throw new Error(
      "DATABASE_URL is missing: name the database in the environment or in .dev.vars, as postgres://… \n(npm run dev, platform and serve look after their own.)",
    );
  }
  say(`Postgres at ${hostOf(url)}`);
  return withDatabaseAt(url, work);
}

/** Runs `work` on the Postgres at `url`, over TCP. */
export async function withDatabaseAt<Result>(
  url: string,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const engine = await openPostgres(operatorUrl(url));
  try {
    return await work(databaseOf(engine.pool));
  } finally {
    await engine.close();
  }
}
