import type { Memory } from "./object-storage.ts";
import type { Pool, PoolTemplate } from "./pool.ts";
import type { KeyedQuestion } from "./question.ts";
import type { Session } from "./session.ts";

/** Characters of JSON in a chunk, or one source more: well under the platform's 2 MB for a row. */
const CHUNK_SIZE = 500_000;

const poolKey = (skillId: number, version: number) => `${skillId}@${version}`;

/** Keeps a pool, and forgets those of the same skill that no session here is of. */
export function savePool(sql: SqlStorage, memory: Memory, skillId: number, pool: Pool): void {
  for (const [chunk, sources] of chunksOf([...pool.questions, ...pool.templates]).entries()) {
    sql.exec(
      "INSERT OR REPLACE INTO pools (skill_id, version, chunk, sources) VALUES (?, ?, ?, ?)",
      skillId,
      pool.version,
      chunk,
      `[${sources.join(",")}]`,
    );
  }
  sql.exec(
    `DELETE FROM pools WHERE skill_id = ? AND version <> ?
       AND version NOT IN (SELECT pool_version FROM sessions WHERE sessions.skill_id = pools.skill_id)`,
    skillId,
    pool.version,
  );
  memory.pools.set(poolKey(skillId, pool.version), pool);
}

/** The pool of a skill as of this version; undefined where it is not kept here. */
export function readPool(sql: SqlStorage, memory: Memory, skillId: number, version: number): Pool | undefined {
  const known = memory.pools.get(poolKey(skillId, version));
  if (known) return known;
  const chunks = sql
    .exec<{ sources: string }>(
      "SELECT sources FROM pools WHERE skill_id = ? AND version = ? ORDER BY chunk",
      skillId,
      version,
    )
    .toArray();
  if (chunks.length === 0) return undefined;
  const sources = chunks.flatMap((chunk) => JSON.parse(chunk.sources) as (KeyedQuestion | PoolTemplate)[]);
  const pool: Pool = {
    version,
    questions: sources.filter((source) => "prompt" in source),
    templates: sources.filter((source) => "body" in source),
  };
  memory.pools.set(poolKey(skillId, version), pool);
  return pool;
}

/** The pool that a session is of: it is kept as long as the session. */
export function poolOfSession(sql: SqlStorage, memory: Memory | null, session: Session): Pool {
  const { id, skillId, poolVersion } = session;
  const pool = memory && readPool(sql, memory, skillId, poolVersion);
  if (!pool) throw new Error(`the pool of session ${id} is not kept`);
  return pool;
}

/** Their JSON, cut into chunks. */
function chunksOf(sources: readonly object[]): string[][] {
  const chunks: string[][] = [];
  let size = CHUNK_SIZE;
  for (const source of sources) {
    const text = JSON.stringify(source);
    if (size + text.length > CHUNK_SIZE) {
      chunks.push([]);
      size = 0;
    }
    chunks.at(-1)?.push(text);
    size += text.length;
  }
  return chunks;
}

/** The newest pool of a skill that is kept here, of whatever version. */
export function readNewestPool(sql: SqlStorage, memory: Memory, skillId: number): Pool | undefined {
  const { version } = sql
    .exec<{ version: number | null }>("SELECT max(version) AS version FROM pools WHERE skill_id = ?", skillId)
    .one();
  return version === null ? undefined : readPool(sql, memory, skillId, version);
}
