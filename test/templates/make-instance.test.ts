import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkInstance } from "../../src/templates/check-instance.ts";
import type { Instance } from "../../src/templates/instance.ts";
import { makeInstance } from "../../src/templates/make-instance.ts";
import { previewTemplate } from "../../src/templates/preview-template.ts";
import type { Template } from "../../src/templates/template.ts";
import { spaceSize } from "../../src/templates/validate-template.ts";
import { EXAMPLES, mcq, numeric, templateOf, worded } from "./examples.ts";
import instances from "./same-everywhere.json" with { type: "json" };

const seeds = fc.integer({ min: 0, max: 0xffff_ffff });
const examples = EXAMPLES.map(([name, body]) => [name, templateOf(body)] as const);

function instance(template: Template, seed: number, number: number): Instance {
  const made = makeInstance(template, { seed, number });
  if (!made.ok) throw new Error(JSON.stringify(made.fault));
  return made.instance;
}

/** What a student can tell a question by: the prompt, and the choices in any order. */
const reading = ({ prompt, data }: Instance) =>
  JSON.stringify([prompt, Array.isArray(data.choices) ? data.choices.map(({ text }) => text).toSorted() : []]);

describe.each(examples)("the template %s", (_, template) => {
  it("makes the same instance from the same seed and number, and others from others", () => {
    const again = templateOf(template.body);
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 1e9 }), (seed, number) => {
        expect(instance(again, seed, number)).toEqual(instance(template, seed, number));
      }),
      { numRuns: 20 },
    );
    const firsts = Array.from({ length: 30 }, (_, seed) => reading(instance(template, seed, 0)));
    expect(new Set(firsts).size).toBeGreaterThan(15);
  });

  it("has a key that holds by its own check and in grading", () => {
    const faults = Array.from({ length: 1_000 }, (_, number) => checkInstance(template, { seed: 3, number }).faults);
    expect(faults.flat()).toEqual([]);
  });

  it("asks nothing twice until its space is used up", () => {
    const count = Math.min(2_000, spaceSize(template).instances);
    const readings = Array.from({ length: count }, (_, number) => reading(instance(template, 11, number)));
    expect(new Set(readings).size).toBe(count);
  });

  it("shows nothing of the key in what a student sees before the answer", () => {
    for (let number = 0; number < 50; number += 1) {
      const { data, type } = instance(template, 5, number);
      const allowed = type === "NUMERIC" ? ["tolerance", "unit", "min", "max"] : ["choices", "placeholder"];
      expect(Object.keys(data).filter((name) => !allowed.includes(name))).toEqual([]);
      for (const choice of Array.isArray(data.choices) ? data.choices : []) {
        expect(Object.keys(choice)).toEqual(["id", "text"]);
      }
    }
  });
});

describe("a session", () => {
  it("goes through all contents before any comes again in another dress, and never has one twice running", () => {
    const body = numeric({
      variables: {
        who: { type: "list", list: "names" },
        a: { type: "integer", from: 2, to: 5 },
        b: { type: "integer", from: 6, to: 8 },
      },
      prompt: "{{who}} has {{a}} red and {{b}} blue cards. How many?",
    });
    const template = templateOf(body);
    expect(spaceSize(template)).toEqual({ instances: 12 * 40, exact: true });
    fc.assert(
      fc.property(seeds, (seed) => {
        const prompts = Array.from({ length: 480 }, (_, number) => instance(template, seed, number).prompt);
        const contents = prompts.map((prompt) => prompt.replace(/^\w+/, ""));
        expect(new Set(prompts).size).toBe(480);
        for (let round = 0; round < 40; round += 1) {
          expect(new Set(contents.slice(round * 12, round * 12 + 12)).size).toBe(12);
        }
        expect(contents.some((content, index) => content === contents[index - 1])).toBe(false);
      }),
      { numRuns: 20 },
    );
  });

  it("goes through a constrained space exactly once before it starts anew", () => {
    const template = templateOf(numeric({ constraints: ["a % b == 0", "a != b"] }));
    const { instances, exact } = spaceSize(template);
    const pairs = Array.from(
      { length: 29 * 29 },
      (_, index) => [2 + (index % 29), 2 + Math.floor(index / 29)] as const,
    );
    expect({ instances, exact }).toEqual({
      instances: pairs.filter(([a, b]) => a % b === 0 && a !== b).length,
      exact: true,
    });
    const prompts = Array.from({ length: instances * 2 }, (_, number) => instance(template, 9, number).prompt);
    expect(new Set(prompts.slice(0, instances)).size).toBe(instances);
    expect(new Set(prompts).size).toBe(instances);
  });

  it("has room in spaces too large to count", () => {
    const wide = { type: "integer", from: 1, to: 1_000_000 } as const;
    const names = [..."abcdefgh"];
    const template = templateOf(
      numeric({
        variables: Object.fromEntries(names.map((name) => [name, wide])),
        prompt: names.map((name) => `{{${name}}}`).join(" + "),
        answer: { value: names.join(" + ") },
      }),
    );
    expect(spaceSize(template)).toMatchObject({ exact: false });
    const prompts = Array.from({ length: 3_000 }, (_, number) => instance(template, 1, number).prompt);
    expect(new Set(prompts).size).toBe(3_000);
    // Every variable varies, the ones beyond the permutation too.
    const columns = prompts.map((prompt) => prompt.split(" + "));
    for (const index of names.keys()) {
      expect(new Set(columns.map((column) => column[index])).size).toBeGreaterThan(1_000);
    }
  });
});

