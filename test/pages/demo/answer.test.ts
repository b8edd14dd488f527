import { describe, expect, it } from "vitest";
import { formHint, rightChoices, submittedAnswer } from "../../../src/pages/demo/client/answer.ts";
import { grade } from "../../../src/practice/grading.ts";
import type { KeyedQuestion, QuestionType } from "../../../src/practice/question.ts";

const CHOICES = {
  choices: [
    { id: "A", text: "54" },
    { id: "B", text: "56" },
  ],
};

const question = (type: QuestionType, correctAnswer: Record<string, unknown>): KeyedQuestion => ({
  id: 1,
  type,
  prompt: "What is 7 × 8?",
  data: type === "MCQ" || type === "MULTI_SELECT" ? CHOICES : {},
  correctAnswer,
  explanation: "",
  level: 2,
});

describe("what stands in the form, as the server takes it", () => {
  it.each([
    ["MCQ", { choice: "B" }, { chosen: ["B"], written: "" }, { choice: "B" }],
    ["MULTI_SELECT", { choices: ["A", "B"] }, { chosen: ["A", "B"], written: "" }, { choices: ["A", "B"] }],
    ["NUMERIC", { value: 1234 }, { chosen: [], written: " 1,234 " }, { value: "1,234" }],
    ["NUMERIC", { value: 0.75 }, { chosen: [], written: "3/4" }, { value: "3/4" }],
    ["TEXT", { text: "<" }, { chosen: [], written: " < " }, { text: "<" }],
  ] as const)("%s: %o", (type, key, filled, answer) => {
    const read = submittedAnswer({ type }, filled);
    expect(read).toEqual({ ok: true, answer });
    expect(grade(question(type, key), answer)).toMatchObject({ readable: true, correct: true });
  });

  it.each(["MCQ", "MULTI_SELECT", "NUMERIC", "TEXT"] as const)("%s: nothing is sent where nothing stands", (type) => {
    expect(submittedAnswer({ type }, { chosen: [], written: "  " })).toEqual({
      ok: false,
      missing: expect.stringMatching(/first\.$/),
    });
  });
});

describe("the right choices in a key", () => {
  it("are one, several or none, by the question's type", () => {
    expect(rightChoices({ type: "MCQ" }, { choice: "B" })).toEqual(["B"]);
    expect(rightChoices({ type: "MULTI_SELECT" }, { choices: ["A", "C"] })).toEqual(["A", "C"]);
    expect(rightChoices({ type: "NUMERIC" }, { value: 56 })).toEqual([]);
    expect(rightChoices({ type: "TEXT" }, { text: "B" })).toEqual([]);
  });
});

it("an answer that could not be read is answered with how to write one", () => {
  expect(formHint({ type: "NUMERIC" })).toContain("3/4");
  expect(formHint({ type: "TEXT" })).not.toContain("number");
});
