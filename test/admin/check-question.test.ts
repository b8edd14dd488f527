import { describe, expect, it } from "vitest";
import { type AnswerableQuestion, checkQuestion } from "../../src/admin/questions/check-question.ts";

const choices = [
  { id: "A", text: "54" },
  { id: "B", text: "56" },
  { id: "C", text: "64" },
];

const mcq = (data: object = {}, key: unknown = { choice: "B" }): AnswerableQuestion => ({
  type: "MCQ",
  data: { choices, ...data },
  correct_answer: key,
});
const multi = (key: unknown, data: object = {}): AnswerableQuestion => ({
  type: "MULTI_SELECT",
  data: { choices, ...data },
  correct_answer: key,
});
const numeric = (key: unknown, data: object = {}): AnswerableQuestion => ({
  type: "NUMERIC",
  data,
  correct_answer: key,
});
const text = (key: unknown, data: object = {}): AnswerableQuestion => ({ type: "TEXT", data, correct_answer: key });

const faultsOf = (question: AnswerableQuestion) => {
  const checked = checkQuestion(question);
  return checked.ok ? [] : checked.faults.map(({ path }) => path);
};

describe("a question whose key fits it", () => {
  it.each([
    ["a choice", mcq()],
    ["some of the choices", multi({ choices: ["A", "C"] })],
    ["all of the choices", multi({ choices: ["A", "B", "C"] })],
    ["a number", numeric({ value: 108 })],
    ["a number between its bounds", numeric({ value: 5 }, { min: 5, max: 5, tolerance: 0, unit: "cm" })],
    ["a fraction", numeric({ value: "3/4" })],
    ["thousands", numeric({ value: "1,234" })],
    ["words", text({ text: "noun" })],
    ["words, others too", text({ text: "noun", accept: ["a noun"] }, { placeholder: "a kind of word" })],
  ])("%s", (_, question) => {
    expect(checkQuestion(question)).toEqual({ ok: true, data: question.data, correctAnswer: question.correct_answer });
  });

  it("keeps what else its data holds, and of the key only what is one", () => {
    const question = mcq({ image: "https://example.com/1.png" }, { choice: " B ", note: "easy" });
    expect(checkQuestion(question)).toEqual({ ok: true, data: question.data, correctAnswer: { choice: "B" } });
  });
});

describe("a question whose key does not fit is told where", () => {
  it.each([
    ["no choices", { type: "MCQ", data: {}, correct_answer: { choice: "A" } } as const, ["data.choices"]],
    ["one choice", mcq({ choices: choices.slice(0, 1) }, { choice: "A" }), ["data.choices"]],
    ["a choice without a text", mcq({ choices: [...choices, { id: "D" }] }), ["data.choices.3.text"]],
    ["a choice that is blank", mcq({ choices: [...choices, { id: "D", text: " " }] }), ["data.choices.3.text"]],
    ["an id twice", mcq({ choices: [...choices, { id: "B", text: "1" }] }), ["data.choices.3.id"]],
    ["a text twice", mcq({ choices: [...choices, { id: "D", text: " 54 " }] }), ["data.choices.3.text"]],
    ["a choice that is none", mcq({}, { choice: "D" }), ["correct_answer.choice"]],
    ["a key of another type", mcq({}, { choices: ["B"] }), ["correct_answer.choice"]],
    ["no key", mcq({}, {}), ["correct_answer.choice"]],
    ["a key that is text", mcq({}, "B"), ["correct_answer"]],
    ["none of the choices", multi({ choices: [] }), ["correct_answer.choices"]],
    ["one choice that is none", multi({ choices: ["A", "D"] }), ["correct_answer.choices.1"]],
    ["one choice twice", multi({ choices: ["A", "A"] }), ["correct_answer.choices.1"]],
    ["letters for a number", numeric({ value: "many" }), ["correct_answer.value"]],
    ["a number that is none for sure", numeric({ value: "1,5" }), ["correct_answer.value"]],
    ["no number", numeric({}), ["correct_answer.value"]],
    ["infinity", numeric({ value: Number.POSITIVE_INFINITY }), ["correct_answer.value"]],
    ["a number out of bounds", numeric({ value: "1/2" }, { min: 1 }), ["correct_answer.value"]],
    ["bounds that cross", numeric({ value: 2 }, { min: 3, max: 1 }), ["correct_answer.value", "data.min"]],
    ["a tolerance below zero", numeric({ value: 2 }, { tolerance: -1 }), ["data.tolerance"]],
    ["a bound that is text", numeric({ value: 2 }, { max: "3" }), ["data.max"]],
    ["no words", text({ text: "  " }), ["correct_answer.text"]],
    ["a number for words", text({ text: 5 }), ["correct_answer.text"]],
    ["accepted words that are none", text({ text: "a", accept: [""] }), ["correct_answer.accept.0"]],
    ["data that tells the answer", text({ text: "a" }, { correct_answer: "a" }), ["data.correct_answer"]],
    ["data that is code", text({ text: "a" }, { generator_code: "1" }), ["data.generator_code"]],
    ["data without end", text({ text: "a" }, { story: "x".repeat(40_000) }), ["data"]],
  ])("%s", (_, question, paths) => {
    expect(faultsOf(question).toSorted()).toEqual([...paths].toSorted());
  });

  it.each([undefined, null, {}, "many"])("as %j where a number is to be, and what is one", (value) => {
    const checked = checkQuestion(numeric({ value }));
    const message = expect.stringMatching(/^must be a number, such as 42/);
    expect(checked).toEqual({ ok: false, faults: [{ path: "correct_answer.value", message }] });
  });
});
