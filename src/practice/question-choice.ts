import { draw } from "../seeded-random.ts";
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
  const wasAsked = new Set(asked);
  const candidates = atNearestLevel(pool, score, ({ id, hasMore }) => !wasAsked.has(id) || hasMore?.() === true);
  if (candidates.length > 0) {
    return first(asked.length === 0 ? candidates : candidates.slice(draw(seed, asked.length, candidates.length)));
  }
  const previous = asked.at(-1);
  const others = atNearestLevel(pool, score, ({ id }) => id !== previous);
  const age = ({ id }: S) => asked.lastIndexOf(id);
  return (others.length > 0 ? others : pool).reduce((oldest, one) => (age(one) < age(oldest) ? one : oldest));
}

/** Of the sources that will do, those whose level is nearest to what the score asks for; of two equally near, the harder. */
function atNearestLevel<S extends Source>(pool: readonly S[], score: number, willDo: (source: S) => boolean): S[] {
  const targets = targetLevels(score);
  const distances = LEVELS.map((level) =>
    Math.min(...targets.map((target) => Math.abs(level - target) + (level < target ? 0.5 : 0))),
  );
  let nearest: S[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (const source of pool) {
    const distance = distances[source.level - 1] ?? Number.POSITIVE_INFINITY;
    if (distance > least || !willDo(source)) continue;
    if (distance < least) nearest = [];
    least = distance;
    nearest.push(source);
  }
  return nearest;
}

function first<S extends Source>(sources: readonly S[]): S {
  const [source] = sources;
  if (!source) throw new Error("a session needs at least one question");
  return source;
}
