import { z } from "../../http/zod.ts";
import type { Json } from "./kinds.ts";
import type { Run, Statement } from "./statements.ts";

/** By what the catalog's rows are called, as it was at one version. */
export type CatalogKeys = {
  readonly version: string;
  readonly subjects: Names<string>;
  readonly grades: Names<number>;
  readonly topics: Names<string>;
  readonly skills: readonly SkillKeys[];
  /** Permacodes of skills that are gone. */
  readonly spent: ReadonlySet<string>;
  readonly prerequisites: ReadonlyMap<number, ReadonlySet<number>>;
};

export type SkillKeys = {
  readonly id: number;
  readonly permacode: string;
  readonly subject_id: number;
  readonly grade_id: number;
  readonly code: string;
};

/** Ids by readable names. */
export type Names<Name> = { readonly byName: ReadonlyMap<Name, number>; readonly ids: ReadonlySet<number> };

const QUERIES: readonly Statement[] = [
  "select version::text from catalog_version where id = 1",
  "select id, slug as name from subjects",
  "select id, number as name from grades",
  "select id, slug as name from topics",
  "select id, permacode, subject_id, grade_id, code from skills order by id",
  "select permacode from permacodes where permacode not in (select permacode from skills)",
  "select skill_id, prerequisite_id from skill_prerequisites",
].map((text) => ({ text, params: [] }));

const version = z.tuple([z.object({ version: z.string() })]);
const named = <T extends z.ZodType>(name: T) => z.array(z.object({ id: z.int(), name }));
const skillKeys = z.array(
  z.object({ id: z.int(), permacode: z.string(), subject_id: z.int(), grade_id: z.int(), code: z.string() }),
);
const codes = z.array(z.object({ permacode: z.string() }));
const edges = z.array(z.object({ skill_id: z.int(), prerequisite_id: z.int() }));

/** Reads the keys; what anybody changes afterwards raises the version. */
export async function readKeys(run: Run): Promise<CatalogKeys> {
  const [first, ...rest] = await run(QUERIES);
  const [subjects, grades, topics, skills, spent, needed] = rest;
  const prerequisites = new Map<number, Set<number>>();
  for (const { skill_id, prerequisite_id } of edges.parse(needed)) {
    const of = prerequisites.get(skill_id) ?? new Set();
    prerequisites.set(skill_id, of.add(prerequisite_id));
  }
  return {
    version: version.parse(first)[0].version,
    subjects: namesOf(subjects, z.string()),
    grades: namesOf(grades, z.int()),
    topics: namesOf(topics, z.string()),
    skills: skillKeys.parse(skills),
    spent: new Set(codes.parse(spent).map(({ permacode }) => permacode)),
    prerequisites,
  };
}

function namesOf<Name>(rows: readonly Json[] | undefined, name: z.ZodType<Name>): Names<Name> {
  const read = named(name).parse(rows);
  return { byName: new Map(read.map((row) => [row.name, row.id])), ids: new Set(read.map(({ id }) => id)) };
}
