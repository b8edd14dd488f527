import { readdirSync, readFileSync } from "node:fs";
import { parseTemplate } from "../../src/templates/parse-template.ts";
import type { TemplateBody } from "../../src/templates/schemas.ts";
import type { Template } from "../../src/templates/template.ts";

const FOLDER = new URL("./examples/", import.meta.url);

/** The bodies in `examples/`, by their names. */
export const EXAMPLES: readonly (readonly [name: string, body: unknown])[] = readdirSync(FOLDER)
  .toSorted()
  .map((file) => [file.replace(".json", ""), JSON.parse(readFileSync(new URL(file, FOLDER), "utf8"))]);

/** A template that must be well formed. */
export function templateOf(body: unknown): Template {
  const parsed = parseTemplate(body);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.template;
}

type Body<T extends TemplateBody["type"]> = Partial<Extract<TemplateBody, { type: T }>>;

/** A sum to work out, with what matters to the test. */
export const numeric = (fields: Body<"NUMERIC"> = {}) => ({
  type: "NUMERIC",
  level: 1,
  variables: { a: { type: "integer", from: 2, to: 30 }, b: { type: "integer", from: 2, to: 30 } },
  prompt: "What is {{a}} + {{b}}?",
  explanation: "It is {{answer}}.",
  answer: { value: "a + b" },
  ...fields,
});

/** A product to pick, with what matters to the test. */
export const mcq = (fields: Body<"MCQ"> = {}) => ({
  type: "MCQ",
  level: 1,
  variables: { a: { type: "integer", from: 11, to: 30 }, b: { type: "integer", from: 3, to: 9 } },
  prompt: "What is {{a}} × {{b}}?",
  explanation: "It is {{answer}}.",
  answer: { value: "a * b" },
  distractors: [{ value: "a + b" }, { value: "a * b + a" }],
  ...fields,
});

/** Multiples to find, with what matters to the test. */
export const multiSelect = (fields: Body<"MULTI_SELECT"> = {}) => ({
  type: "MULTI_SELECT",
  level: 1,
  variables: { a: { type: "integer", from: 3, to: 90 } },
  prompt: "Which are multiples of {{a}}?",
  explanation: "Divide by {{a}}.",
  candidates: [{ value: "2 * a" }, { value: "3 * a" }, { value: "2 * a + 1" }],
  right: "value % a == 0",
  ...fields,
});

/** A word to write, with what matters to the test. */
export const worded = (fields: Body<"TEXT"> = {}) => ({
  type: "TEXT",
  level: 1,
  variables: { a: { type: "integer", from: 20, to: 99 } },
  prompt: "Write {{a}} in words.",
  explanation: "It is {{answer}}.",
  answer: { text: "{{words(a)}}" },
  ...fields,
});
