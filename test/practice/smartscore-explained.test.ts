import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkRequirements, describeRequirement, REQUIREMENTS } from "../../bench/simulated-students.ts";
import {
  type Answer,
  initialScore,
  type Level,
  type ScoreState,
  scoreAnswer,
  targetLevels,
} from "../../src/practice/smartscore.ts";

const level = fc.constantFrom<Level>(1, 2, 3, 4, 5);
const answer: fc.Arbitrary<Answer> = fc.record({ correct: fc.boolean(), level });
const recentAccuracy = fc.integer({ min: 0, max: 10_000 }).map((share) => share / 10_000);
const stateAt = (score: fc.Arbitrary<number>): fc.Arbitrary<ScoreState> =>
  fc.record({ score, streak: fc.nat(30), recentAccuracy });
const within = (min: number, max: number) => stateAt(fc.integer({ min, max }));

const right = (state: ScoreState, level: Level) => scoreAnswer(state, { correct: true, level });
const wrong = (state: ScoreState, level: Level) => scoreAnswer(state, { correct: false, level });

const replay = (answers: readonly Answer[], start = 0) =>
  answers.reduce((state, each) => scoreAnswer(state, each).state, initialScore(start));

describe("a log of answers", () => {
  const log = fc.array(answer, { maxLength: 150 });
  const start = fc.integer({ min: 0, max: 100 });

  it("gives the same score whenever it is replayed", () => {
    fc.assert(
      fc.property(log, start, (answers, from) => {
        expect(replay(answers, from)).toEqual(replay(answers, from));
      }),
    );
  });

  it("gives the same score when the state is stored as JSON after every answer", () => {
    fc.assert(
      fc.property(log, start, (answers, from) => {
        const stored = answers.reduce<ScoreState>(
          (state, each) => JSON.parse(JSON.stringify(scoreAnswer(state, each).state)),
          initialScore(from),
        );
        expect(stored).toEqual(replay(answers, from));
      }),
    );
  });

  it("keeps the score whole and 0-100, the accuracy 0-1, and the deltas adding up", () => {
    fc.assert(
      fc.property(log, start, (answers, from) => {
        let state = initialScore(from);
        let sum = from;
        for (const each of answers) {
          const { delta, change, state: next } = scoreAnswer(state, each);
          sum += delta;
          state = next;
          expect(change.delta).toBe(delta);
          expect(Number.isInteger(state.score) && 0 <= state.score && state.score <= 100).toBe(true);
          expect(0 <= state.recentAccuracy && state.recentAccuracy <= 1).toBe(true);
          expect(state.score).toBe(sum);
        }
      }),
    );
  });

  it("leaves the state it was given as it was", () => {
    const state = Object.freeze(initialScore(50));
    scoreAnswer(state, { correct: true, level: 2 });
    expect(state).toEqual(initialScore(50));
  });

  it("lets a student recover: after ten mistakes, 25 right answers lead from 70 back past 80", () => {
    const answers = Array.from({ length: 35 }, (_, index): Answer => ({ correct: index >= 10, level: 3 }));
    expect(replay(answers, 70).score).toBeGreaterThanOrEqual(80);
  });
});

describe("the explanation of a change", () => {
  it("says the delta first, or where the score stays, in one sentence", () => {
    fc.assert(
      fc.property(within(0, 100), answer, (state, each) => {
        const { delta, change } = scoreAnswer(state, each);
        const opening = delta === 0 ? `You stay at ${state.score}: ` : `${delta > 0 ? "+" : "-"}${Math.abs(delta)}: `;
        expect(change.message.startsWith(opening)).toBe(true);
        expect(change.message).toMatch(/^[^.!?]+[.!]$/);
        expect(change.message.length).toBeLessThan(100);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    { score: 40, level: 2, correct: true, reason: "zone", says: "while you are learning" },
    { score: 40, level: 2, correct: false, reason: "zone", says: "while you are learning" },
    { score: 75, level: 3, correct: true, reason: "zone", says: "from 70 on" },
    { score: 75, level: 3, correct: false, reason: "zone", says: "from 70 on" },
    { score: 92, level: 4, correct: true, reason: "zone", says: "from 90 on" },
    { score: 40, level: 5, correct: true, reason: "level", says: "harder question" },
    { score: 40, level: 1, correct: true, reason: "level", says: "easier question" },
  ] as const)("at $score, level $level, correct $correct, after usual answers: the $reason", (row) => {
    const state = { score: row.score, streak: 0, recentAccuracy: row.score < 70 ? 0.9 : 0.85 };
    const { change } = scoreAnswer(state, { correct: row.correct, level: row.level });
    expect(change.reason).toBe(row.reason);
    expect(change.message).toContain(row.says);
  });

  it("of a new student's very first answer does not speak of recent answers", () => {
    expect(right(initialScore(), 2).change.reason).toBe("zone");
    expect(wrong(initialScore(), 2).change.reason).toBe("zone");
  });

  it.each([
    { score: 20, recentAccuracy: 0.3, correct: true, says: "each one counts more again" },
    { score: 95, recentAccuracy: 0.5, correct: true, says: "each one counts more again" },
    { score: 80, recentAccuracy: 1, correct: false, says: "this mistake costs less" },
    { score: 80, recentAccuracy: 0.3, correct: false, says: "mistakes cost less again" },
  ])("at $score is the recent accuracy ($recentAccuracy) where that decided", (row) => {
    const { score, recentAccuracy, correct, says } = row;
    const usual = targetLevels(score)[0];
    const { change } = scoreAnswer({ score, streak: 0, recentAccuracy }, { correct, level: usual });
    expect(change.reason).toBe("recent_accuracy");
    expect(change.message).toContain(says);
  });

  it("at 99 says how many right answers in a row are missing", () => {
    expect(right({ score: 99, streak: 4, recentAccuracy: 0.9 }, 3).change).toEqual({
      delta: 0,
      reason: "streak",
      message: "You stay at 99: mastery needs 8 right answers in a row at this level, you have 5.",
    });
  });

  it("at 100 says so", () => {
    const { change } = right({ score: 98, streak: 9, recentAccuracy: 1 }, 4);
    expect(change).toMatchObject({ delta: 2, reason: "streak" });
    expect(change.message).toContain("mastered");
  });
});

describe("simulated students", () => {
  const findings = checkRequirements(3_000, 1);

  it.each(REQUIREMENTS.map((requirement, row) => ({ p: requirement.p, row, must: describeRequirement(requirement) })))(
    "right with p = $p $must",
    ({ row }) => {
      expect(findings[row]).toMatchObject({ holds: true });
    },
  );
});