describe("an instance", () => {
  it("tells of each wrong choice what its author has to say", () => {
    const template = templateOf(
      mcq({ distractors: [{ value: "a + b", feedback: "You added: {{a}} + {{b}} = {{value}}." }, { value: "a - b" }] }),
    );
    const { data, feedback, correctAnswer } = instance(template, 1, 0);
    const [[id, line] = ["", ""]] = Object.entries(feedback);
    const choice = Array.isArray(data.choices) ? data.choices.find((one) => one.id === id) : undefined;
    expect(line.endsWith(`= ${choice?.text}.`)).toBe(true);
    expect(correctAnswer.choice).not.toBe(id);
    expect(Object.keys(feedback)).toHaveLength(1);
  });

  it("has a number for a key where a decimal says it exactly, else a fraction", () => {
    const keys = (form: "decimal" | "fraction" | "mixed" | undefined, value: string) => {
      const fields = { variables: { a: { type: "integer", from: 7, to: 8 } as const }, prompt: "{{a}}" };
      const template = templateOf(numeric({ ...fields, answer: { value, ...(form ? { form } : {}) } }));
      return [0, 1].map((number) => instance(template, 1, number).correctAnswer.value).toSorted();
    };
    expect(keys(undefined, "a / 4")).toEqual([1.75, 2]);
    expect(keys(undefined, "a / 3")).toEqual(["7/3", "8/3"]);
    expect(keys("fraction", "a / 4")).toEqual([2, "7/4"].toSorted());
    expect(keys("mixed", "a / 4")).toEqual(["1 3/4", 2].toSorted());
    expect(keys("mixed", "-a / 3")).toEqual(["−2 1/3", "−2 2/3"]);
  });

  it("takes a typed hyphen for a minus", () => {
    const template = templateOf(worded({ answer: { text: "{{-a}}" } }));
    const { text, accept } = instance(template, 1, 0).correctAnswer;
    expect(accept).toEqual([String(text).replace("−", "-")]);
  });

  it("says why it cannot be made, rather than throw", () => {
    const template = templateOf(numeric({ answer: { value: "a / (b - b)" } }));
    expect(makeInstance(template, { seed: 1, number: 0 })).toEqual({
      ok: false,
      fault: { path: "answer.value", message: "division by zero", position: { start: 0, end: 10 } },
    });
    const never = templateOf(numeric({ constraints: ["a > 100"] }));
    expect(makeInstance(never, { seed: 1, number: 0 })).toEqual({
      ok: false,
      fault: { path: "constraints", message: "are never met" },
    });
  });

  it("is the same on every engine", () => {
    for (const { body, seed, number, made } of instances) {
      expect(makeInstance(templateOf(body), { seed, number })).toEqual({ ok: true, instance: made });
    }
  });
});

describe("a preview", () => {
  it("shows ten instances with their keys and variables, or what is wrong with them", () => {
    const preview = previewTemplate(templateOf(numeric()));
    expect(preview.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const { instance: made, values, faults } of preview) {
      expect(made?.prompt).toBe(`What is ${values.a} + ${values.b}?`);
      expect(made?.correctAnswer).toEqual({ value: Number(values.a) + Number(values.b) });
      expect(faults).toEqual([]);
    }
    const [broken] = previewTemplate(templateOf(numeric({ answer: { value: "a / (b - b)" } })), { count: 1 });
    expect(broken).toMatchObject({ instance: null, faults: [{ path: "answer.value", message: "division by zero" }] });
  });
});
