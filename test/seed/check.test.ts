import { describe, expect, it } from "vitest";
import { loadCheckedCatalog } from "../../drizzle/seed/catalog.ts";
import { checkCatalog } from "../../drizzle/seed/check.ts";
import { type CheckedCatalog, type CheckedQuestion, questionSchema } from "../../drizzle/seed/schema.ts";

const catalog = await loadCheckedCatalog();

/** What the checker says of skill 1 alone when its first question is changed. */
function problemsWith(changes: Record<string, unknown>): string[] {
  const [first, ...others] = catalog.questions.filter((question) => question.skill_id === 1);
  const planted = questionSchema.parse({ ...first, ...changes });
  return problemsOf({ skills: catalog.skills.slice(0, 1), questions: [planted, ...others] });
}

function problemsOf(changes: Partial<CheckedCatalog>): string[] {
  return checkCatalog({ ...catalog, ...changes }).map(({ problem }) => problem);
}

function choices(...texts: string[]) {
  return { choices: texts.map((text, index) => ({ id: "ABCDEF".charAt(index), text })) };
}

const numeric = { type: "NUMERIC", data: {}, correct_answer: { value: 56 } };
const multi = {
  ...{ type: "MULTI_SELECT", prompt: "Which are multiples of 3?", check: "mod(answer, 3) == 0" },
  ...{ data: choices("12", "14", "15"), explanation: "Count by threes: 12 and 15 come up, but 14 does not." },
};
const text = {
  ...{ type: "TEXT", prompt: "Write 6/8 in simplest form.", data: {}, check: "simplest(6/8)" },
  explanation: "Divide the top and the bottom by 2, which gives 3/4.",
};

describe("checkCatalog finds a wrong key", () => {
  it("of one choice", () => {
    expect(problemsWith({ correct_answer: { choice: "C" } })).toEqual([
      "the key is C, but 7 * 8, which is 56/1 makes it B",
    ]);
  });

  it("of several choices: one too many, one too few", () => {
    expect(problemsWith({ ...multi, correct_answer: { choices: ["A", "C"] } })).toEqual([]);
    expect(problemsWith({ ...multi, correct_answer: { choices: ["A", "B", "C"] } })).toHaveLength(1);
    expect(problemsWith({ ...multi, correct_answer: { choices: ["A"] } })).toHaveLength(1);
  });

  it("of a number, beyond its tolerance or its bounds", () => {
    expect(problemsWith(numeric)).toEqual([]);
    expect(problemsWith({ ...numeric, correct_answer: { value: 49 } })).toEqual([
      "the key 49 is not 7 * 8, which is 56/1",
    ]);
    const third = {
      ...numeric,
      prompt: "What is 1 ÷ 3, about?",
      check: "1/3",
      explanation: "Divide and round: it is about 0.33.",
    };
    expect(problemsWith({ ...third, correct_answer: { value: 0.33 }, data: { tolerance: 0.01 } })).toEqual([]);
    expect(problemsWith({ ...third, correct_answer: { value: 0.33 }, data: { tolerance: 0.001 } })).toHaveLength(1);
    expect(problemsWith({ ...numeric, data: { max: 50 } })).toEqual(["the key 56 is above max"]);
  });

  it("of a text, in every accepted spelling", () => {
    expect(problemsWith({ ...text, correct_answer: { text: "3/4" } })).toEqual([]);
    expect(problemsWith({ ...text, correct_answer: { text: "6/8" } })).toContain(
      'the accepted answer "6/8" is not simplest(6/8), which is "3/4"',
    );
    expect(problemsWith({ ...text, correct_answer: { text: "3/4", accept: ["4/3"] } })).toHaveLength(1);
  });

  it("of an expression, whatever way it is written", () => {
    const simplify = {
      ...{ type: "TEXT", prompt: "Simplify 3(x + 2).", data: {}, check: "3 * (x + 2)" },
      explanation: "Multiply both parts in the parentheses by 3.",
    };
    expect(problemsWith({ ...simplify, correct_answer: { text: "3x + 6", accept: ["6+3x"] } })).toEqual([]);
    expect(problemsWith({ ...simplify, correct_answer: { text: "3x + 2" } })).toHaveLength(1);
  });

  it("that rests on rounding: fractions are exact", () => {
    const sum = {
      ...numeric,
      prompt: "What is 0.1 + 0.2?",
      check: "0.1 + 0.2",
      explanation: "One tenth and two tenths are 0.3.",
    };
    expect(problemsWith({ ...sum, correct_answer: { value: 0.3 } })).toEqual([]);
    expect(problemsWith({ ...sum, correct_answer: { value: 0.1 + 0.2 } })).not.toEqual([]);
  });

  it("that cannot be computed, or asks for more than arithmetic", () => {
    expect(problemsWith({ check: "7 *" })[0]).toMatch(/cannot be computed/);
    expect(problemsWith({ check: 'evaluate("7 * 8")' })[0]).toMatch(/evaluate is not part of the check language/);
  });
});

