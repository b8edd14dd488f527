import { expect, it } from "vitest";
import { lettersOf, newJoinCode, newParentCode, readCode } from "../../src/classrooms/codes.ts";

const many = Array.from({ length: 500 });

it("codes hold no letter that is taken for another or for a digit, and no vowel", () => {
  const codes = many.map(() => newJoinCode() + newParentCode()).join("");
  expect(codes).toMatch(/^[A-Z]+$/);
  expect(codes).not.toMatch(/[AEIOULSV]/);
});

it("codes have 8 letters for a class and 12 for a parent, and none comes twice", () => {
  expect(new Set(many.map(newJoinCode)).size).toBe(many.length);
  expect(newJoinCode()).toHaveLength(8);
  expect(newParentCode()).toHaveLength(12);
});

it("every letter is as likely as any other", () => {
  const letters = lettersOf(Array.from({ length: 1800 }, (_, index) => index));
  const counts = Object.values(Object.groupBy([...letters], (letter) => letter)).map((same) => same?.length);
  expect(new Set(counts)).toEqual(new Set([100]));
});

it("a code is read in any case, with spaces, tabs and hyphens of any kind anywhere", () => {
  for (const typed of [
    "BCDFGHJK",
    "bcdfghjk",
    " bcdf ghjk ",
    "BCDF-GHJK",
    "bcdf–ghjk",
    "B c\tD f\nGHJK",
    "bcdf\u00a0ghjk",
  ]) {
    expect(readCode(typed)).toBe("BCDFGHJK");
  }
});
