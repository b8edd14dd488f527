import { describe, expect, it } from "vitest";
import { validateTemplate } from "../../src/templates/validate-template.ts";
import { EXAMPLES, mcq, multiSelect, numeric, templateOf, worded } from "./examples.ts";

/** What a template is refused for. */
function faultsOf(body: unknown) {
  const validated = validateTemplate(templateOf(body));
  return validated.ok ? [] : validated.faults;
}

const range = (from: number, to: number) => ({ type: "integer", from, to }) as const;

describe("a template is refused when it is run and", () => {
  it.each<[what: string, body: object, path: string, message: string]>([
    [
      "divides by zero",
      numeric({ variables: { a: range(2, 30), b: range(0, 30) }, answer: { value: "a / b" } }),
      "answer.value",
      "division by zero",
    ],
    [
      "divides by zero in a constraint",
      numeric({ variables: { a: range(2, 30), b: range(0, 30) }, constraints: ["a % b == 0"] }),
      "constraints.0",
      "division by zero",
    ],
    [
      "grows beyond exact numbers",
      numeric({ derived: { c: "pow(a, 30)" }, answer: { value: "c + b" } }),
      "derived.c",
      "too large to be exact",
    ],
    [
      "repeats a choice",
      mcq({ distractors: [{ value: "a + b" }, { value: "b + a" }] }),
      "distractors.1.value",
      "the same choice as distractors.0",
    ],
    [
      "repeats a choice in other words",
      mcq({
        distractors: [
          { value: "a", text: "{{a}}.0" },
          { value: "a + 0", text: "{{a}}" },
        ],
      }),
      "distractors.1.value",
      "the same choice",
    ],
    [
      "repeats a choice that is a text, by its value",
      mcq({ answer: { value: "text(a * b)" }, distractors: [{ value: "fraction(2 * a, 2)" }, { value: "text(a)" }] }),
      "distractors.1.value",
      "the same choice as distractors.0",
    ],
    [
      "gives two right choices",
      mcq({ distractors: [{ value: "a + b" }, { value: "b * a" }] }),
      "distractors.1.value",
      "the same choice as answer",
    ],
    [
      "gives two right choices by its check",
      mcq({ distractors: [{ value: "a + b" }, { value: "a * b + a" }], check: "answer > a" }),
      "distractors.1.value",
      "is right by check, but not the key",
    ],
    [
      "leaves too few choices",
      mcq({ distractors: [{ value: "b * a" }, { value: "a + b" }], show: 3 }),
      "distractors",
      "leave only 1 wrong",
    ],
    ["has no place for the answer in its list", mcq({ order: "listed" }), "answer.value", "is none of the choices"],
    ["makes every choice right", multiSelect({ right: "value > 0" }), "right", "makes every choice right"],
    ["makes no choice right", multiSelect({ right: "value < 0" }), "right", "makes no choice right"],
    [
      "has a key that its check denies",
      numeric({ check: "answer == a - b" }),
      "answer.value",
      "is the key, but not by check",
    ],
    ["has a key that its check computes otherwise", numeric({ check: "a + b + 1" }), "answer.value", "not by check"],
    [
      "leaves its own bounds",
      numeric({ answer: { value: "a + b", max: 40 } }),
      "answer.value",
      "outside of min and max",
    ],
    [
      "asks for a decimal that has no end",
      numeric({ answer: { value: "a / b", form: "decimal" } }),
      "answer.value",
      "has no end",
    ],
    ["has constraints that are never met", numeric({ constraints: ["a + b == 100"] }), "constraints.0", "never met"],
    [
      "has constraints that are hardly ever met",
      numeric({ constraints: ["a * b == 899 || a * b == 4"] }),
      "constraints.0",
      "met by only",
    ],
    [
      "has but one question",
      numeric({ constraints: ["a == 5 && b == 6"], variables: { a: range(5, 5), b: range(6, 6) } }),
      "variables",
      "only one",
    ],
    ["asks one question twice", numeric({ prompt: "What is {{a + b}}?", answer_shown: true }), "prompt", "comes twice"],
    ["always has one answer", numeric({ answer: { value: "a - a + 7" } }), "answer.value", "the answer is always 7"],
    [
      "shows the answer in the prompt",
      numeric({ prompt: "{{a}} + {{b}} = {{a + b}}?" }),
      "prompt",
      "always stands in the prompt",
    ],
    [
      "shows a word in the prompt",
      worded({ prompt: "{{a}} is {{words(a)}}. Write it." }),
      "prompt",
      "always stands in the prompt",
    ],
    [
      "always has the right choice first",
      mcq({ order: "sorted", distractors: [{ value: "a * b + 1" }, { value: "a * b + 2" }] }),
      "order",
      "is always A",
    ],
    [
      "marks the right choice",
      mcq({ answer: { value: "a * b", text: "{{value}} apples" } }),
      "answer.text",
      "only the right choice",
    ],
    [
      "makes a text too long",
      worded({ answer: { text: "{{words(a)}} {{join(sequence(1, 99), '')}}" } }),
      "answer.text",
      "longer than",
    ],
    ["makes what is no character", worded({ prompt: "{{a}} {{'\\u0000'}}" }), "prompt", "no character"],
    [
      "makes a choice that is no character",
      mcq({ answer: { value: "text(a * b)" }, distractors: [{ value: "text(a)" }, { value: "text(b) + '\\u0000'" }] }),
      "distractors.1.value",
      "no character",
    ],
  ])("%s", (_, body, path, message) => {
    const faults = faultsOf(body);
    expect(faults.map((fault) => `${fault.path}: ${fault.message}`).join("\n")).toContain(`${path}: `);
    expect(faults.find((fault) => fault.path === path)?.message).toContain(message);
  });

  it("says with which variables, and where in the expression", () => {
    const body = numeric({
      variables: { a: range(2, 30), b: range(0, 30) },
      derived: { c: "1 + a / b" },
      answer: { value: "c" },
    });
    const [fault] = faultsOf(body);
    expect(fault).toMatchObject({ path: "derived.c", position: { start: 4, end: 9 }, values: { b: "0" } });
  });
});

