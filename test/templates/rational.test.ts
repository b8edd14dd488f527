import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { numberText } from "../../src/templates/number-text.ts";
import { NumberFault, Rational } from "../../src/templates/rational.ts";

const part = fc.integer({ min: -100_000, max: 100_000 });
const numbers = fc
  .tuple(
    part,
    part.filter((d) => d !== 0),
  )
  .map(([n, d]) => Rational.of(n, d));

/** Two fractions are one number where their cross products are equal; in whole numbers without end. */
const isFraction = (x: Rational, n: bigint, d: bigint) => BigInt(x.n) * d === n * BigInt(x.d);
const [n, d] = [(x: Rational) => BigInt(x.n), (x: Rational) => BigInt(x.d)];

describe("an exact number", () => {
  it("adds, subtracts, multiplies and divides as fractions do", () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        expect(isFraction(a.plus(b), n(a) * d(b) + n(b) * d(a), d(a) * d(b))).toBe(true);
        expect(isFraction(a.minus(b), n(a) * d(b) - n(b) * d(a), d(a) * d(b))).toBe(true);
        expect(isFraction(a.times(b), n(a) * n(b), d(a) * d(b))).toBe(true);
        if (b.n !== 0) expect(isFraction(a.over(b), n(a) * d(b), d(a) * n(b))).toBe(true);
      }),
    );
  });

  it("is in lowest terms, its denominator positive, its zero without a sign", () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        for (const x of [a, a.plus(b), a.minus(b), a.times(b), a.negated(), a.minus(a)]) {
          const [twice, same] = [Rational.of(x.n * 2, x.d * 2), Rational.of(-x.n, -x.d)];
          expect([twice, same]).toEqual([x, x]);
          expect(x.d).toBeGreaterThan(0);
          expect(Object.is(x.n, -0)).toBe(false);
        }
      }),
    );
  });

  it("is compared, and cut down to a whole number, by its value", () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        expect(Math.sign(a.compare(b))).toBe(Math.sign(Number(n(a) * d(b) - n(b) * d(a))));
        const below = a.floor();
        expect(below.compare(a)).toBeLessThanOrEqual(0);
        expect(below.plus(Rational.of(1)).compare(a)).toBeGreaterThan(0);
      }),
    );
  });

  it("leaves a rest of the divisor's sign, smaller than it", () => {
    fc.assert(
      fc.property(
        numbers,
        numbers.filter((b) => b.n !== 0),
        (a, b) => {
          const rest = a.modulo(b);
          expect(a.minus(rest).over(b).isWhole).toBe(true);
          expect(rest.n === 0 || Math.sign(rest.n) === Math.sign(b.n)).toBe(true);
          expect(Math.abs(rest.toNumber())).toBeLessThan(Math.abs(b.toNumber()));
        },
      ),
    );
  });

  it("reads decimals exactly", () => {
    const sum = ["0.1", "0.2"].map((text) => Rational.parse(text) ?? Rational.of(0)).reduce((a, b) => a.plus(b));
    expect(String(sum)).toBe("3/10");
    expect(String(Rational.parse("-12.50"))).toBe("-25/2");
    for (const text of ["", "1e3", ".5", "1.", "--1", "1/2", "1234567890123456"]) {
      expect(Rational.parse(text), text).toBeUndefined();
    }
  });

  it("refuses what it could only round", () => {
    const huge = Rational.of(Number.MAX_SAFE_INTEGER);
    expect(() => huge.plus(Rational.of(1))).toThrow(NumberFault);
    expect(() => huge.times(huge)).toThrow(NumberFault);
    expect(() => Rational.of(1, 3).times(Rational.of(1, Number.MAX_SAFE_INTEGER))).toThrow(NumberFault);
    expect(() => Rational.of(1, 0)).toThrow("division by zero");
    // But it can always be told which is greater, and shown.
    const third = Rational.of(1, 3);
    expect(huge.compare(third)).toBeGreaterThan(0);
    expect(huge.compare(Rational.of(-1, Number.MAX_SAFE_INTEGER))).toBeGreaterThan(0);
    expect(Rational.of(Number.MAX_SAFE_INTEGER - 1, 5).compare(Rational.of(Number.MAX_SAFE_INTEGER, 5))).toBe(-1);
    expect(numberText(Rational.of(Number.MAX_SAFE_INTEGER, 2))).toBe("4,503,599,627,370,495.5");
  });
});