describe("checkCatalog finds bad choices", () => {
  it("repeated as text", () => {
    expect(problemsWith({ data: choices("54", "56", "54") })).toContain('"54" is offered twice');
  });

  it("repeated as value", () => {
    const half = {
      ...{ prompt: "Which is the greatest?", check: "answer == max(3/4, 1/2, 2/4)" },
      explanation: "Three fourths are more than a half.",
    };
    expect(problemsWith({ ...half, data: choices("1/2", "3/4", "2/4") })).toEqual([
      "choices A and C have the same value",
    ]);
  });

  it("of which two are right, or none, or all", () => {
    expect(problemsWith({ data: choices("54", "56", "8 × 7") })).toContain("2 choices are right (B, C)");
    expect(problemsWith({ data: choices("54", "55", "64") })).toEqual(["0 choices are right ()"]);
    expect(problemsWith({ ...multi, data: choices("12", "15"), correct_answer: { choices: ["A", "B"] } })).toContain(
      "every choice is right",
    );
  });

  it("with an id that comes twice, or a key that is none of them", () => {
    const twice = { choices: [...choices("54", "56").choices, { id: "A", text: "64" }] };
    expect(problemsWith({ data: twice })).toContain("the choice A comes twice");
    expect(problemsWith({ correct_answer: { choice: "F" } })).toContain("the key F is no choice");
  });

  it("that put the right one in the same place", () => {
    const sorted = catalog.questions.map((question): CheckedQuestion => {
      if (question.type !== "MCQ") return question;
      const right = question.data.choices.find(({ id }) => id === question.correct_answer.choice)?.text ?? "";
      const wrong = question.data.choices.filter(({ text }) => text !== right).map(({ text }) => text);
      return { ...question, data: choices(right, ...wrong), correct_answer: { choice: "A" } };
    });
    expect(problemsOf({ questions: sorted })[0]).toMatch(/^A is right in \d+ of \d+ MCQ of 4$/);
  });
});

describe("checkCatalog finds words that mislead", () => {
  it("a missing explanation, or one that another question has", () => {
    expect(problemsWith({ explanation: "" })).toEqual(["the explanation is missing or too short to teach"]);
    const other = catalog.questions[5]?.explanation;
    expect(problemsWith({ explanation: other })).toContain("the explanation is that of another question");
  });

  it("an explanation with a false sum in it, or one that does not arrive at the answer", () => {
    expect(problemsWith({ explanation: "You know that 7 × 7 = 48, and one more seven makes 56." })).toEqual([
      'the explanation says "7 × 7 = 48", which is false',
    ]);
    expect(problemsWith({ ...numeric, explanation: "Add up eight sevens, one after the other." })).toEqual([
      "the explanation does not arrive at 56",
    ]);
  });

  it("an explanation that counts on the order of the choices", () => {
    expect(problemsWith({ explanation: "Work out 7 × 8 = 56, so the second one is right." })).toEqual([
      "the explanation counts on the order of the choices",
    ]);
  });

  it("a prompt that shows the answer", () => {
    expect(problemsWith({ ...numeric, prompt: "What is 7 × 8? Hint: 56." })).toEqual(["the prompt shows the answer"]);
    expect(problemsWith({ prompt: "If 7 × 8 = 56, what is 7 × 8?" })).toEqual(["the prompt shows the answer"]);
  });

  it("a check that proves another question", () => {
    const stray = problemsWith({ check: "14 * 4" });
    expect(stray).toContain("the check computes with 14, which the prompt does not give");
  });
});

describe("checkCatalog finds what is missing or doubled in the catalog", () => {
  it("too few questions, a thin level", () => {
    const problems = problemsOf({ questions: catalog.questions.filter((one) => one.skill_id !== 1 || one.level > 2) });
    expect(problems).toContain("13 questions are fewer than 15");
    expect(problems).toContain("level 1 has 0 questions, fewer than 3");
  });

  it("an id, a prompt or a skill's code that comes twice", () => {
    const [first, second] = catalog.skills;
    if (!first || !second) throw new Error("the catalog is empty");
    expect(problemsOf({ questions: [...catalog.questions, ...catalog.questions.slice(0, 1)] })).toEqual(
      expect.arrayContaining(["the id 1 comes twice", "question 1 repeats the prompt of another"]),
    );
    expect(problemsOf({ skills: [first, { ...second, code: first.code }, ...catalog.skills.slice(2)] })).toEqual([
      "the code A.1 is taken in its subject and grade",
    ]);
  });

  it("a reference to a row that is not there", () => {
    expect(problemsOf({ topics: catalog.topics.slice(1) })).toContain("no such topic");
    expect(problemsWith({ skill_id: 999 })).toContain("no such skill");
  });
});
