import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseNumeral } from "../../src/practice/numeral.ts";

describe("a numeral", () => {
  it.each([
    ["7", 7],
    ["+7", 7],
    ["-7", -7],
    ["−7", -7],
    ["– 7", -7],
    ["  42  ", 42],
    ["007", 7],
    ["0.50", 0.5],
    [".5", 0.5],
    ["5.", 5],
    ["-.25", -0.25],
    ["1,234", 1234],
    ["1 234", 1234],
    ["1\u00a0234", 1234],
    ["1\u202f234\u202f567", 1_234_567],
    ["12,345,678.9", 12_345_678.9],
    ["3/4", 0.75],
    ["3 / 4", 0.75],
    ["-3/4", -0.75],
    ["1 3/4", 1.75],
    ["-1 3/4", -1.75],
    ["6/4", 1.5],
    ["½", 0.5],
    ["-½", -0.5],
    ["1½", 1.5],
    ["1 ½", 1.5],
    ["10⅔", 10 + 2 / 3],
    ["-0", 0],
    ["1".repeat(40), Number("1".repeat(40))],
  ])("%j is %d", (text, value) => {
    expect(parseNumeral(text)).toBe(value);
  });

  it.each([
    "",
    " ",
    "-",
    "+",
    ".",
    ",",
    "seven",
    "7a",
    "x7",
    "1e3",
    "0x10",
    "Infinity",
    "NaN",
    "1,5",
    "1,23",
    "1,2345",
    "1234,567",
    "0,123",
    "00,123",
    "1,234 567",
    "1..5",
    "1.2.3",
    "1.234,5",
    "--7",
    "+-7",
    "7-",
    "3/0",
    "0/0",
    "3/",
    "/4",
    "3/4/5",
    "3/-4",
    "1.5/2",
    "½5",
    "2½5",
    "½½",
    "½/2",
    "1/½",
    "½.5",
    "5%",
    "$5",
    "٣",
    "1".repeat(41),
    `${" ".repeat(40)}1`,
  ])("%j is none", (text) => {
    expect(parseNumeral(text)).toBeUndefined();
  });

  it("reads every sign of a fraction that Unicode has as what it stands for", () => {
    const signs = [..."½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"];
    // Unicode's own compatible form is a fraction slash between digits.
    const stoodFor = signs.map((sign) => sign.normalize("NFKD").replace("\u2044", "/"));
    expect(signs.map(parseNumeral)).toEqual(stoodFor.map(parseNumeral));
  });

  it("reads back every number as it is written, plain and grouped", () => {
    const cents = fc.integer({ min: -99_999_999_999, max: 99_999_999_999 });
    fc.assert(
      fc.property(cents, (hundredths) => {
        const value = hundredths / 100;
        expect(parseNumeral(String(value))).toBe(value);
        expect(parseNumeral(value.toLocaleString("en-US", { maximumFractionDigits: 2 }))).toBeCloseTo(value, 9);
      }),
    );
  });

  it("is a finite number or none, whatever is typed", () => {
    const typed = fc.oneof(
      fc.string({ unit: fc.constantFrom(..."0123456789.,/ +-−–½⅔e'%xX\u00a0") }),
      fc.string({ unit: "grapheme" }),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const value = parseNumeral(text);
        expect(value === undefined || Number.isFinite(value)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("takes no longer for hostile text than for any other", () => {
    // Each is at the longest that is read at all; a pattern that backtracks would need seconds for these.
    for (const text of [
      "1 ".repeat(20),
      `${"1,111".repeat(7)}x`,
      " ".repeat(40),
      "-".repeat(40),
      `${"1".repeat(39)}/`,
    ]) {
      expect(parseNumeral(text)).toBeUndefined();
    }
  });
});
