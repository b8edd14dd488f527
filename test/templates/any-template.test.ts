import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { grade } from "../../src/practice/grading.ts";
import { toQuestionView } from "../../src/practice/question.ts";
import type { Instance } from "../../src/templates/instance.ts";
import { makeInstance } from "../../src/templates/make-instance.ts";
import { parseTemplate } from "../../src/templates/parse-template.ts";
import { previewTemplate } from "../../src/templates/preview-template.ts";
import { spaceSize, validateTemplate } from "../../src/templates/validate-template.ts";
import { EXAMPLES, templateOf } from "./examples.ts";

const names = fc.constantFrom("a", "b", "c", "d");

/** Expressions of numbers, most of them well formed, many of which fail on some of their variables. */
const { expression: numbers } = fc.letrec<{ expression: string; list: string; truth: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    names,
    fc.integer({ min: -20, max: 99 }).map(String),
    fc
      .tuple(tie("expression"), fc.constantFrom("+", "-", "*", "/", "%"), tie("expression"))
      .map(([a, operator, b]) => `(${a} ${operator} ${b})`),
    fc
      .tuple(
        fc.constantFrom("gcd", "lcm", "pow", "max", "round", "digit", "quotient"),
        tie("expression"),
        tie("expression"),
      )
      .map(([name, a, b]) => `${name}(${a}, ${b})`),
    fc.tuple(fc.constantFrom("abs", "sqrt", "floor", "-"), tie("expression")).map(([name, a]) => `${name}(${a})`),
    fc
      .tuple(fc.constantFrom("sum", "mean", "median", "mode", "count"), tie("list"))
      .map(([name, a]) => `${name}(${a})`),
    fc.tuple(tie("truth"), tie("expression"), tie("expression")).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
  ),
  list: fc.oneof(
    fc.array(tie("expression"), { minLength: 1, maxLength: 3 }).map((all) => `[${all.join(", ")}]`),
    fc.tuple(tie("expression"), tie("expression")).map(([a, b]) => `sequence(${a}, ${b})`),
    fc.tuple(tie("list"), tie("expression")).map(([list, a]) => `${list}.map(x, x + ${a})`),
    tie("expression").map((a) => `factors(${a})`),
  ),
  truth: fc.oneof(
    fc
      .tuple(tie("expression"), fc.constantFrom("<", "==", "!=", ">="), tie("expression"))
      .map(([a, operator, b]) => `${a} ${operator} ${b}`),
    fc.tuple(tie("list"), tie("expression")).map(([list, a]) => `${list}.exists(x, x > ${a})`),
  ),
}));

const truths = fc
  .tuple(numbers, fc.constantFrom("<", "==", "!=", ">="), numbers)
  .map(([a, operator, b]) => `${a} ${operator} ${b}`);

const variable = fc.oneof(
  fc
    .tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 0, max: 500 }))
    .map(([from, more]) => ({ type: "integer", from, to: from + more })),
  fc.integer({ min: 1, max: 400 }).map((steps) => ({ type: "decimal", from: 0.1, to: 0.1 + steps / 10, step: 0.1 })),
  fc
    .uniqueArray(fc.integer({ min: -9, max: 99 }), { minLength: 1, maxLength: 6 })
    .map((of) => ({ type: "choice", of })),
);

const variables = fc.record({ a: variable, b: variable, c: variable, d: variable });

const shared = {
  level: fc.constantFrom(1, 2, 3, 4, 5),
  variables,
  derived: fc.dictionary(fc.constantFrom("p", "q"), numbers, { maxKeys: 2 }),
  constraints: fc.array(truths, { maxLength: 2 }),
  prompt: fc.constant("{{a}} and {{b}} and {{c}} and {{d}}"),
  explanation: fc.constantFrom("Because.", "It is {{answer}}.", "{{p}}"),
};

const choice = fc.record({ value: numbers }, { requiredKeys: ["value"] });

const templates = fc.oneof(
  fc.record({ type: fc.constant("NUMERIC"), ...shared, answer: choice }),
  fc.record(
    {
      type: fc.constant("MCQ"),
      ...shared,
      answer: choice,
      distractors: fc.array(choice, { minLength: 1, maxLength: 4 }),
      order: fc.constantFrom("shuffled", "sorted", "listed"),
      check: fc.oneof(numbers, truths),
    },
    { requiredKeys: ["type", "level", "variables", "prompt", "explanation", "answer", "distractors"] },
  ),
  fc.record({
    type: fc.constant("MULTI_SELECT"),
    ...shared,
    candidates: fc.array(choice, { minLength: 2, maxLength: 5 }),
    right: truths,
  }),
  fc.record({ type: fc.constant("TEXT"), ...shared, answer: numbers.map((value) => ({ text: `{{${value}}}` })) }),
);

