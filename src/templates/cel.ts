import { type ASTNode, Environment, EvaluationError } from "@marcbachmann/cel-js";
import { costOf, FUNCTIONS } from "./functions.ts";
import { NumberFault, Rational } from "./rational.ts";
import type { Value } from "./values.ts";

/**
 * The language of templates: CEL, as `@marcbachmann/cel-js` parses, type-checks and evaluates it, with three changes.
 * Its numbers are exact: every literal and variable is a {@link Rational}, and there is no other kind. What it can call
 * is `functions.ts` and a few macros, nothing else of CEL's library: no regular expressions, times, maps or bytes. And
 * its cost is bounded before it runs: length, depth, nodes and list sizes here, no macro within a macro in `syntax.ts`, and
 * the steps in `steps.ts`.
 * What it calls takes no longer a text than a variable can hold: to look for one in another may take as many steps as both
 * have characters, multiplied.
 */
export const language = new Environment({
  limits: { maxAstNodes: 150, maxDepth: 24, maxListElements: 50, maxMapEntries: 0, maxCallArguments: 8 },
});

/** Of a text that a variable holds, or that an expression gives. */
export const MAX_TEXT_LENGTH = 500;
const MAX_LIST_ARGUMENT = 250;

const OPERATORS: Readonly<Record<string, (a: Rational, b: Rational) => Rational | boolean>> = {
  "number + number": (a, b) => a.plus(b),
  "number - number": (a, b) => a.minus(b),
  "number * number": (a, b) => a.times(b),
  "number / number": (a, b) => a.over(b),
  "number % number": (a, b) => a.modulo(b),
  "number == number": (a, b) => a.equals(b),
  "number < number": (a, b) => a.compare(b) < 0,
  "number <= number": (a, b) => a.compare(b) <= 0,
  "number > number": (a, b) => a.compare(b) > 0,
  "number >= number": (a, b) => a.compare(b) >= 0,
};

language.registerType("number", { ctor: Rational, fields: {} });
language.registerOperator("-number", (a: Rational) => a.negated());
for (const [signature, operate] of Object.entries(OPERATORS)) {
  language.registerOperator(signature, (a: Rational, b: Rational, node?: ASTNode) => placed(() => operate(a, b), node));
}
for (const [signature, handler] of Object.entries(FUNCTIONS)) {
  const call = (...args: readonly Value[]) => placed(() => applied(handler, args));
  language.registerFunction(signature, { handler: call, async: false });
}

/** What expressions can call, by name, the steps that it takes beside one an entry of its lists, and whether it gives one. */
export const CALLS: ReadonlyMap<string, { readonly steps: number; readonly givesList: boolean }> = new Map(
  Object.keys(FUNCTIONS).map((signature) => {
    const givesList = signature.includes("): list<");
    return [signature.slice(0, signature.indexOf("(")), { steps: costOf(signature), givesList }];
  }),
);

/** The cast: the type checker has held the arguments against the signature that stands beside the handler. */
function applied(handler: (...args: never[]) => Value, args: readonly Value[]): Value {
  for (const arg of args) {
    requireShort(arg);
    if (Array.isArray(arg)) requireShortList(arg);
  }
  return handler(...(args as never[]));
}

function requireShort(value: Value): void {
  if (typeof value === "string" && value.length > MAX_TEXT_LENGTH) {
    throw new NumberFault(`takes a text of more than ${MAX_TEXT_LENGTH} characters`);
  }
}

function requireShortList(list: readonly Value[]): void {
  if (list.length > MAX_LIST_ARGUMENT) throw new NumberFault(`a list is longer than ${MAX_LIST_ARGUMENT}`);
  for (const entry of list) {
    if (Array.isArray(entry)) throw new NumberFault("takes a list within a list");
    requireShort(entry);
  }
}

/** A fault of arithmetic as one of the language's: an operator's has the place of its node, a call's gets it on its way. */
function placed<T>(compute: () => T, node?: ASTNode): T {
  try {
    return compute();
  } catch (error) {
    throw error instanceof NumberFault ? new EvaluationError(error.message, node) : error;
  }
}
