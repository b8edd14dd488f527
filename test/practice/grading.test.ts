import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { grade } from "../../src/practice/grading.ts";
import { answerText, toQuestionView } from "../../src/practice/question.ts";
import { question } from "./questions.ts";

const choices = ["A", "B", "C", "D"].map((id) => ({ id, text: `text of ${id}` }));

const mcq = question({ type: "MCQ", data: { choices }, correctAnswer: { choice: "B" } });
const multi = question({ type: "MULTI_SELECT", data: { choices }, correctAnswer: { choices: ["A", "C"] } });
const numeric = (value: number | string, data = {}) => question({ type: "NUMERIC", data, correctAnswer: { value } });
const text = (key: string, accept?: string[]) =>
  question({ type: "TEXT", data: {}, correctAnswer: { text: key, ...(accept ? { accept } : {}) } });

const RIGHT = { readable: true, correct: true, mistakeType: null };
const wrong = (mistakeType: string) => ({ readable: true, correct: false, mistakeType });
const UNREADABLE = { readable: false, expected: expect.any(String) };

describe("MCQ", () => {
  it("is right with the key and wrong with another choice", () => {
    expect(grade(mcq, { choice: "B" })).toEqual(RIGHT);
    expect(grade(mcq, { choice: "A" })).toEqual(wrong("wrong_choice"));
  });

  it.each([
    {},
    { choice: "E" },
    { choice: "b" },
    { choice: "" },
    { choice: 1 },
    { choice: null },
    { choice: ["B"] },
    { choices: ["B"] },
    { value: "B" },
  ])("cannot be read from %j", (answer) => {
    expect(grade(mcq, answer)).toEqual(UNREADABLE);
  });
});

describe("MULTI_SELECT", () => {
  it.each([
    [["A", "C"], RIGHT],
    [["C", "A"], RIGHT],
    [["A", "C", "A"], RIGHT],
    [["A"], wrong("missing_choice")],
    [[], wrong("missing_choice")],
    [["A", "B", "C"], wrong("extra_choice")],
    [["A", "B", "C", "D"], wrong("extra_choice")],
    [["A", "B"], wrong("wrong_choice")],
    [["B", "D"], wrong("wrong_choice")],
  ])("%j is graded as a set", (given, grading) => {
    expect(grade(multi, { choices: given })).toEqual(grading);
  });

  it.each([
    {},
    { choices: "A" },
    { choices: { 0: "A" } },
    { choices: ["A", "E"] },
    { choices: ["A", 1] },
    { choices: [["A"]] },
    { choices: null },
    { choices: ["A", "A", "A", "A", "A"] },
    { choice: "A" },
  ])("cannot be read from %j", (answer) => {
    expect(grade(multi, answer)).toEqual(UNREADABLE);
  });
});

describe("NUMERIC", () => {
  it.each([
    [108, 108],
    [108, "108"],
    [108, " 108.0 "],
    [0.75, "3/4"],
    [0.75, ".75"],
    [1.5, "1 ½"],
    [1234, "1,234"],
    ["3/4", 0.75],
    [1 / 3, "1/3"],
    [1 / 3, 0.333333333333],
    [1e6 / 3, "333333.3333"],
    [-2, "−2"],
    [0, "-0"],
    [0.3, 0.1 + 0.2],
  ])("a key of %j takes %j", (key, given) => {
    expect(grade(numeric(key), { value: given })).toEqual(RIGHT);
  });

  it.each([
    [42, -42, "wrong_sign"],
    [42, 420, "wrong_place_value"],
    [42, 4200, "wrong_place_value"],
    [42, 42_000, "wrong_place_value"],
    [42, 420_000, "wrong_value"],
    [42, 4.2, "wrong_place_value"],
    [42, 0.42, "wrong_place_value"],
    [42, 0.042, "wrong_place_value"],
    [0, 10, "wrong_value"],
    [42, 43, "off_by_one"],
    [42, "41", "off_by_one"],
    [42, 7, "wrong_value"],
    [1 / 3, 0.333, "wrong_value"],
    [1 / 3, 0.33333333, "wrong_value"],
  ])("a key of %j tells what is wrong with %j", (key, given, mistake) => {
    expect(grade(numeric(key), { value: given })).toEqual(wrong(mistake));
  });

  it("takes what is within the tolerance, its ends included", () => {
    const about = numeric(3.14, { tolerance: 0.01 });
    expect(grade(about, { value: 3.13 })).toEqual(RIGHT);
    expect(grade(about, { value: "3.15" })).toEqual(RIGHT);
    expect(grade(about, { value: 3.16 })).toMatchObject({ correct: false });
  });

  it.each([
    ["cm", "12 cm"],
    ["cm", "12cm"],
    ["cm", "12"],
    ["cm", " 12 cm "],
    ["", "12"],
    ["$", "$12"],
    ["$", "12"],
    ["%", "12%"],
  ])("takes the question's own unit %j in %j", (unit, given) => {
    expect(grade(numeric(12, { unit }), { value: given })).toEqual(RIGHT);
  });

  it.each([
    {},
    { value: "twelve" },
    { value: "" },
    { value: null },
    { value: [12] },
    { value: true },
    { value: "12 kg" },
    { value: { value: 12 } },
    { value: Number.NaN },
    { value: Number.POSITIVE_INFINITY },
    { choice: "12" },
    { text: "12" },
  ])("cannot be read from %j", (answer) => {
    expect(grade(numeric(12, { unit: "cm" }), answer)).toEqual(UNREADABLE);
  });

  it("with a key that is no number is a fault of ours, not the student's", () => {
    expect(() => grade(numeric("twelve"), { value: 12 })).toThrow("the key of question 1 is no number");
  });

  it("takes every number that is its key, as a number and as text", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (thousandths) => {
        const key = thousandths / 1000;
        expect(grade(numeric(key), { value: key })).toEqual(RIGHT);
        expect(grade(numeric(key), { value: String(key) })).toEqual(RIGHT);
      }),
    );
  });
});

