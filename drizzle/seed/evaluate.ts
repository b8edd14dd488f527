import { all, create, type MathNode } from "mathjs";
import { isSameText } from "../../src/practice/grading.ts";
import { functions } from "./functions.ts";

/**
 * The language of `check`: mathjs expressions over exact fractions, with the functions of `functions.ts`, single letters as
 * variables, and `answer` for the choice or answer being judged. Two expressions with letters are the same value when they
 * agree at every sample point.
 */
export type Value =
  | { kind: "number"; at: readonly string[] }
  | { kind: "truth"; holds: boolean }
  | { kind: "word"; text: string };

const math = create(all ?? {}, { number: "Fraction" });
const { parse, fraction, format, typeOf, isOperatorNode } = math;

math.import(functions(math), { override: true });
math.import(
  Object.fromEntries(
    ["import", "createUnit", "reviver", "evaluate", "parse", "compile", "parser", "simplify", "derivative"].map(
      (name) => [
        name,
        () => {
          throw new Error(`${name} is not part of the check language`);
        },
      ],
    ),
  ),
  { override: true },
);

const COMPARISONS: readonly string[] = ["equal", "unequal", "smaller", "larger", "smallerEq", "largerEq"];
const LETTERS = [..."abcdfghjklmnopqrstuvwxyz"];

type Scope = Readonly<Record<string, unknown>>;

const SAMPLE_POINTS: readonly Scope[] = [1, 2, 3, 4, 5].map((point) =>
  Object.fromEntries(LETTERS.map((name, index) => [name, fraction(17 * index + 29 * point - 90, 2 * point - 1)])),
);

/** The exact value of a check expression; throws where it cannot be computed. */
export function evaluateCheck(check: string, answer?: string): Value {
  const node = parse(check);
  const read = answer === undefined ? undefined : parseText(answer);
  return evaluated((scope) => node.evaluate({ ...scope, answer: read?.(scope) }));
}

/** What a text of a question says: a number, an expression, a comparison, or else just words. */
export function readText(text: string): Value {
  return evaluated(parseText(text));
}

export function sameValue(a: Value, b: Value): boolean {
  switch (a.kind) {
    case "number":
      return b.kind === "number" && a.at.every((value, index) => value === b.at[index]);
    case "truth":
      return b.kind === "truth" && a.holds === b.holds;
    case "word":
      return b.kind === "word" && isSameText(a.text, b.text);
  }
}

/** Whether two numbers differ by no more than `tolerance`. */
export function within(a: Value, b: Value, tolerance: number): boolean {
  if (a.kind !== "number" || b.kind !== "number") return false;
  const distance = evaluateCheck(`abs((${a.at[0]}) - (${b.at[0]})) <= ${tolerance}`);
  return distance.kind === "truth" && distance.holds;
}

/** Whether the check judges each answer by itself rather than giving the one value. */
export function isPredicate(check: string): boolean {
  return parse(check).filter(isSymbolNamed("answer")).length > 0;
}

/** The numbers written in a check expression, as exact ratios; none where it cannot be parsed. */
export function literalsOf(check: string): string[] {
  const constants = tryParse(check)?.filter((node) => node.type === "ConstantNode") ?? [];
  return constants
    .map((node): unknown => node.evaluate())
    .filter((value) => typeOf(value) === "Fraction")
    .map(canonical);
}

function isSymbolNamed(name: string): (node: MathNode) => boolean {
  return (node) => node.type === "SymbolNode" && node.toString() === name;
}

function evaluated(evaluateAt: (scope: Scope) => unknown): Value {
  const results = SAMPLE_POINTS.map(evaluateAt);
  const [first] = results;
  if (typeof first === "string") return { kind: "word", text: first };
  if (typeof first === "boolean") return { kind: "truth", holds: results.every((result) => result === true) };
  return { kind: "number", at: results.map(canonical) };
}

/** A fraction as "n/d" in lowest terms. */
function canonical(value: unknown): string {
  if (typeOf(value) !== "Fraction") throw new Error(`not an exact number: ${String(value)}`);
  return format(value, { fraction: "ratio" });
}

function parseText(text: string): (scope: Scope) => unknown {
  const node = tryParse(toExpression(text));
  return node && isArithmetic(node) ? (scope) => node.evaluate({ ...scope }) : () => text;
}

function tryParse(expression: string): MathNode | undefined {
  try {
    return parse(expression);
  } catch {
    return undefined;
  }
}

/** Whether a text is numbers and letters to compute with. An equation with letters is not: nothing says what they stand for. */
function isArithmetic(node: MathNode): boolean {
  const allowed = ["ConstantNode", "OperatorNode", "ParenthesisNode", "RelationalNode", "SymbolNode"];
  const parts = node.filter(() => true);
  const symbols = parts.filter((part) => part.type === "SymbolNode").map(String);
  const compares = parts.some(
    (part) => part.type === "RelationalNode" || (isOperatorNode(part) && COMPARISONS.includes(part.fn)),
  );
  return (
    parts.every((part) => allowed.includes(part.type) && part.toString() !== "undefined") &&
    symbols.every((symbol) => LETTERS.includes(symbol)) &&
    !(compares && symbols.length > 0)
  );
}

const PLACES: Readonly<Record<string, number>> = { thousand: 1000, hundred: 100, ten: 10, one: 1 };

/** Turns what children read ("1 1/2", "−3 °C", "2 : 3", "4 tens 5 ones", "6 × 8") into the language of checks. */
function toExpression(text: string): string {
  return text
    .trim()
    .replace(/(?<=\d),(?=\d{3}\b)/g, "")
    .replace(/(\d+) (thousand|hundred|ten|one)s?\b,?( and)?/g, (_, count, place) => `+ ${count} * ${PLACES[place]}`)
    .replace(/^(\d+) ?: ?(\d+)$/, "$1 / $2")
    .replace(/^(−?\$?\d[\d.]*(?: \d+\/\d+|\/\d+)?%?)(?:°C?| °C| [a-zA-Z]{2}[a-zA-Z ]*[²³]?| [mgLhs][²³]?)$/, "$1")
    .replace(/(\d+) (\d+\/\d+)/g, "($1 + $2)")
    .replaceAll("$", "")
    .replaceAll("−", "-")
    .replaceAll("×", "*")
    .replaceAll("÷", "/")
    .replaceAll("²", "^2")
    .replaceAll("³", "^3")
    .replaceAll("≠", "!=")
    .replace(/ = /g, " == ");
}
