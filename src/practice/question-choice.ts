import { draw } from "../seeded.ts";
import type { KeyedQuestion } from "./question.ts";
import { targetLevels } from "./smartscore.ts";

type Situation = {
  /** The SmartScore, which decides the level. */
  score: number;
  /** The questions that this session has asked, oldest first. */
  asked: readonly number[];
  /** The session's own: the same seed makes the same choices. */
  seed: number;
};

/**
 * The next question: the session's first is the one with the lowest id at its level; after that unasked ones first, at
 * the nearest level that has one; when all were asked, the least recently asked at the nearest level, never the same
 * twice running where there are two. `pool` is sorted by id and not empty.
 */
export function chooseQuestion(pool: readonly KeyedQuestion[], { score, asked, seed }: Situation): KeyedQuestion {
  const lastAskedAt = new Map(asked.map((id, index) => [id, index]));
  const unasked = pool.filter((question) => !lastAskedAt.has(question.id));
  if (unasked.length > 0) {
    const candidates = atNearestLevel(unasked, score);
    return first(asked.length === 0 ? candidates : candidates.slice(draw(seed, asked.length, candidates.length)));
  }
  const previous = asked.at(-1);
  const others = pool.filter((question) => question.id !== previous);
  const candidates = atNearestLevel(others.length > 0 ? others : pool, score);
  const age = (question: KeyedQuestion) => lastAskedAt.get(question.id) ?? -1;
  return candidates.reduce((oldest, question) => (age(question) < age(oldest) ? question : oldest));
}

/** The questions whose level is nearest to what the score asks for; of two levels equally near, the harder. */
function atNearestLevel(pool: readonly KeyedQuestion[], score: number): readonly KeyedQuestion[] {
  const targets = targetLevels(score);
  const distance = ({ level }: KeyedQuestion) =>
    Math.min(...targets.map((target) => Math.abs(level - target) + (level < target ? 0.5 : 0)));
  const nearest = Math.min(...pool.map(distance));
  return pool.filter((question) => distance(question) === nearest);
}

function first(questions: readonly KeyedQuestion[]): KeyedQuestion {
  const [question] = questions;
  if (!question) throw new Error("a session needs at least one question");
  return question;
}
