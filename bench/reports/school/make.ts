import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { hostOf } from "../../../dev/local/connection-string.ts";
import type { Step } from "../../../dev/local/say.ts";
import { migrateDatabase } from "../../../dev/platform/migrate.ts";
import { type Database, databaseOf, type Queryable } from "../../../dev/platform/postgres/database.ts";
import { openPostgres } from "../../../dev/platform/postgres/engine.ts";
import { seed } from "../../../drizzle/seed/seed.ts";
import { hashPassword } from "../../../src/auth/password-hash.ts";
import { CHANCE } from "./chance.ts";
import { people } from "./people.ts";
import { practice } from "./practice.ts";
import { questions } from "./questions.ts";
import { answersOnRecord, assignmentsOnRecord, sessionsOnRecord, totalsOnRecord } from "./record.ts";
import type { Size } from "./size.ts";

/** Of every account in the school. */
export const PASSWORD = "Password123!";
/** So that signing in costs the bench next to nothing. */
export const ARGON2 = { memoryKib: 64, iterations: 1 };

const PREFIX = "ascent_school_";
/** Where the day of a school is behind today by more, what reports call this week is empty, and it is made anew. */
const FRESH_DAYS = 3;
const CHUNKS = 20;

export type School = { readonly databaseUrl: string; readonly name: string };

/**
 * The database of a school of this size, in the Postgres of `adminUrl`: the one that was made before, as long as neither
 * its statements nor the migrations have changed, else a new one in place of older ones of the same kind.
 */
export async function openSchool(adminUrl: string, size: Size, step: Step): Promise<School> {
  const name = `${PREFIX}${Object.values(size).join("_")}`;
  const databaseUrl = Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href;
  const version = await versionOf(size);
  await withDatabase(adminUrl, async (admin) => {
    const [kept] = await admin.query<{ mark: string | null }>(
      "SELECT shobj_description(oid, 'pg_database') AS mark FROM pg_database WHERE datname = $1",
      [name],
    );
    if (kept?.mark?.startsWith(version) && isFresh(kept.mark)) return;
    await step(`Database ${hostOf(databaseUrl)}`, async () => {
      await admin.exec(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await admin.exec(`CREATE DATABASE ${name}`);
    });
    await withDatabase(databaseUrl, (database) => fill(database, size, step));
    await admin.exec(`COMMENT ON DATABASE ${name} IS '${version} ${today()}'`);
  });
  return { databaseUrl, name };
}

/** Leaves nothing of a school behind. */
export const dropSchool = (adminUrl: string, { name }: School): Promise<void> =>
  withDatabase(adminUrl, (admin) => admin.exec(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));

const today = () => new Date().toISOString().slice(0, 10);

const isFresh = (mark: string) => Date.now() - Date.parse(mark.slice(-10)) < FRESH_DAYS * 24 * 3600 * 1000;

async function versionOf(size: Size): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(size));
  for (const folder of [new URL("./", import.meta.url), new URL("../../../drizzle/", import.meta.url)]) {
    const names = (await readdir(folder)).filter((name) => /\.(ts|sql)$/.test(name)).sort();
    for (const name of names) hash.update(await readFile(new URL(name, folder)));
  }
  return hash.digest("hex").slice(0, 16);
}

async function withDatabase<Result>(url: string, work: (database: Database) => Promise<Result>): Promise<Result> {
  const engine = await openPostgres(url);
  try {
    return await work(databaseOf(engine.pool));
  } finally {
    await engine.close();
  }
}

/** Puts the school into an empty database. */
async function fill(database: Database, size: Size, step: Step): Promise<void> {
  await step("Migrations and catalog", async () => {
    await migrateDatabase(database);
    await seed(database, { demo: false });
  });
  const passwordHash = await hashPassword(PASSWORD, ARGON2);
  await database.transaction(async (school) => {
    const run = async (statements: readonly string[]) => {
      for (const statement of statements) await school.exec(statement);
    };
    await school.exec(CHANCE);
    await step("Students, teachers, parents, classes", () => run(people(size, passwordHash)));
    await step("What they practised", async (note) => {
      await run([...questions(size), ...practice(size)]);
      note(await counted(school));
    });
    await step("Sessions on record", () => run(sessionsOnRecord));
    for (let chunk = 0; chunk < CHUNKS; chunk++) {
      const [from, to] = [chunk, chunk + 1].map((part) => Math.round((part * size.students) / CHUNKS));
      await step(`Answers on record, ${chunk + 1} of ${CHUNKS}`, () => run([answersOnRecord(from ?? 0, to ?? 0)]));
    }
    await step("Totals and days", () => run(totalsOnRecord));
    await step("Assignments", () => run(assignmentsOnRecord(size.assignments, size.skills)));
    await step("Awards", async () => run(await awardsOnRecord()));
  });
  await step("Statistics for the planner", () => database.exec("VACUUM ANALYZE"));
}

async function counted(school: Queryable): Promise<string> {
  const [row] = await school.query<{ answers: string; sessions: string; right: string }>(
    `SELECT count(*) AS answers, count(DISTINCT session) AS sessions,
       round(100.0 * count(*) FILTER (WHERE is_correct) / count(*)) AS right FROM answers`,
  );
  return `${row?.answers} answers in ${row?.sessions} sessions, ${row?.right} % right`;
}

/**
 * What was practised before there were awards earned them in a migration, and certificates their days in a later one:
 * their statements do for a school, too.
 */
async function awardsOnRecord(): Promise<string[]> {
  const [awards, days] = await Promise.all(["0007_awards_before", "0011_certificate_day"].map(statementsOf));
  const earned = awards?.filter((statement) => /INSERT INTO/.test(statement)) ?? [];
  return ['ALTER TABLE "certificates" DROP COLUMN "day"', ...earned, ...(days ?? [])];
}

async function statementsOf(migration: string): Promise<string[]> {
  const text = await readFile(new URL(`../../../drizzle/${migration}.sql`, import.meta.url), "utf8");
  return text.split("--> statement-breakpoint");
}
