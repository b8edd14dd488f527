import type { Json } from "./kinds.ts";

/** SQL that needs nothing but a connection: the Worker sends it over HTTP, the seed over its own transaction. */
export type Statement = { readonly text: string; readonly params: readonly (string | number)[] };

/** Runs statements one after the other in one transaction, and gives the rows of each. */
export type Run = (statements: readonly Statement[]) => Promise<readonly (readonly Json[])[]>;

/** The columns that are written, `id` apart. */
const COLUMNS = {
  subjects: ["slug", "title"],
  grades: ["number", "title"],
  topics: ["slug", "title", "description", "icon", "order", "is_published"],
  skills: [
    "subject_id",
    "grade_id",
    "topic_id",
    "code",
    "title",
    "description",
    "tags",
    "difficulty",
    "example_url",
    "video_url",
    "is_published",
    "standards",
  ],
  questions: ["skill_id", "type", "prompt", "data", "correct_answer", "explanation", "level"],
  question_templates: ["skill_id", "body"],
} as const;

export type CatalogTable = keyof typeof COLUMNS;

/** A row to be found: by its id, else by what makes it the same one; `wanted` has those columns that are given. */
export type WantedRow = { readonly row: number; readonly id?: number | string | undefined; readonly wanted: Json };

/** A row that is to be changed to what is wanted, column by column. */
export type ChangedRow = { readonly id: number | string; readonly wanted: Json };

/** By what a row without an id is taken for one that is there: what a student sees of it. */
const SAME: Partial<Record<CatalogTable, string>> = {
  questions: `current.skill_id = (wanted ->> 'skill_id')::integer and current.type = wanted ->> 'type'
    and current.prompt = wanted ->> 'prompt' and current.data = wanted -> 'data'`,
  question_templates: `current.skill_id = (wanted ->> 'skill_id')::integer
    and current.level = (wanted -> 'body' ->> 'level')::smallint
    and current.body ->> 'type' = wanted -> 'body' ->> 'type'
    and current.body ->> 'prompt' = wanted -> 'body' ->> 'prompt'
    and current.body -> 'variables' = wanted -> 'body' -> 'variables'`,
};

/** Longer texts are cut in a report. */
const REPORTED_CHARACTERS = 120;
/** Well below the 10 MB that Neon takes and gives at once. */
const MAX_PARAMETER_CHARACTERS = 3_000_000;

/**
 * Hash joins: the planner takes a list in a parameter for a hundred rows and would go through the table for each. What it
 * then thinks the rest costs would have every statement compiled, which takes longer than to run it.
 */
export const JOIN_SETS: Statement = {
  text: "select set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true)",
  params: [],
};

/**
 * Of rows that are there: `{row, id, skill_id, changes}`, where `changes` are the columns, and the parts of a template, that
 * are not as wanted. Rows that are not there are not among them.
 */
export function findRows(table: CatalogTable, rows: readonly WantedRow[]): Statement[] {
  const same = SAME[table];
  const matched = same
    ? `select row, wanted, id from given where id is not null
       union all
       (select distinct on (row) row, wanted, current.id::text from given join ${table} as current on ${same}
        where given.id is null order by row, current.id)`
    : "select row, wanted, id from given where id is not null";
  return chunked(rows).map((chunk) => ({
    text: `
      with given as materialized (
        select (sent ->> 'row')::integer as row, sent ->> 'id' as id, sent -> 'wanted' as wanted
        from jsonb_array_elements($1::jsonb) as sent
      ), matched as (${matched})
      select matched.row, current.id, ${same ? "current.skill_id" : "null as skill_id"}, coalesce(changes, '[]') as changes
      from matched
      join "${table}" as current on current.id = matched.id::${idType(table)}
      cross join lateral (
        select jsonb_agg(jsonb_build_object(
          'field', name, 'from', left(was #>> '{}', ${REPORTED_CHARACTERS}), 'to', left(becomes #>> '{}', ${REPORTED_CHARACTERS})
        ) order by name) as changes
        from (
          select name, to_jsonb(current) -> name as was, becomes
          from jsonb_each(matched.wanted) as field (name, becomes) where name <> 'body'
          union all
          select name, was.value, becomes.value
          from jsonb_each(to_jsonb(current) -> 'body') as was (name, value)
          full join jsonb_each(matched.wanted -> 'body') as becomes (name, value) using (name)
        ) as field
        where was is distinct from becomes
      ) as difference`,
    params: [chunk],
  }));
}

