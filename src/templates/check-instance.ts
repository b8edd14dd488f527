import { grade } from "../practice/grading.ts";
import { attempt, type TemplateFault } from "./faults.ts";
import type { InstanceOf, Judged } from "./instance.ts";
import { type Made, make } from "./make-instance.ts";
import { magnitude } from "./number-text.ts";
import { NumberFault, Rational } from "./rational.ts";
import type { Expression } from "./scope.ts";
import type { Template } from "./template.ts";
import { type Values, valueText } from "./values.ts";

/** A fault, and the variables with which it came. */
export type InstanceFault = TemplateFault & { readonly values?: Readonly<Record<string, string>> };

export type CheckedInstance = { readonly made: Made | undefined; readonly faults: readonly InstanceFault[] };

/**
 * Makes an instance and holds it against what every question must be: it can be made, its key is what the template's own
 * `check` says of it, and grading takes that key, and no other choice, for right.
 */
export function checkInstance(template: Template, which: InstanceOf): CheckedInstance {
  const made = attempt(() => make(template, which));
  if (!made.ok) return { made: undefined, faults: [{ ...made.fault, values: shownValues(template, which) }] };
  const found = attempt(() => [...keyFaults(template, made.value), ...gradingFaults(made.value)]);
  const faults = found.ok ? found.value : [found.fault];
  const values = shown(template, made.value.values);
  return { made: made.value, faults: faults.map((fault) => ({ ...fault, values })) };
}

function keyFaults({ check, content }: Template, { judged, values }: Made): TemplateFault[] {
  if (!check) return [];
  const [key] = judged.filter(({ right }) => right);
  return judged.flatMap((one) => {
    const tolerance = content.type === "NUMERIC" ? content.tolerance?.evaluate(values) : undefined;
    const says = holds(check, one, values, tolerance instanceof Rational ? tolerance : Rational.of(0));
    if (says === one.right) return [];
    // Other ways to write a text need not be what the check computes.
    if (content.type === "TEXT" && one !== key && check.type !== "bool") return [];
    const verdict = one.right ? "is the key, but not by check" : "is right by check, but not the key";
    return [{ path: one.path, message: `${valueText(one.value)} ${verdict}` }];
  });
}

function holds(check: Expression, { value }: Judged, values: Values, tolerance: Rational): boolean {
  const result = check.evaluate({ ...values, answer: value });
  if (typeof result === "boolean") return result;
  if (!(result instanceof Rational && value instanceof Rational)) return result === value;
  return result.equals(value) || (tolerance.n > 0 && isWithin(result, value, tolerance));
}

/** What is too far off to be exact is not near. */
function isWithin(a: Rational, b: Rational, tolerance: Rational): boolean {
  try {
    return magnitude(a.minus(b)).compare(tolerance) <= 0;
  } catch (error) {
    if (error instanceof NumberFault) return false;
    throw error;
  }
}

/** The key must be right as a student would send it, and every other choice wrong. */
function gradingFaults({ instance, judged }: Made): TemplateFault[] {
  const question = { ...instance, id: 0 };
  const graded = grade(question, instance.correctAnswer);
  const path = judged.find(({ right }) => right)?.path ?? "answer";
  if (!graded.readable) return [{ path, message: `the key cannot be read as an answer: ${graded.expected}` }];
  if (!graded.correct) return [{ path, message: "the key is not graded as right" }];
  if (instance.type !== "MCQ") return [];
  const right = judged.filter((_, index) => {
    const given = grade(question, { choice: String.fromCharCode(65 + index) });
    return given.readable && given.correct;
  });
  return right.length === 1 ? [] : [{ path, message: `${right.length} choices are graded as right` }];
}

/** The variables and derived values of an instance, for an author to read. */
export function shown(template: Template, values: Values): Record<string, string> {
  const names = [...template.variables, ...template.derived].map(({ name }) => name);
  const known = names.flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [[name, valueText(value)]];
  });
  return Object.fromEntries(known);
}

/** The same where the instance could not be made: as far as it goes. */
function shownValues(template: Template, { seed, number }: InstanceOf): Record<string, string> {
  const space = template.space();
  if (space.size === 0) return {};
  const values = space.at(seed, number);
  for (const { name, expression } of template.derived) {
    const value = attempt(() => expression.evaluate(values));
    if (value.ok) values[name] = value.value;
  }
  return shown(template, values);
}
