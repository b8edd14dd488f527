import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  carriedScore,
  initialScore,
  type Level,
  MASTERY_SCORE,
  MASTERY_STREAK,
  type ScoreState,
  scoreAnswer,
  targetLevels,
  zoneOf,
} from "../../src/practice/smartscore.ts";

const level = fc.constantFrom<Level>(1, 2, 3, 4, 5);
const recentAccuracy = fc.integer({ min: 0, max: 10_000 }).map((share) => share / 10_000);
const stateAt = (score: fc.Arbitrary<number>): fc.Arbitrary<ScoreState> =>
  fc.record({ score, streak: fc.nat(30), recentAccuracy });
const within = (min: number, max: number) => stateAt(fc.integer({ min, max }));

/** Asserts for many states and levels; a property with enough runs to meet every score. */
function forAll(states: fc.Arbitrary<ScoreState>, assert: (state: ScoreState, level: Level) => void): void {
  fc.assert(fc.property(states, level, assert), { numRuns: 2_000 });
}

const right = (state: ScoreState, level: Level) => scoreAnswer(state, { correct: true, level });
const wrong = (state: ScoreState, level: Level) => scoreAnswer(state, { correct: false, level });

describe("a new SmartScore", () => {
  it("starts at 0 with no streak", () => {
    expect(initialScore()).toMatchObject({ score: 0, streak: 0 });
  });

  it("starts where it is told, as a whole number 0-100", () => {
    expect([-5, 0, 73, 73.9, 100, 250].map((start) => initialScore(start).score)).toEqual([0, 0, 73, 73, 100, 100]);
  });

  it("of a student who comes back counts a first answer for less than a fresh start does", () => {
    const fresh = right({ ...initialScore(), score: 40 }, 2).delta;
    expect(right(initialScore(40), 2).delta).toBeLessThan(fresh);
  });

  it("carries the last score over, and 90 after mastery", () => {
    expect([0, 42, 99, 100].map(carriedScore)).toEqual([0, 42, 99, 90]);
  });
});

describe("zones", () => {
  it.each([
    { score: 0, zone: "LEARNING", levels: [2] },
    { score: 69, zone: "LEARNING", levels: [2] },
    { score: 70, zone: "REFINING", levels: [3] },
    { score: 89, zone: "REFINING", levels: [3] },
    { score: 90, zone: "CHALLENGE", levels: [4, 5] },
    { score: 100, zone: "CHALLENGE", levels: [4, 5] },
  ])("$score is $zone, asked at levels $levels", ({ score, zone, levels }) => {
    expect(zoneOf(score)).toBe(zone);
    expect(targetLevels(score)).toEqual(levels);
  });
});

describe("a right answer", () => {
  it("never lowers the score, nor takes it past 100", () => {
    forAll(within(0, 100), (state, level) => {
      const next = right(state, level).state.score;
      expect(next).toBeGreaterThanOrEqual(state.score);
      expect(next).toBeLessThanOrEqual(MASTERY_SCORE);
    });
  });

  it("gains at least 1 in LEARNING, even on the easiest question after nothing but mistakes", () => {
    forAll(within(0, 69), (state, level) => {
      expect(right(state, level).delta).toBeGreaterThanOrEqual(1);
    });
    for (let score = 0; score < 70; score++) {
      expect(right({ score, streak: 0, recentAccuracy: 0 }, 1).delta).toBeGreaterThanOrEqual(1);
    }
  });

  it("from LEARNING lands at most on 72", () => {
    forAll(within(0, 69), (state, level) => {
      expect(right(state, level).state.score).toBeLessThanOrEqual(72);
    });
  });

  it("gains less and less towards 70", () => {
    forAll(within(0, 68), (state, level) => {
      const closer = { ...state, score: state.score + 1 };
      expect(right(closer, level).delta).toBeLessThanOrEqual(right(state, level).delta);
    });
  });

  it("gains a lot at 0 and little before 70, and no more than the one before it when all are right", () => {
    const gains: number[] = [];
    for (let state = initialScore(); state.score < 70; state = right(state, 2).state) gains.push(right(state, 2).delta);
    expect(gains).toEqual([...gains].sort((a, b) => b - a));
    expect(gains.at(0)).toBeGreaterThanOrEqual(8);
    expect(gains.at(-1)).toBeLessThanOrEqual(4);
  });

  it("gains 1 to 3 in REFINING, and lands at most on 92", () => {
    forAll(within(70, 89), (state, level) => {
      const { delta, state: next } = right(state, level);
      expect(delta).toBeGreaterThanOrEqual(1);
      expect(delta).toBeLessThanOrEqual(3);
      expect(next.score).toBeLessThanOrEqual(92);
    });
  });

  it("gains 1 or 2 in CHALLENGE, up to 98", () => {
    forAll(within(90, 98), (state, level) => {
      expect([1, 2]).toContain(right(state, level).delta);
    });
  });

  it("never gains less on a harder question", () => {
    forAll(within(0, 98), (state, level) => {
      const easier = Math.max(1, level - 1) as Level;
      // The streak that mastery takes is longer on a harder question, so it is left out here.
      const unstreaked = { ...state, streak: 0 };
      expect(right(unstreaked, level).delta).toBeGreaterThanOrEqual(right(unstreaked, easier).delta);
    });
  });

  it("gains more on a hard question than on an easy one in LEARNING", () => {
    expect(right(initialScore(20), 5).delta).toBeGreaterThan(right(initialScore(20), 1).delta);
  });

  it("never gains less after better answers, and gains more after very good ones than after poor ones", () => {
    fc.assert(
      fc.property(within(0, 100), level, recentAccuracy, (state, level, other) => {
        const better = { ...state, recentAccuracy: Math.max(state.recentAccuracy, other) };
        expect(right(better, level).delta).toBeGreaterThanOrEqual(right(state, level).delta);
      }),
    );
    for (const score of [30, 80, 95]) {
      const poor = right({ score, streak: 0, recentAccuracy: 0.3 }, 4).delta;
      expect(right({ score, streak: 0, recentAccuracy: 1 }, 4).delta).toBeGreaterThan(poor);
    }
  });

  it("counts in the streak", () => {
    forAll(within(0, 100), (state, level) => {
      expect(right(state, level).state.streak).toBe(state.streak + 1);
    });
  });
});