/** Makes rows in their order. Those without an id get one from the table's sequence, which goes on after those that have. */
export function insertRows(table: CatalogTable, rows: readonly Json[]): Statement[] {
  const named = rows.filter((row) => row.id !== undefined);
  const counted = rows.filter((row) => row.id === undefined);
  return [
    ...insert(table, named, ["id", ...(table === "skills" ? ["permacode"] : [])]),
    ...(named.length > 0 && table !== "question_templates" ? [countOn(table)] : []),
    ...insert(table, counted, []),
  ];
}

function insert(table: CatalogTable, rows: readonly Json[], more: readonly string[]): Statement[] {
  const names = [...more, ...COLUMNS[table]].map((name) => `"${name}"`);
  return chunked(rows).map((chunk) => ({
    text: `
      insert into "${table}" (${names.join(", ")})
      select ${names.map((name) => `made.${name}`).join(", ")}
      from jsonb_array_elements($1::jsonb) with ordinality as sent (item, place)
      cross join lateral jsonb_populate_record(null::"${table}", sent.item) as made
      order by sent.place`,
    params: [chunk],
  }));
}

const countOn = (table: CatalogTable): Statement => ({
  text: `
    select setval('${table}_id_seq', highest.id)
    from (select max(id) as id from "${table}") as highest
    where highest.id >= (select last_value from "${table}_id_seq")`,
  params: [],
});

/** Changes of each row what is given of it, and nothing else. */
export function updateRows(table: CatalogTable, rows: readonly ChangedRow[]): Statement[] {
  const names = COLUMNS[table].map((name) => `"${name}"`);
  return chunked(rows).map((chunk) => ({
    text: `
      update "${table}" as current
      set (${names.join(", ")}) = (
        select ${names.map((name) => `becomes.${name}`).join(", ")} from jsonb_populate_record(current, sent.item -> 'wanted') as becomes
      )
      from jsonb_array_elements($1::jsonb) as sent (item)
      where current.id = (sent.item ->> 'id')::${idType(table)}`,
    params: [chunk],
  }));
}

/** Makes these the prerequisites of each skill, touching only those that are not so yet. */
export function setPrerequisites(skills: readonly { readonly skill_id: number; readonly needed: readonly number[] }[]) {
  if (skills.length === 0) return [];
  const params = [JSON.stringify(skills)];
  const wanted = "jsonb_to_recordset($1::jsonb) as wanted (skill_id integer, needed jsonb)";
  return [
    {
      text: `delete from skill_prerequisites as current using ${wanted}
        where current.skill_id = wanted.skill_id and not wanted.needed @> to_jsonb(current.prerequisite_id)`,
      params,
    },
    {
      text: `insert into skill_prerequisites (skill_id, prerequisite_id)
        select wanted.skill_id, id::integer from ${wanted} cross join lateral jsonb_array_elements_text(wanted.needed) as id
        on conflict do nothing`,
      params,
    },
  ] satisfies Statement[];
}

/** The next ids of the skills, to be given to new ones before what refers to them is written. */
export const nextSkillIds = (count: number): Statement => ({
  text: "select nextval('skills_id_seq')::integer as id from generate_series(1, $1)",
  params: [count],
});

const idType = (table: CatalogTable) => (table === "question_templates" ? "uuid" : "integer");

function chunked(rows: readonly object[]): string[] {
  const chunks: string[] = [];
  let texts: string[] = [];
  let length = 0;
  for (const row of rows) {
    const text = JSON.stringify(row);
    if (length + text.length > MAX_PARAMETER_CHARACTERS && texts.length > 0) {
      chunks.push(`[${texts.join(",")}]`);
      texts = [];
      length = 0;
    }
    texts.push(text);
    length += text.length;
  }
  if (texts.length > 0) chunks.push(`[${texts.join(",")}]`);
  return chunks;
}
