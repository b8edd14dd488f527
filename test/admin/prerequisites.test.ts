import { describe, expect, it } from "vitest";
import { circleAmong } from "../../src/admin/import/prerequisites.ts";

const neededBy = (needed: Record<number, number[]>) =>
  new Map(Object.entries(needed).map(([skill, before]) => [Number(skill), new Set(before)]));

const circleIn = (needed: Record<number, number[]>) => circleAmong(Object.keys(needed).map(Number), neededBy(needed));

describe("a circle among prerequisites", () => {
  it("is none where many ways lead to one skill", () => {
    expect(circleIn({ 1: [2, 3], 2: [4], 3: [4], 4: [5] })).toBeUndefined();
  });

  it("is the skills that need one another, without those that only lead to it or from it", () => {
    expect(circleIn({ 1: [2], 2: [3], 3: [4, 9], 4: [5], 5: [3, 8] })).toEqual([3, 4, 5]);
    expect(circleIn({ 1: [2], 2: [2] })).toEqual([2]);
  });

  it("is found at the end of a chain of 100,000, or found to be none, in a moment", { timeout: 5_000 }, () => {
    const chain = neededBy({});
    for (let skill = 1; skill < 100_000; skill += 1) chain.set(skill, new Set([skill + 1]));
    const skills = [...chain.keys()].reverse();
    expect(circleAmong(skills, chain)).toBeUndefined();
    chain.set(100_000, new Set([99_999]));
    expect(circleAmong(skills, chain)).toEqual([99_999, 100_000]);
  });
});