/** Reads, validates and runs anything; what comes of it must hold for whatever it was. */
function run(body: unknown): "unreadable" | "refused" | "taken" {
  const parsed = parseTemplate(body);
  if (!parsed.ok) {
    expect(parsed.faults.length).toBeGreaterThan(0);
    return "unreadable";
  }
  const { template } = parsed;
  const validated = validateTemplate(template);
  previewTemplate(template, { count: 3 });
  for (let number = 0; number < 30; number += 1) {
    const made = makeInstance(template, { seed: 99, number });
    expect(made).toEqual(makeInstance(template, { seed: 99, number }));
    if (made.ok) keepsItsKey(made.instance);
  }
  if (!validated.ok) {
    for (const { path, message } of validated.faults) expect(path === "" || message === "").toBe(false);
    return "refused";
  }
  expect(validated.spaceSize).toEqual(spaceSize(template));
  expect(validated.spaceSize.instances).toBeGreaterThan(1);
  return "taken";
}

/** The view of a question is the same whatever its key and explanation are, and its key is one that grading takes. */
function keepsItsKey(instance: Instance) {
  const view = toQuestionView({ ...instance, id: 1 }, 1);
  expect(Object.keys(view).toSorted()).toEqual(["data", "id", "level", "prompt", "skill_id", "type"]);
  const names = ["choices", "max", "min", "placeholder", "tolerance", "unit"];
  expect(Object.keys(view.data).every((name) => names.includes(name))).toBe(true);
  const choices = Array.isArray(view.data.choices) ? view.data.choices : [];
  expect(choices.map(({ id }) => id)).toEqual([..."ABCDEFGH"].slice(0, choices.length));
  expect(choices.every((one) => Object.keys(one).join() === "id,text")).toBe(true);
  expect(new Set(choices.map(({ text }) => text)).size).toBe(choices.length);
  expect(grade({ ...instance, id: 1 }, instance.correctAnswer)).toMatchObject({ readable: true, correct: true });
}

describe("whatever a template is", () => {
  it("it is read, validated and run without a throw and without an end in sight; its key stays its own", () => {
    const outcomes = new Map<string, number>();
    fc.assert(
      fc.property(templates, (body) => {
        const outcome = run(body);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }),
      { numRuns: 400 },
    );
    // The templates are not all alike: the property has seen both ends.
    expect(outcomes.get("refused")).toBeGreaterThan(0);
    expect(outcomes.get("taken")).toBeGreaterThan(0);
  }, 60_000);

  it("even where a good one has been spoiled in any place", () => {
    const bodies = fc.constantFrom(...EXAMPLES.map(([, body]) => JSON.stringify(body)));
    const strings = fc.oneof(
      fc.string({ maxLength: 12 }),
      numbers,
      fc.constantFrom("{{", "}}", "'", "{{a}}", "a / (a - a)"),
    );
    fc.assert(
      fc.property(bodies, fc.nat(), fc.nat(3), strings, (body, at, cut, put) => {
        const strung = JSON.stringify(put).slice(1, -1);
        const place = at % body.length;
        const spoiled = `${body.slice(0, place)}${strung}${body.slice(place + cut)}`;
        try {
          JSON.parse(spoiled);
        } catch {
          return;
        }
        run(JSON.parse(spoiled));
      }),
      { numRuns: 400 },
    );
  }, 60_000);

  it("and whatever JSON it is", () => {
    fc.assert(fc.property(fc.jsonValue(), (body) => run(body) === "unreadable"));
  });

  it("with the costliest expressions that are let in", () => {
    const costly = (count: number) => ({
      type: "NUMERIC",
      level: 1,
      variables: { a: { type: "integer", from: 1, to: 1_000_000 }, b: { type: "integer", from: 1, to: 1_000_000 } },
      derived: { data: "sequence(1, 50).map(x, x + a)" },
      constraints: Array.from(
        { length: count },
        () => "sum(data.map(x, median(data) + x)) > 0 && sum(data.map(x, gcd(x, a) + lcm(x, 12))) != b",
      ),
      prompt: "{{a}} {{b}}",
      explanation: "It is {{answer}}.",
      answer: { value: "a + b" },
    });
    const counts = Array.from({ length: 20 }, (_, count) => count + 1);
    const most = counts.findLast((count) => parseTemplate(costly(count)).ok) ?? 0;
    expect(most).toBeGreaterThan(1);
    expect(run(costly(most))).toBe("taken");
    expect(parseTemplate(costly(20))).toMatchObject({ ok: false, faults: [{ path: "derived" }] });
    const explanation = "{{sum(data.map(x, median(data) + x))}} ".repeat(20);
    expect(parseTemplate({ ...costly(1), explanation })).toMatchObject({ ok: false, faults: [{ path: "derived" }] });
  }, 60_000);
});

describe("an instance of a template that was taken", () => {
  it("is there for next to every number", () => {
    for (const [name, body] of EXAMPLES) {
      const template = templateOf(body);
      const made = Array.from({ length: 500 }, (_, number) => makeInstance(template, { seed: 21, number }));
      expect(
        made.filter(({ ok }) => !ok),
        name,
      ).toEqual([]);
    }
  });
});
