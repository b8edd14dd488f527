import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KeyedQuestion } from "../../src/practice/question.ts";
import { chooseSource } from "../../src/practice/question-choice.ts";
import { type Level, targetLevels } from "../../src/practice/smartscore.ts";
import { poolOf } from "./questions.ts";

const levels = fc.constantFrom<Level>(1, 2, 3, 4, 5);
const pools = fc.array(levels, { minLength: 1, maxLength: 25 }).map(poolOf);
const scores = fc.integer({ min: 0, max: 100 });
const seeds = fc.integer({ min: 0, max: 0xffff_ffff });

/** How far a question is from what a score asks for. */
const distance = ({ level }: KeyedQuestion, score: number) =>
  Math.min(...targetLevels(score).map((target) => Math.abs(level - target)));

/** What a session with these scores asks, one question after the other. */
function asksOf(pool: readonly KeyedQuestion[], seed: number, path: readonly number[]): KeyedQuestion[] {
  const asked: KeyedQuestion[] = [];
  for (const score of path) asked.push(chooseSource(pool, { score, seed, asked: asked.map(({ id }) => id) }));
  return asked;
}

const sessions = fc.tuple(pools, seeds, fc.array(scores, { minLength: 1, maxLength: 60 }));

describe("the next question", () => {
  it("is first the one with the lowest id at its level", () => {
    fc.assert(
      fc.property(pools, seeds, scores, (pool, seed, score) => {
        const chosen = chooseSource(pool, { score, seed, asked: [] });
        const same = pool.filter((one) => one.level === chosen.level);
        expect(chosen.id).toBe(Math.min(...same.map(({ id }) => id)));
      }),
    );
  });

  it("is never one that was asked, while there are others", () => {
    fc.assert(
      fc.property(sessions, ([pool, seed, path]) => {
        const first = asksOf(pool, seed, path).slice(0, pool.length);
        expect(new Set(first.map(({ id }) => id)).size).toBe(first.length);
      }),
    );
  });

  it("is of the nearest level that has an unasked one", () => {
    fc.assert(
      fc.property(sessions, ([pool, seed, path]) => {
        const asks = asksOf(pool, seed, path).slice(0, pool.length);
        for (const [index, chosen] of asks.entries()) {
          const score = path[index] ?? 0;
          const before = new Set(asks.slice(0, index).map(({ id }) => id));
          const nearest = Math.min(...pool.filter(({ id }) => !before.has(id)).map((one) => distance(one, score)));
          expect(distance(chosen, score)).toBe(nearest);
        }
      }),
    );
  });

  it("is never the same twice running, where there are two", () => {
    fc.assert(
      fc.property(sessions, ([pool, seed, path]) => {
        fc.pre(pool.length > 1);
        const asks = asksOf(pool, seed, path);
        for (const [index, chosen] of asks.entries()) expect(chosen.id).not.toBe(asks[index - 1]?.id);
      }),
    );
  });

  it("when all were asked, is the least recently asked of those at the nearest level", () => {
    fc.assert(
      fc.property(sessions, ([pool, seed, path]) => {
        fc.pre(pool.length > 1);
        const asks = asksOf(pool, seed, path);
        for (const [index, chosen] of asks.entries()) {
          if (index < pool.length) continue;
          const score = path[index] ?? 0;
          const before = asks.slice(0, index).map(({ id }) => id);
          const others = pool.filter(({ id }) => id !== before.at(-1));
          const nearest = Math.min(...others.map((one) => distance(one, score)));
          expect(distance(chosen, score)).toBe(nearest);
          const older = others.filter(
            (one) => one.level === chosen.level && before.lastIndexOf(one.id) < before.lastIndexOf(chosen.id),
          );
          expect(older).toEqual([]);
        }
      }),
    );
  });

  it("is the only one again, where the skill has no other", () => {
    expect(asksOf(poolOf([3]), 7, [0, 50, 95]).map(({ id }) => id)).toEqual([1, 1, 1]);
  });

  it("is the same for the same seed, and not for every seed", () => {
    fc.assert(
      fc.property(sessions, ([pool, seed, path]) => {
        expect(asksOf(pool, seed, path)).toEqual(asksOf(pool, seed, path));
      }),
    );
    const pool = poolOf(Array.from({ length: 20 }, (): Level => 2));
    const orders = Array.from({ length: 50 }, (_, seed) => asksOf(pool, seed, [0, 0, 0, 0, 0]).map(({ id }) => id));
    expect(new Set(orders.map(String)).size).toBeGreaterThan(40);
  });

  it("draws every question about as often as any other, over many seeds", () => {
    const pool = poolOf(Array.from({ length: 10 }, (): Level => 2));
    const drawn = new Map<number, number>();
    for (let seed = 0; seed < 9_000; seed++) {
      const { id } = chooseSource(pool, { score: 0, seed: seed * 477_131, asked: [1] });
      drawn.set(id, (drawn.get(id) ?? 0) + 1);
    }
    expect([...drawn.keys()].sort((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const times of drawn.values()) expect(Math.abs(times - 1000)).toBeLessThan(150);
  });
});
