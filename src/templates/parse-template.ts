import { faultsOf } from "../http/schema-faults.ts";
import { mix } from "../seeded-random.ts";
import type { Derived } from "./combinations.ts";
import { declare, domainOf } from "./domain.ts";
import { attempt, TemplateFailure, type TemplateFault } from "./faults.ts";
import { compileContent, expression } from "./parse-content.ts";
import { type TemplateBody, templateBodySchema } from "./schemas.ts";
import { Scope } from "./scope.ts";
import { reachOf, type Space, type SpacePlan, spaceOf } from "./space.ts";
import type { Template } from "./template.ts";
import { compileText } from "./text.ts";

const MAX_PROMPT = 1_000;
const MAX_EXPLANATION = 2_000;
/** Of all expressions together, for one instance. */
const MAX_STEPS = 30_000;

/** Names that stand for something of their own in some expressions or in all. */
const KEPT: readonly string[] = ["answer", "value", "in", "true", "false", "null"];

export type ParsedTemplate =
  | { readonly ok: true; readonly template: Template }
  | { readonly ok: false; readonly faults: readonly TemplateFault[] };

/** Reads a template from JSON and fits its parts together; every fault comes with its place. It is not run yet. */
export function parseTemplate(json: unknown): ParsedTemplate {
  const read = templateBodySchema.safeParse(json);
  if (!read.success) return { ok: false, faults: faultsOf(read.error) };
  const faults: TemplateFault[] = [];
  const template = compile(read.data, faults);
  return template ? { ok: true, template } : { ok: false, faults };
}

/** Undefined where there are faults. */
function compile(body: TemplateBody, faults: TemplateFault[]): Template | undefined {
  // Part by part, so that one fault does not hide another.
  const part = <T>(make: () => T): T | undefined => {
    const made = attempt(make);
    if (made.ok) return made.value;
    faults.push(made.fault);
    return undefined;
  };

  const scope = new Scope();
  const domains = byName(body.variables).flatMap(
    ([name, variable]) => part(() => domainOf(ownName(name, "variables"), variable, scope)) ?? [],
  );
  if (faults.length > 0) return undefined;
  const derived = part(() => inOrder(body.derived ?? {}, scope));
  if (!derived) return undefined;

  const constraints = (body.constraints ?? []).flatMap(
    (source, index) => part(() => expression(source, `constraints.${index}`, ["bool"], scope)) ?? [],
  );
  const prompt = part(() => compileText(body.prompt, "prompt", scope, MAX_PROMPT));
  const compiled = part(() => compileContent(body, scope));
  if (!prompt || !compiled || faults.length > 0) return undefined;

  const { content, answerType, sources, shown } = compiled;
  const withAnswer = scope.with({ answer: answerType });
  const explanation = part(() =>
    // Where several are right there is no one answer to tell.
    compileText(body.explanation, "explanation", body.type === "MULTI_SELECT" ? scope : withAnswer, MAX_EXPLANATION),
  );
  const { check: source } = body;
  const check = part(() => (source ? expression(source, "check", ["bool", answerType], withAnswer) : undefined));
  if (scope.steps > MAX_STEPS)
    faults.push({ path: "derived", message: "take too many steps, with all other expressions" });
  const reach = reachOf(derived);
  for (const { path, references } of constraints) {
    if (reach(references).size === 0) faults.push({ path, message: "reads no variable" });
  }
  const visible = reach([...prompt.references, ...shown]);
  for (const { name } of domains.filter((domain) => !visible.has(domain.name))) {
    faults.push({ path: `variables.${name}`, message: "is not seen in the question: one question would come twice" });
  }
  if (!explanation || faults.length > 0) return undefined;

  const salt = saltOf(body.prompt);
  const space = once({ domains, derived, constraints, content: reach(sources), salt });
  const { type, level } = body;
  return { body, type, level, derived, prompt, explanation, check, content, variables: domains, salt, space };
}

/** By name, because storage may give a record of JSON back in another order. */
function byName<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function ownName(name: string, of: "variables" | "derived"): string {
  if (!KEPT.includes(name)) return name;
  throw new TemplateFailure(`${of}.${name}`, `${name} is a name that the language keeps for itself`);
}

/** The derived values in an order in which each comes after what it reads; declares them. */
function inOrder(sources: Readonly<Record<string, string>>, scope: Scope): Derived[] {
  const waiting = new Map(
    byName(sources).map(([name, source]) => [
      ownName(name, "derived"),
      scope.parse(source, { path: `derived.${name}` }),
    ]),
  );
  const derived: Derived[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting].filter(([, { references }]) => ![...references].some((name) => waiting.has(name)));
    const [stuck = ""] = waiting.keys();
    if (ready.length === 0) throw new TemplateFailure(`derived.${stuck}`, "comes from itself in the end");
    for (const [name, parsed] of ready) {
      const checked = parsed.check();
      declare(scope, name, checked.type, `derived.${name}`);
      derived.push({ name, expression: checked });
      waiting.delete(name);
    }
  }
  return derived;
}

/** A number from a text, for telling templates apart. */
function saltOf(text: string): number {
  let salt = text.length;
  for (let index = 0; index < text.length; index += 1) salt = mix(salt, text.charCodeAt(index));
  return salt;
}

function once(plan: SpacePlan): () => Space {
  let space: Space | undefined;
  return () => {
    space ??= spaceOf(plan);
    return space;
  };
}
