import { draw } from "../seeded.ts";
import { LEVELS, type Level, targetLevels } from "./smartscore.ts";

/**
 * Something that questions come from: a stored question, or a template, which may have more of them. That takes some
 * working out, so it is not asked before one of them was asked.
 */
export type Source = { readonly id: number | string; readonly level: Level; readonly hasMore?: () => boolean };

type Situation = {
  /** The SmartScore, which decides the level. */
  score: number;
  /** The sources that this session has asked from, oldest first. */
  asked: readonly (number | string)[];
  /** The session's own: the same seed makes the same choices. */
  seed: number;
};

/**
 * Where the next question comes from: the session's first from the first source at its level (stored questions come
 * first, by id); after that from those with something unasked, at the nearest level that has one; when all was asked, the
 * least recently asked at the nearest level, never the same twice running where there are two. `pool` is not empty.
 */
export function chooseSource<S extends Source>(pool: readonly S[], { score, asked, seed }: Situation): S {
  const lastAskedAt = new Map(asked.map((id, index) => [id, index]));
  const unasked = pool.filter(({ id, hasMore }) => !lastAskedAt.has(id) || hasMore?.());
  if (unasked.length > 0) {
    const candidates = atNearestLevel(unasked, score);
    return first(asked.length === 0 ? candidates : candidates.slice(draw(seed, asked.length, candidates.length)));
  }
  const previous = asked.at(-1);
  const others = pool.filter(({ id }) => id !== previous);
  const candidates = atNearestLevel(others.length > 0 ? others : pool, score);
  const age = ({ id }: S) => lastAskedAt.get(id) ?? -1;
  return candidates.reduce((oldest, source) => (age(source) < age(oldest) ? source : oldest));
}

/** The sources whose level is nearest to what the score asks for; of two levels equally near, the harder. */
function atNearestLevel<S extends Source>(pool: readonly S[], score: number): readonly S[] {
  const targets = targetLevels(score);
  const distances = LEVELS.map((level) =>
    Math.min(...targets.map((target) => Math.abs(level - target) + (level < target ? 0.5 : 0))),
  );
  const distance = ({ level }: S) => distances[level - 1] ?? Number.POSITIVE_INFINITY;
  const nearest = pool.reduce((least, source) => Math.min(least, distance(source)), Number.POSITIVE_INFINITY);
  return pool.filter((source) => distance(source) === nearest);
}

function first<S extends Source>(sources: readonly S[]): S {
  const [source] = sources;
  if (!source) throw new Error("a session needs at least one question");
  return source;
}
