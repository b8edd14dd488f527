import { describe, expect, it } from "vitest";
import { parseTemplate } from "../../src/templates/parse-template.ts";
import { mcq, multiSelect, numeric, templateOf, worded } from "./examples.ts";

/** The faults of a template, each as its path, the characters at fault where it names them, and what it says. */
function faultsOf(body: object): string[] {
  const parsed = parseTemplate(body);
  if (parsed.ok) return [];
  return parsed.faults.map(({ path, message, position }) => {
    if (!position) return `${path}: ${message}`;
    const source = path.split(".").reduce<unknown>((part, key) => (Object(part) as Record<string, unknown>)[key], body);
    return `${path} (${String(source).slice(position.start, position.end)}): ${message}`;
  });
}

describe("a template that does not fit together is refused, with the place of the fault", () => {
  const integer = { type: "integer", from: 1, to: 9 } as const;
  it.each<[what: string, body: object, fault: string]>([
    ["a type that there is not", numeric({ type: "ESSAY" as "NUMERIC" }), "type: Invalid discriminator value"],
    ["a level beyond 5", numeric({ level: 6 as 5 }), "level: Invalid input"],
    ["a key that nothing knows", { ...numeric(), hint: "x" }, 'Unrecognized key: "hint"'],
    ["a name with a space", numeric({ variables: { "a b": integer } }), "variables.a b: "],
    [
      "a name of the language",
      numeric({ variables: { in: integer } }),
      "in is a name that the language keeps for itself",
    ],
    ["a name of ours", numeric({ variables: { answer: integer } }), "answer is a name that the language keeps"],
    [
      "an empty range",
      numeric({ variables: { a: { type: "integer", from: 5, to: 4 } } }),
      "variables.a: to is less than",
    ],
    [
      "a range without end",
      numeric({ variables: { a: { type: "integer", from: 0, to: 1e8 } } }),
      "variables.a: has more",
    ],
    ["a choice named twice", numeric({ variables: { a: { type: "choice", of: [1, 2, 1] } } }), "names an entry twice"],
    [
      "records of two shapes",
      numeric({ variables: { a: { type: "choice", of: [{ n: 1 }, { n: "one" }] } } }),
      "variables.a.of.1: has not the fields of the first record",
    ],
    ["a broken expression", numeric({ answer: { value: "a + * b" } }), "answer.value (*): Unexpected token"],
    ["an unknown variable", numeric({ answer: { value: "a + c" } }), "answer.value (c): there is no variable c"],
    [
      "an answer of the wrong type",
      numeric({ answer: { value: "a > b" } }),
      "answer.value (a > b): is a bool, not a number",
    ],
    ["a fault in a prompt", numeric({ prompt: "What is {{a}} + {{c}}?" }), "prompt (c): there is no variable c"],
    ["a placeholder left open", numeric({ prompt: "What is {{a + b?" }), "prompt ({{): {{ is never closed"],
    ["a truth in a text", numeric({ prompt: "Is it {{a > b}}?" }), "prompt (a > b): a truth value has no text"],
    [
      "the answer in the prompt",
      numeric({ prompt: "{{a}} {{b}} {{answer}}" }),
      "prompt (answer): there is no variable answer",
    ],
    [
      "a constraint that is none",
      numeric({ constraints: ["a > b", "a + b"] }),
      "constraints.1 (a + b): is a number, not a bool",
    ],
    ["a constraint of nothing", numeric({ constraints: ["1 < 2"] }), "constraints.0: reads no variable"],
    [
      "values that come from each other",
      numeric({ derived: { x: "y + 1", y: "x + 1" } }),
      "derived.x: comes from itself",
    ],
    ["a fault in a derived value", numeric({ derived: { x: "a + 'b'" } }), "derived.x (a + 'b'): no such overload"],
    ["a derived value named as a variable", numeric({ derived: { a: "b + 1" } }), "derived.a: a is a name that"],
    ["a variable that is not seen", numeric({ prompt: "What is {{a}} and something?" }), "variables.b: is not seen"],
    [
      "choices of two types",
      mcq({ distractors: [{ value: "'none'" }] }),
      "distractors.0.value: is a string, where the first",
    ],
    [
      "a fault in feedback",
      mcq({ distractors: [{ value: "a", feedback: "No: {{x}}." }] }),
      "distractors.0.feedback (x): there",
    ],
    ["more choices than there are", mcq({ show: 5 }), "show: is more than the answer and the distractors are"],
    [
      "more choices than a question has",
      mcq({ distractors: Array.from({ length: 8 }, (_, index) => ({ value: `a + ${index}` })) }),
      "distractors: a question has at most 8 choices",
    ],
    ["a part of a list", mcq({ order: "listed", show: 2 }), "show: listed choices are all shown"],
    ["a predicate that is none", multiSelect({ right: "value + a" }), "right (value + a): is a number, not a bool"],
    [
      "a fault in an accepted text",
      worded({ answer: { text: "{{words(a)}}", accept: ["{{a + }}"] } }),
      "answer.accept.0",
    ],
    ["a check of another type", worded({ check: "a + 1" }), "check (a + 1): is a number, not a bool or a string"],
  ])("%s", (_, body, fault) => {
    const faults = faultsOf(body);
    expect(faults.join("\n")).toContain(fault);
  });

  it("all faults of its parts at once", () => {
    const body = numeric({ prompt: "{{a}} {{x}}", answer: { value: "y" }, constraints: ["a >", "z > 1"] });
    expect(faultsOf(body).map((fault) => fault.split(" ")[0])).toEqual([
      "constraints.0",
      "constraints.1",
      "prompt",
      "answer.value",
    ]);
  });

  it("whatever it is that is no template", () => {
    for (const body of [undefined, null, 1, "x", [], {}, { type: "MCQ" }]) expect(parseTemplate(body).ok).toBe(false);
  });
});

describe("a template", () => {
  it("is the same when storage gives its records back in another order", () => {
    const body = numeric({ derived: { x: "a + b", y: "x * 2" }, answer: { value: "y - x" } });
    const turned = {
      ...body,
      variables: Object.fromEntries(Object.entries(body.variables).toReversed()),
      derived: { y: "x * 2", x: "a + b" },
    };
    const [one, other] = [templateOf(body), templateOf(turned)];
    for (let number = 0; number < 20; number += 1)
      expect(other.space().at(7, number)).toEqual(one.space().at(7, number));
  });

  it("may read a derived value before it is written down", () => {
    const template = templateOf(numeric({ derived: { x: "y + 1", y: "a + b" }, answer: { value: "x" } }));
    expect(template.derived.map(({ name }) => name)).toEqual(["y", "x"]);
  });

  it("has quotes and braces within its placeholders as they are", () => {
    const template = templateOf(numeric({ prompt: "{{a > b ? '}} more' : \"it's {{ less\"}} {{a}} {{b}}" }));
    expect(template.prompt.references).toEqual(new Set(["a", "b"]));
  });
});
