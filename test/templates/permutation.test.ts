import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_PERMUTED, permuted } from "../../src/templates/permutation.ts";

const seeds = fc.integer({ min: 0, max: 0xffff_ffff });

describe("a permutation", () => {
  it("has every number once", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_500 }), seeds, (size, seed) => {
        const all = Array.from({ length: size }, (_, index) => permuted(index, size, seed));
        expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, index) => index));
      }),
    );
  });

  it("stays within what it permutes, without repeats, however large that is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2_000, max: MAX_PERMUTED }), seeds, (size, seed) => {
        const some = Array.from({ length: 200 }, (_, index) => permuted(index, size, seed));
        expect(new Set(some).size).toBe(200);
        expect(some.every((place) => Number.isSafeInteger(place) && place >= 0 && place < size)).toBe(true);
      }),
    );
  });

  it("is another for another seed, and puts each number in each place about as often", () => {
    const size = 10;
    const counts = Array.from({ length: size }, () => 0);
    for (let seed = 0; seed < 5_000; seed += 1) {
      const place = permuted(3, size, seed);
      counts[place] = (counts[place] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 500)).toBeLessThan(120);
  });
});
