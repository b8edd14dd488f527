import { createHash } from "node:crypto";
import type { Database, Queryable } from "../../dev/platform/postgres/database.ts";
import { type Catalog, loadCatalog, type Skill } from "./catalog.ts";
import { seedDemo } from "./seed-demo.ts";

/** The columns of each table of the catalog, with the types that `jsonb_to_recordset` gives them; parents before children. */
const TABLES = {
  subjects: { id: "integer", slug: "text", title: "text" },
  grades: { id: "integer", number: "smallint", title: "text" },
  topics: {
    id: "integer",
    slug: "text",
    title: "text",
    description: "text",
    icon: "text",
    order: "integer",
    is_published: "boolean",
  },
  skills: {
    id: "integer",
    subject_id: "integer",
    grade_id: "integer",
    topic_id: "integer",
    code: "text",
    title: "text",
    description: "text",
    tags: "text[]",
    difficulty: "smallint",
    example_url: "text",
    video_url: "text",
    is_published: "boolean",
    permacode: "text",
    standards: "text[]",
  },
  questions: {
    id: "integer",
    skill_id: "integer",
    type: "text",
    prompt: "text",
    data: "jsonb",
    correct_answer: "jsonb",
    explanation: "text",
    level: "smallint",
  },
} as const satisfies {
  [Table in keyof Omit<Catalog, "templates">]: Record<Exclude<keyof Catalog[Table][number], "prerequisites">, string>;
};

const TABLE_NAMES = ["subjects", "grades", "topics", "skills", "questions"] as const satisfies (keyof typeof TABLES)[];

/**
 * Puts the seed catalog, and where `demo` says so the demo accounts and their class, into a migrated database; resolves with
 * what is there, in words. A catalog that has been seeded from the same data is left as it is, changes by hand included;
 * where the data has changed, its rows are brought up to date, and rows that it does not know stay.
 */
export async function seed(database: Database, { demo }: { readonly demo: boolean }): Promise<string> {
  const catalog = await loadCatalog();
  const text = JSON.stringify(catalog);
  const mark = `seed ${createHash("sha256").update(text).digest("hex")}`;
  await database.transaction(async (transaction) => {
    // One seed at a time: the row is locked until the transaction ends.
    await transaction.query("select version from catalog_version for update");
    if ((await seededFrom(transaction)) === mark) return;
    for (const table of TABLE_NAMES) await bringUpToDate(transaction, table, catalog[table]);
    await addPrerequisites(transaction, catalog.skills);
    await transaction.exec(`comment on table catalog_version is '${mark}'`);
  });
  const accounts = demo ? await seedDemo(database) : undefined;
  const { skills, questions } = catalog;
  return `${skills.length} skills, ${questions.length} questions${accounts === undefined ? "" : `, ${accounts}`}`;
}

/** Those of skills that are there; what is missing, the catalog's check says. */
async function addPrerequisites(transaction: Queryable, skills: readonly Skill[]): Promise<void> {
  const pairs = skills.flatMap(({ id, prerequisites }) =>
    prerequisites.map((prerequisite) => ({ skill_id: id, prerequisite_id: prerequisite })),
  );
  const wanted =
    "select skill_id, prerequisite_id from jsonb_to_recordset($1::jsonb) as wanted (skill_id integer, prerequisite_id integer)" +
    " where prerequisite_id in (select id from skills)";
  await transaction.query(
    `insert into skill_prerequisites (skill_id, prerequisite_id) ${wanted} on conflict do nothing`,
    [JSON.stringify(pairs)],
  );
}

/** What the catalog was last seeded from: a comment on its version, which a dump carries along. */
async function seededFrom(transaction: Queryable): Promise<string | null | undefined> {
  const [row] = await transaction.query<{ mark: string | null }>(
    "select obj_description('catalog_version'::regclass, 'pg_class') as mark",
  );
  return row?.mark;
}

/** Inserts what is missing and updates what differs; says nothing to the table where nothing does, since that raises its version. */
async function bringUpToDate(
  transaction: Queryable,
  table: (typeof TABLE_NAMES)[number],
  rows: readonly object[],
): Promise<void> {
  const names = Object.keys(TABLES[table]).map((name) => `"${name}"`);
  const typed = Object.entries(TABLES[table]).map(([name, type]) => `"${name}" ${type}`);
  const wanted = `select ${names.join(", ")} from jsonb_to_recordset($1::jsonb) as wanted (${typed.join(", ")})`;
  const differing = `${wanted} except select ${names.join(", ")} from "${table}"`;
  const parameters = [JSON.stringify(rows)];

  const [difference] = await transaction.query<{ exists: boolean }>(`select exists (${differing})`, parameters);
  if (difference?.exists !== true) return;
  const updates = names.filter((name) => name !== '"id"').map((name) => `${name} = excluded.${name}`);
  await transaction.query(
    `insert into "${table}" (${names.join(", ")}) ${differing} on conflict (id) do update set ${updates.join(", ")}`,
    parameters,
  );
  await transaction.query(`select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from "${table}"))`);
}
