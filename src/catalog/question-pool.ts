import { asc, eq, type SQL, sql } from "drizzle-orm";
import { BoundedCache } from "../bounded-cache.ts";
import type { Database } from "../db/client.ts";
import { catalogVersion, questions, questionTemplates, skills } from "../db/tables.ts";
import type { Pool, PoolTemplate } from "../practice/pool.ts";
import type { KeyedQuestion } from "../practice/question.ts";
import { firstRow } from "./version.ts";

/** A skill with what its questions come from, keys included, as it was at one version of the catalog. */
export type QuestionPool = Pool & {
  /** Undefined where there is no such skill. */
  readonly skill: { readonly id: number; readonly title: string; readonly isPublished: boolean } | undefined;
};

/** Of a skill's questions and of its templates; more are left out. */
export const POOL_LIMIT = 2_000;

/** Of either, as they travel: JSON in JSON. More are left out too, since Neon gives 10 MB at once. */
const POOL_BYTES = 4_000_000;

/** What an isolate of 128 MB keeps of pools. */
const CACHED_CHARACTERS = 20_000_000;

/** The newest pool of each skill that this isolate has read, of each database. */
const pools = new WeakMap<Database, BoundedCache<number, QuestionPool>>();

type PoolRow = Awaited<ReturnType<typeof poolQuery>>[number];

/** The statement behind a pool, to run alone or in a batch with others; {@link toPool} reads its row. */
export function poolQuery(query: Database["query"], skillId: number) {
  const stored = query
    .select({
      id: questions.id,
      type: questions.type,
      prompt: questions.prompt,
      data: questions.data,
      correctAnswer: sql`${questions.correctAnswer}`.as("correctAnswer"),
      explanation: questions.explanation,
      level: questions.level,
    })
    .from(questions)
    .where(eq(questions.skillId, skills.id))
    .orderBy(asc(questions.id))
    .limit(POOL_LIMIT)
    .as("stored");
  const rules = query
    .select({ id: questionTemplates.id, level: questionTemplates.level, body: questionTemplates.body })
    .from(questionTemplates)
    .where(eq(questionTemplates.skillId, skills.id))
    .orderBy(asc(questionTemplates.id))
    .limit(POOL_LIMIT)
    .as("rules");
  return query
    .select({
      version: catalogVersion.version,
      skill: { id: skills.id, title: skills.title, isPublished: skills.isPublished },
      questions: sql<KeyedQuestion[]>`${fitting(sql`select id, to_jsonb(stored) as source from ${stored}`)}`,
      templates: sql<PoolTemplate[]>`${fitting(sql`select id, to_jsonb(rules) as source from ${rules}`)}`,
    })
    .from(catalogVersion)
    .leftJoin(skills, eq(skills.id, skillId));
}

/** As many of these, by their ids, as may travel. */
const fitting = (sources: SQL) => sql`(
  select coalesce(jsonb_agg(source order by id), '[]')
  from (
    select id, source, sum(octet_length(to_json(source::text)::text)) over (order by id) as so_far from (${sources}) as sources
  ) as measured
  where so_far <= ${POOL_BYTES})`;

/** The pool in the one row of {@link poolQuery}. */
export function toPool(rows: readonly PoolRow[]): QuestionPool {
  const { version, skill, questions, templates } = firstRow(rows);
  return { version, skill: skill ?? undefined, questions, templates };
}

/** The pool of a skill at just this version, where this isolate has it. */
export function knownPool(db: Database, skillId: number, version: number): QuestionPool | undefined {
  const pool = pools.get(db)?.get(skillId);
  return pool?.version === version ? pool : undefined;
}

/** The newest pool of a skill that this isolate has, however old: for when Postgres does not answer. */
export function oldPool(db: Database, skillId: number): QuestionPool | undefined {
  return pools.get(db)?.get(skillId);
}

/** Keeps a pool for the next start in this isolate. */
export function keepPool(db: Database, pool: QuestionPool): void {
  if (!pool.skill) return;
  const kept = pools.get(db) ?? new BoundedCache<number, QuestionPool>(CACHED_CHARACTERS);
  pools.set(db, kept);
  kept.set(pool.skill.id, pool, JSON.stringify(pool).length);
}

/** A skill's pool: this isolate's, if it is of the version that the caller knows, else Postgres's in one round trip. */
export async function readPool(
  { db }: { db: Database },
  { skillId, knownVersion }: { skillId: number; knownVersion: number | undefined },
): Promise<QuestionPool> {
  const known = knownVersion === undefined ? undefined : knownPool(db, skillId, knownVersion);
  if (known) return known;
  const pool = toPool(await poolQuery(db.query, skillId));
  keepPool(db, pool);
  return pool;
}