describe("TEXT", () => {
  it.each([
    ["noun", "noun"],
    ["noun", "  NOUN \n"],
    ["Straße", "STRASSE"],
    ["Straße", "STRAẞE"],
    ["caf\u00e9", "cafe\u0301"],
    ["CAFE\u0301", "caf\u00e9"],
    ["Σίσυφος", "ΣΊΣΥΦΟΣ"],
    ["Μαΐου", "ΜΑΪ\u0301ΟΥ"],
  ])("a key of %j takes %j", (key, given) => {
    expect(grade(text(key), { text: given })).toEqual(RIGHT);
    expect(grade(text(key), { answer: given })).toEqual(RIGHT);
  });

  it("is read whole up to 500 characters", () => {
    expect(grade(text("x".repeat(500)), { text: "x".repeat(500) })).toEqual(RIGHT);
  });

  it("is what `text` says where both are sent", () => {
    expect(grade(text("noun"), { text: "noun", answer: "verb" })).toEqual(RIGHT);
  });

  it("takes what else the key accepts", () => {
    expect(grade(text("do not", ["don't", "don’t"]), { text: "Don’t" })).toEqual(RIGHT);
  });

  it("is wrong with any other word, accents and inner spaces included", () => {
    for (const given of ["cafe", "ca fé", "café!"]) {
      expect(grade(text("café"), { text: given })).toEqual(wrong("wrong_text"));
    }
  });

  it.each([
    {},
    { text: "" },
    { text: " \n" },
    { text: 5 },
    { text: null },
    { text: ["noun"] },
    { text: "x".repeat(501) },
    { value: "noun" },
  ])("cannot be read from %j", (answer) => {
    expect(grade(text("noun"), answer)).toEqual(UNREADABLE);
  });
});

describe("any answer to any question", () => {
  it("is right, wrong or unreadable, and never an error", () => {
    const questions = fc.constantFrom(mcq, multi, numeric(12, { unit: "cm" }), text("noun", ["nouns"]));
    const answers = fc.dictionary(fc.constantFrom("choice", "choices", "value", "text", "answer"), fc.jsonValue());
    fc.assert(
      fc.property(questions, answers, (asked, answer) => {
        const grading = grade(asked, answer);
        if (grading.readable) expect(grading.mistakeType === null).toBe(grading.correct);
        else expect(grading.expected).not.toBe("");
      }),
      { numRuns: 1000 },
    );
  });

  it("that cannot be read is not told the key", () => {
    const grading = grade(numeric(987654), { value: "?" });
    expect(JSON.stringify(grading)).not.toContain("987654");
    expect(JSON.stringify(grade(text("zebra", ["okapi"]), {}))).not.toMatch(/zebra|okapi/);
  });
});

describe("a question as a student sees it", () => {
  it("holds no key, no explanation, and of its choices only id and text", () => {
    const marked = question({
      type: "MCQ",
      data: { choices: choices.map((choice) => ({ ...choice, correct: choice.id === "B", why: "secret" })) },
      correctAnswer: { choice: "B" },
      explanation: "secret",
    });
    const view = toQuestionView(marked, 9);
    expect(view).toEqual({ id: 1, skill_id: 9, type: "MCQ", prompt: "Question 1", data: { choices }, level: 2 });
  });
});

describe("an answer as text", () => {
  it.each([
    [mcq, { choice: "B" }, "text of B"],
    [multi, { choices: ["A", "C"] }, "text of A, text of C"],
    [numeric(12, { unit: "cm" }), { value: 12 }, "12 cm"],
    [numeric(0), { value: 0 }, "0"],
    [text("noun"), { text: "noun" }, "noun"],
    [text("noun"), { answer: "verb" }, "verb"],
  ])("reads as people write it", (asked, answer, shown) => {
    expect(answerText(asked, answer)).toBe(shown);
  });
});
