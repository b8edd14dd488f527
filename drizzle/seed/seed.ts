import { createHash } from "node:crypto";
import type { Database, Queryable } from "../../dev/platform/postgres/database.ts";
import { type Json, rowsOfJson } from "../../src/admin/import/kinds.ts";
import { bringUpToDate, importTrusted } from "../../src/admin/import/seed-rows.ts";
import type { Run } from "../../src/admin/import/statements.ts";
import { type Catalog, loadCatalog } from "./catalog.ts";
import { SEED_IDS } from "./schema.ts";
import { seedDemo } from "./seed-demo.ts";

/**
 * Puts the seed catalog, and where `demo` says so the demo accounts and their class, into a migrated database; resolves with
 * what is there, in words. A catalog that has been seeded from the same data is left as it is, changes by hand included;
 * where the data has changed, its rows are brought up to date; rows that it does not know stay, and skills that were deleted stay away.
 */
export async function seed(database: Database, { demo }: { readonly demo: boolean }): Promise<string> {
  const catalog = await loadCatalog();
  const text = JSON.stringify(catalog);
  const mark = `seed ${createHash("sha256").update(text).digest("hex")}`;
  await database.transaction(async (transaction) => {
    // One seed at a time: the row is locked until the transaction ends.
    await transaction.query("select version from catalog_version for update");
    if ((await seededFrom(transaction)) === mark) return;
    await importCatalog(transaction, catalog);
    await transaction.exec(`comment on table catalog_version is '${mark}'`);
  });
  const accounts = demo ? await seedDemo(database) : undefined;
  const { skills, questions, templates } = catalog;
  const counts = `${skills.length} skills, ${questions.length} questions, ${templates.length} templates`;
  return `${counts}${accounts === undefined ? "" : `, ${accounts}`}`;
}

/** Every row with the id that its file gives it, by the importer of the admin's routes; a skill that somebody deleted stays away. */
async function importCatalog(transaction: Queryable, catalog: Catalog): Promise<void> {
  const run = runOn(transaction);
  for (const table of ["subjects", "grades", "topics"] as const) await bringUpToDate(run, table, catalog[table]);
  const gone = await deletedSkills(transaction);
  const kept = catalog.skills.filter(({ permacode }) => !gone.has(permacode));
  const ids = new Set(kept.map(({ id }) => id));
  // What is missing, the catalog's check says.
  const skills = kept.map((skill) => ({ ...skill, prerequisites: skill.prerequisites.filter((id) => ids.has(id)) }));
  const questions = catalog.questions.filter(({ skill_id }) => ids.has(skill_id));
  const templates = catalog.templates.filter(({ skill_id }) => ids.has(skill_id));
  await importTrusted(run, {
    skills: rowsOfJson(skills),
    questions: rowsOfJson(questions),
    templates: rowsOfJson(templates.map(({ id, skill_id, body }) => ({ id, skill_id, template: body }))),
  });
  for (const [table, last] of Object.entries(SEED_IDS)) {
    const sequence = `${table}_id_seq`;
    await transaction.query(`select setval('${sequence}', $1) from ${sequence} where last_value < $1`, [last]);
  }
}

/** The permacodes of skills that are gone, none of which can come again. */
async function deletedSkills(transaction: Queryable): Promise<ReadonlySet<string>> {
  const rows = await transaction.query<{ permacode: string }>(
    "select permacode from permacodes where permacode not in (select permacode from skills)",
  );
  return new Set(rows.map(({ permacode }) => permacode));
}

const runOn =
  (transaction: Queryable): Run =>
  async (statements) => {
    const results: Json[][] = [];
    for (const { text, params } of statements) results.push(await transaction.query<Json>(text, params));
    return results;
  };

/** What the catalog was last seeded from: a comment on its version, which a dump carries along. */
async function seededFrom(transaction: Queryable): Promise<string | null | undefined> {
  const [row] = await transaction.query<{ mark: string | null }>(
    "select obj_description('catalog_version'::regclass, 'pg_class') as mark",
  );
  return row?.mark;
}