describe("a wrong answer", () => {
  it("never raises the score, nor takes it below 0", () => {
    forAll(within(0, 100), (state, level) => {
      const next = wrong(state, level).state.score;
      expect(next).toBeLessThanOrEqual(state.score);
      expect(next).toBeGreaterThanOrEqual(0);
    });
  });

  it("costs little in LEARNING: at least 1 above 0, never more than in REFINING", () => {
    forAll(within(1, 69), (state, level) => {
      expect(wrong(state, level).delta).toBeLessThanOrEqual(-1);
      expect(wrong(state, level).delta).toBeGreaterThanOrEqual(-4);
    });
  });

  it("costs more and more towards 70", () => {
    forAll(within(0, 68), (state, level) => {
      const closer = { ...state, score: state.score + 1 };
      expect(wrong(closer, level).delta).toBeLessThanOrEqual(wrong(state, level).delta);
    });
    expect(wrong(initialScore(69), 2).delta).toBeLessThan(wrong(initialScore(10), 2).delta);
  });

  it("costs 4 to 8 in REFINING", () => {
    forAll(within(70, 89), (state, level) => {
      expect(wrong(state, level).delta).toBeLessThanOrEqual(-4);
      expect(wrong(state, level).delta).toBeGreaterThanOrEqual(-8);
    });
  });

  it("costs 3 to 8 in CHALLENGE", () => {
    forAll(within(90, 100), (state, level) => {
      expect(wrong(state, level).delta).toBeLessThanOrEqual(-3);
      expect(wrong(state, level).delta).toBeGreaterThanOrEqual(-8);
    });
  });

  it("never costs more after better answers", () => {
    fc.assert(
      fc.property(within(0, 100), level, recentAccuracy, (state, level, other) => {
        const better = { ...state, recentAccuracy: Math.max(state.recentAccuracy, other) };
        expect(wrong(better, level).delta).toBeGreaterThanOrEqual(wrong(state, level).delta);
      }),
    );
  });

  it("at 0 stays at 0", () => {
    expect(wrong(initialScore(), 2)).toMatchObject({ delta: 0, state: { score: 0 } });
  });

  it("ends the streak", () => {
    forAll(within(0, 100), (state, level) => {
      expect(wrong(state, level).state.streak).toBe(0);
    });
  });
});

describe("mastery", () => {
  const levels: readonly { level: Level; streak: number }[] = [
    { level: 1, streak: 6 },
    { level: 2, streak: 7 },
    { level: 3, streak: 8 },
    { level: 4, streak: 9 },
    { level: 5, streak: 10 },
  ];

  it.each(levels)("takes $streak right answers in a row, this one included, at level $level", ({ level, streak }) => {
    expect(MASTERY_STREAK[level]).toBe(streak);
    const at99 = { ...initialScore(99), recentAccuracy: 1 };
    expect(right({ ...at99, streak: streak - 2 }, level)).toMatchObject({ delta: 0, state: { score: 99 } });
    expect(right({ ...at99, streak: streak - 1 }, level)).toMatchObject({ delta: 1, state: { score: 100 } });
  });

  it("is never reached without the streak, from any score", () => {
    forAll(within(0, 99), (state, level) => {
      const { state: next } = right(state, level);
      if (next.streak < MASTERY_STREAK[level]) expect(next.score).toBeLessThanOrEqual(99);
    });
  });

  it("is left by a mistake only", () => {
    expect(right(initialScore(100), 4)).toMatchObject({ delta: 0, state: { score: 100 } });
    expect(wrong(initialScore(100), 4).delta).toBeLessThan(0);
  });
});
