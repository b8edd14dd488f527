import { describe, expect, it } from "vitest";
import { explanationOf } from "../../src/practice/question.ts";
import { question } from "./questions.ts";

const feedback = { B: "You forgot to carry." };

describe("what a student reads once the answer is in", () => {
  it("begins with what their wrong choice shows", () => {
    const asked = question({ explanation: "Add.", feedback });
    expect(explanationOf(asked, { choice: "B" })).toBe("You forgot to carry. Add.");
    expect(explanationOf(asked, { choice: "A" })).toBe("Add.");
  });

  it("tells of every wrong one of several choices", () => {
    const asked = question({
      type: "MULTI_SELECT",
      correctAnswer: { choices: ["A"] },
      explanation: "Add.",
      feedback: { ...feedback, C: "Too many." },
    });
    expect(explanationOf(asked, { choices: ["A", "B", "C"] })).toBe("You forgot to carry. Too many. Add.");
  });

  it.each([
    { choice: "A", choices: [{ toString: 1, valueOf: 1 }] },
    { value: 3, choice: "constructor" },
    { choice: "__proto__" },
    { choices: "B" },
  ])("is the explanation alone for %j, which no question takes", (answer) => {
    for (const type of ["MCQ", "NUMERIC", "MULTI_SELECT"] as const) {
      expect(explanationOf(question({ type, explanation: "Add.", feedback }), answer)).toBe("Add.");
    }
  });
});
