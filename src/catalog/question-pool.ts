import { asc, eq } from "drizzle-orm";
import { BoundedCache } from "../bounded-cache.ts";
import type { Database } from "../db/client.ts";
import { catalogVersion, questions, skills } from "../db/tables.ts";
import type { KeyedQuestion } from "../practice/question.ts";
import type { Level } from "../practice/smartscore.ts";

/** A skill with its questions, keys included, as they were at one version of the catalog. */
export type QuestionPool = {
  readonly version: number;
  /** Undefined where there is no such skill. */
  readonly skill: { readonly id: number; readonly title: string; readonly isPublished: boolean } | undefined;
  /** By id, at most {@link POOL_LIMIT}. */
  readonly questions: readonly KeyedQuestion[];
};

export const POOL_LIMIT = 2_000;

/** Some 20 MB in an isolate of 128. */
const CACHED_QUESTIONS = 20_000;

/** The newest pool of each skill that this isolate has read, of each database. */
const pools = new WeakMap<Database, BoundedCache<number, QuestionPool>>();

type PoolRow = Awaited<ReturnType<typeof poolQuery>>[number];

/** The statement behind a pool, to run alone or in a batch with others; {@link toPool} reads its rows. */
export function poolQuery(query: Database["query"], skillId: number) {
  return query
    .select({
      version: catalogVersion.version,
      skill: { id: skills.id, title: skills.title, isPublished: skills.isPublished },
      question: {
        id: questions.id,
        type: questions.type,
        prompt: questions.prompt,
        data: questions.data,
        correctAnswer: questions.correctAnswer,
        explanation: questions.explanation,
        level: questions.level,
      },
    })
    .from(catalogVersion)
    .leftJoin(skills, eq(skills.id, skillId))
    .leftJoin(questions, eq(questions.skillId, skills.id))
    .orderBy(asc(questions.id))
    .limit(POOL_LIMIT);
}

/** The pool in the rows of {@link poolQuery}: one a question, or one alone where the skill has none or is none. */
export function toPool(rows: readonly PoolRow[]): QuestionPool {
  const [first] = rows;
  if (!first) throw new Error("catalog_version has no row: the migrations make it");
  return {
    version: first.version,
    skill: first.skill ?? undefined,
    questions: rows.flatMap(({ question }) => (question ? [{ ...question, level: toLevel(question.level) }] : [])),
  };
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
  const kept = pools.get(db) ?? new BoundedCache<number, QuestionPool>(CACHED_QUESTIONS);
  pools.set(db, kept);
  kept.set(pool.skill.id, pool, pool.questions.length + 1);
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

function toLevel(level: number): Level {
  switch (level) {
    case 1:
    case 2:
    case 3:
    case 4:
    case 5:
      return level;
    default:
      throw new RangeError(`A question has level ${level}, which its table's check does not allow`);
  }
}
