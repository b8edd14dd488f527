import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ItemAnswer, itemStatistics } from "../../src/reports/figures/item-statistics.ts";

/** Answers of students to items, one each: a row a student, a column an item, 1 is right. */
const answersOf = (rows: readonly (readonly (0 | 1)[])[], seconds = 10): ItemAnswer[] =>
  rows.flatMap((row, student) =>
    row.map((right, item) => ({ item: `q${item}`, student, isRight: right === 1, seconds: seconds + student })),
  );

/** The definition, step by step: the correlation of an item with the share right of each student's other answers. */
function discriminationOf(answers: readonly ItemAnswer[], item: string): number | null {
  const xs: number[] = [];
  const ys: number[] = [];
  for (const answer of answers) {
    if (answer.item !== item) continue;
    const others = answers.filter((one) => one.student === answer.student && one.item !== item);
    if (others.length === 0) continue;
    xs.push(answer.isRight ? 1 : 0);
    ys.push(others.filter(({ isRight }) => isRight).length / others.length);
  }
  const n = xs.length;
  if (n < 10) return null;
  const mx = xs.reduce((a, b) => a + b) / n;
  const my = ys.reduce((a, b) => a + b) / n;
  const sd = (values: number[], mean: number) =>
    Math.sqrt(values.map((value) => (value - mean) ** 2).reduce((a, b) => a + b) / n);
  const covariance = xs.map((x, i) => (x - mx) * ((ys[i] ?? 0) - my)).reduce((a, b) => a + b) / n;
  const spread = sd(xs, mx) * sd(ys, my);
  return spread < 1e-9 ? null : covariance / spread;
}

describe("item statistics", () => {
  it("of an item that separates who can from who cannot are high, of one that does the contrary negative", () => {
    const able = Array.from({ length: 6 }, () => [1, 1, 1, 1, 0] as const);
    const weak = Array.from({ length: 6 }, () => [0, 0, 0, 1, 1] as const);
    const found = itemStatistics(answersOf([...able, ...weak]));
    expect(found.get("q0")).toMatchObject({ n: 12, students: 12, shareRight: 0.5, medianSeconds: 15.5 });
    expect(found.get("q0")?.discrimination).toBeGreaterThan(0.3);
    expect(found.get("q4")?.discrimination).toBeLessThan(-0.3);
    // Everybody was right: there is nothing to correlate.
    expect(found.get("q3")).toMatchObject({ shareRight: 1, discrimination: null });
  });

  it("leaves the item itself out: of one item alone nothing is known", () => {
    const found = itemStatistics(answersOf(Array.from({ length: 12 }, (_, n) => [n % 2 === 0 ? 1 : 0] as const)));
    expect(found.get("q0")).toMatchObject({ n: 12, shareRight: 0.5, discrimination: null });
  });

  it("are not computed on fewer than ten answers, whose number is told", () => {
    const few = itemStatistics(answersOf(Array.from({ length: 9 }, () => [1, 0] as const)));
    expect(few.get("q0")).toMatchObject({ n: 9, shareRight: null, discrimination: null, medianSeconds: null });
    const enough = itemStatistics(answersOf(Array.from({ length: 10 }, () => [1, 0] as const)));
    expect(enough.get("q0")).toMatchObject({ n: 10, shareRight: 1, medianSeconds: 14.5 });
  });

  it("agree with the definition, whoever answers whatever how often", () => {
    const answer = fc.record({
      item: fc.constantFrom("a", "b", "c"),
      student: fc.integer({ min: 1, max: 8 }),
      isRight: fc.boolean(),
      seconds: fc.integer({ min: 0, max: 90 }),
    });
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 120 }), (answers) => {
        for (const [item, found] of itemStatistics(answers)) {
          const its = answers.filter((one) => one.item === item);
          expect(found.n).toBe(its.length);
          if (its.length < 10) continue;
          const sorted = its.map(({ seconds }) => seconds).toSorted((a, b) => a - b);
          const middle = sorted.filter(
            (_, i) => i === Math.floor((sorted.length - 1) / 2) || i === Math.floor(sorted.length / 2),
          );
          expect(found.medianSeconds).toBe(middle.reduce((a, b) => a + b) / middle.length);
          expect(found.shareRight).toBeCloseTo(its.filter(({ isRight }) => isRight).length / its.length, 2);
          const wanted = discriminationOf(answers, item);
          if (wanted === null) expect(found.discrimination).toBeNull();
          else expect(Math.abs((found.discrimination ?? 9) - wanted)).toBeLessThan(0.0051);
        }
      }),
    );
  });
});