describe("a template is taken that", () => {
  it.each(EXAMPLES)("is the example %s", (_, body) => {
    expect(faultsOf(body)).toEqual([]);
  });

  it("guards what could fail by a constraint that stands before it", () => {
    const variables = { a: range(2, 30), b: range(0, 30) };
    expect(faultsOf(numeric({ variables, constraints: ["b > 1", "a % b == 0"], answer: { value: "a / b" } }))).toEqual(
      [],
    );
    expect(faultsOf(numeric({ variables, constraints: ["b > 0 && a % b == 1"], answer: { value: "a / b" } }))).toEqual(
      [],
    );
  });

  it("has distractors to spare where some coincide", () => {
    const distractors = [{ value: "a + b" }, { value: "b + a" }, { value: "a * b" }, { value: "a - b" }];
    expect(faultsOf(mcq({ distractors, show: 3 }))).toEqual([]);
  });

  it("picks the answer from the prompt, and says so", () => {
    const body = numeric({ prompt: "Which is more, {{a}} or {{b}}?", answer: { value: "max(a, b)" } });
    expect(faultsOf(body).map(({ path }) => path)).toEqual(["prompt"]);
    expect(faultsOf({ ...body, answer_shown: true })).toEqual([]);
  });

  it("has choices of one value in different words, and says so", () => {
    const distractors = [{ value: "fraction(2 * a, 2 * b)" }, { value: "fraction(b, a)" }];
    const body = mcq({
      prompt: "Which is {{a}} over {{b}} as it stands?",
      answer: { value: "fraction(a, b)" },
      distractors,
    });
    expect(faultsOf(body).map(({ path }) => path)).toContain("distractors.0.value");
    expect(faultsOf({ ...body, compare: "text" })).toEqual([]);
  });
});
