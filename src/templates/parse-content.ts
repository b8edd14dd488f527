import { TemplateFailure } from "./faults.ts";
import type { TemplateBody } from "./schemas.ts";
import type { Expression, Scope, Type } from "./scope.ts";
import type { ChoiceRule, Content } from "./template.ts";
import { compileText, type Text } from "./text.ts";

const MAX_CHOICES = 8;
const MAX_CHOICE = 200;
const MAX_FEEDBACK = 400;

export type CompiledContent = {
  readonly content: Content;
  /** What the answer is, or each candidate. */
  readonly answerType: Type;
  /** What the answer and the choices come from. */
  readonly sources: ReadonlySet<string>;
  /** What a reader sees besides the prompt. */
  readonly shown: ReadonlySet<string>;
};

type Of<T extends TemplateBody["type"]> = Extract<TemplateBody, { type: T }>;

/** Fits together what a question is made from; throws a {@link TemplateFailure} at the first part that does not fit. */
export function compileContent(body: TemplateBody, scope: Scope): CompiledContent {
  switch (body.type) {
    case "MCQ":
      return singleChoice(body, scope);
    case "MULTI_SELECT":
      return manyChoices(body, scope);
    case "NUMERIC":
      return numeric(body, scope);
    case "TEXT":
      return worded(body, scope);
  }
}

function singleChoice(body: Of<"MCQ">, scope: Scope): CompiledContent {
  const { distractors, show, order = "shuffled", compare = "value" } = body;
  const count = order === "listed" ? distractors.length : (show ?? distractors.length + 1);
  if (count > MAX_CHOICES) throw new TemplateFailure("distractors", `a question has at most ${MAX_CHOICES} choices`);
  if (show !== undefined && order === "listed") throw new TemplateFailure("show", "listed choices are all shown");
  if (show !== undefined && show > distractors.length + 1) {
    throw new TemplateFailure("show", "is more than the answer and the distractors are");
  }
  const [answer, ...others] = choices(
    [
      { path: "answer", rule: body.answer },
      ...distractors.map((rule, index) => ({ path: `distractors.${index}`, rule })),
    ],
    body.choice_text,
    scope,
  );
  if (!answer) throw new TemplateFailure("answer", "is missing");
  return {
    content: { type: "MCQ", answer, distractors: others, show, order, compare },
    answerType: answer.value.type,
    ...ofChoices([answer, ...others]),
  };
}

function manyChoices(body: Of<"MULTI_SELECT">, scope: Scope): CompiledContent {
  const { compare = "value" } = body;
  const candidates = choices(
    body.candidates.map((rule, index) => ({ path: `candidates.${index}`, rule })),
    body.choice_text,
    scope,
  );
  const answerType = candidates[0]?.value.type ?? "number";
  const each = scope.with({ value: answerType }, candidates.length);
  const right = expression(body.right, "right", ["bool"], each);
  const { sources, shown } = ofChoices(candidates);
  return {
    content: { type: "MULTI_SELECT", candidates, right, compare },
    answerType,
    sources: new Set([...sources, ...right.references]),
    shown,
  };
}

function numeric({ answer }: Of<"NUMERIC">, scope: Scope): CompiledContent {
  const quantity = (source: string | number | undefined, name: string) =>
    source === undefined ? undefined : expression(String(source), `answer.${name}`, ["number"], scope);
  const value = expression(answer.value, "answer.value", ["number"], scope);
  const unit = optionalText(answer.unit, "answer.unit", scope, MAX_CHOICE);
  const [tolerance, min, max] = [
    quantity(answer.tolerance, "tolerance"),
    quantity(answer.min, "min"),
    quantity(answer.max, "max"),
  ];
  return {
    content: { type: "NUMERIC", value, form: answer.form, tolerance, unit, min, max },
    answerType: "number",
    sources: value.references,
    shown: new Set(unit?.references),
  };
}

function worded({ answer }: Of<"TEXT">, scope: Scope): CompiledContent {
  const text = compileText(answer.text, "answer.text", scope, MAX_CHOICE);
  const accept = (answer.accept ?? []).map((one, index) =>
    compileText(one, `answer.accept.${index}`, scope, MAX_CHOICE),
  );
  const placeholder = optionalText(answer.placeholder, "answer.placeholder", scope, MAX_CHOICE);
  return {
    content: { type: "TEXT", text, accept, placeholder },
    answerType: "string",
    sources: text.references,
    shown: new Set(placeholder?.references),
  };
}

type RawChoice = {
  readonly path: string;
  readonly rule: {
    readonly value: string;
    readonly text?: string | undefined;
    readonly feedback?: string | undefined;
  };
};

/** Choices of one type, each written by its own text, else by the common one, else as its value is. */
function choices(raw: readonly RawChoice[], common: string | undefined, scope: Scope): ChoiceRule[] {
  const values = raw.map(({ path, rule }) => expression(rule.value, `${path}.value`, ["number", "string"], scope));
  const [type] = values.map((value) => value.type);
  const odd = values.find((value) => value.type !== type);
  if (odd) throw new TemplateFailure(odd.path, `is a ${odd.type}, where the first choice is a ${type}`);
  const within = scope.with({ value: type ?? "number" });
  const each = scope.with({ value: type ?? "number" }, values.length);
  const shared = optionalText(common, "choice_text", each, MAX_CHOICE);
  return values.map((value, index) => {
    const { path = "", rule } = raw[index] ?? {};
    return {
      path,
      value,
      text: optionalText(rule?.text, `${path}.text`, within, MAX_CHOICE) ?? shared,
      feedback: optionalText(rule?.feedback, `${path}.feedback`, within, MAX_FEEDBACK),
    };
  });
}

function ofChoices(rules: readonly ChoiceRule[]): Pick<CompiledContent, "sources" | "shown"> {
  const all = new Set(rules.flatMap(({ value, text }) => [...value.references, ...(text?.references ?? [])]));
  return { sources: all, shown: all };
}

function optionalText(source: string | undefined, path: string, scope: Scope, max: number): Text | undefined {
  return source === undefined ? undefined : compileText(source, path, scope, max);
}

/** An expression of one of these types. */
export function expression(source: string, path: string, types: readonly Type[], scope: Scope): Expression {
  const compiled = scope.compile(source, { path });
  if (types.includes(compiled.type)) return compiled;
  const position = { start: 0, end: source.length };
  throw new TemplateFailure(path, `is a ${compiled.type}, not a ${types.join(" or a ")}`, position);
}
