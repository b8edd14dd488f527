import { parseNumeral } from "../practice/numeral.ts";
import { draw, mix } from "../seeded-random.ts";
import { TemplateFailure } from "./faults.ts";
import type { Instance, InstanceOf, Judged } from "./instance.ts";
import { decimalPlaces, fractionText, mixedText } from "./number-text.ts";
import { Rational } from "./rational.ts";
import type { Expression } from "./scope.ts";
import type { ChoiceRule, Content } from "./template.ts";
import { requireCharacters } from "./text.ts";
import { isScalar, type Scalar, type Values, valueText } from "./values.ts";

const SHUFFLE = 0x5eed;

export type MadeContent = Pick<Instance, "data" | "correctAnswer" | "feedback"> & {
  readonly judged: readonly Judged[];
  /** The one right value, for the explanation. */
  readonly answer: Scalar | undefined;
};

type Of<T extends Content["type"]> = Extract<Content, { type: T }>;

/** The data and the key of a question with these variables; throws a {@link TemplateFailure} where there is none. */
export function makeContent(content: Content, values: Values, which: InstanceOf): MadeContent {
  switch (content.type) {
    case "MCQ":
      return singleChoice(content, values, which);
    case "MULTI_SELECT":
      return manyChoices(content, values, which);
    case "NUMERIC":
      return numeric(content, values);
    case "TEXT":
      return worded(content, values);
  }
}

type Choice = {
  readonly path: string;
  readonly value: Scalar;
  readonly text: string;
  /** What two texts are compared by. */
  readonly folded: string;
  /** What number the text says, where it says one. */
  readonly numeral: number | undefined;
  readonly feedback: string | undefined;
  readonly right: boolean;
};

function singleChoice(content: Of<"MCQ">, values: Values, which: InstanceOf): MadeContent {
  const { show, order, compare } = content;
  const answer = choice(content.answer, values, true);
  const others = content.distractors.map((rule) => choice(rule, values, false));
  const same = (a: Choice, b: Choice) => isSame(a, b, compare);
  if (order === "listed") {
    const place = others.findIndex((other) => same(other, answer));
    if (place < 0) throw new TemplateFailure("answer.value", `is none of the choices: ${answer.text}`);
    const listed = others.map((other, index) => (index === place ? answer : other));
    return ofChoices(apart(listed, same), answer.value);
  }
  const wrong = show === undefined ? others : spared(shuffled(others, which), answer, show - 1, same);
  const all = apart([answer, ...wrong], same);
  return ofChoices(order === "sorted" ? sorted(all) : shuffled(all, which), answer.value);
}

function manyChoices({ candidates, right, compare }: Of<"MULTI_SELECT">, values: Values, which: InstanceOf) {
  const all = candidates.map((rule) => {
    const made = choice(rule, values, false);
    return { ...made, right: right.evaluate(withOwn(values, "value", made.value)) === true };
  });
  const count = all.filter((one) => one.right).length;
  if (count === 0) throw new TemplateFailure("right", "makes no choice right");
  if (count === all.length) throw new TemplateFailure("right", "makes every choice right");
  return ofChoices(
    shuffled(
      apart(all, (a, b) => isSame(a, b, compare)),
      which,
    ),
    undefined,
  );
}

function choice(rule: ChoiceRule, values: Values, right: boolean): Choice {
  const value = scalar(rule.value, values);
  const within = withOwn(values, "value", value);
  const text = (rule.text ? rule.text.render(within) : valueText(value)).trim();
  if (text === "") throw new TemplateFailure(rule.path, "is an empty choice");
  requireCharacters(text, `${rule.path}.value`);
  const feedback = rule.feedback?.render(within);
  return { path: rule.path, value, text, folded: folded(text), numeral: parseNumeral(text), feedback, right };
}

/** The choice at hand has its value in place: only what is written about a choice can read it. */
function withOwn(values: Values, name: "value", value: Scalar): Values {
  values[name] = value;
  return values;
}

/** By their values, of which texts may be numerals: 0.5, 0.50 and 1/2 are one choice. Or by what is read alone. */
function isSame(a: Choice, b: Choice, compare: "value" | "text"): boolean {
  if (a.folded === b.folded) return true;
  if (compare === "text") return false;
  if (a.value instanceof Rational && b.value instanceof Rational) return a.value.equals(b.value);
  return a.numeral !== undefined && a.numeral === b.numeral;
}

const folded = (text: string) => text.normalize("NFC").trim().toLowerCase().replace(/\s+/g, " ");

type Same = (a: Choice, b: Choice) => boolean;

/** As many of these as are wanted, each other than the answer and the rest. */
function spared(others: readonly Choice[], answer: Choice, count: number, same: Same): Choice[] {
  const taken: Choice[] = [];
  for (const other of others) {
    if (taken.length === count) break;
    if (![answer, ...taken].some((one) => same(one, other))) taken.push(other);
  }
  if (taken.length < count) throw new TemplateFailure("distractors", `leave only ${taken.length} wrong choices`);
  return taken;
}

/** The choices, no two of which may be the same. */
function apart(choices: readonly Choice[], same: Same): readonly Choice[] {
  choices.forEach((one, index) => {
    const twin = choices.slice(0, index).find((other) => same(other, one));
    if (!twin) return;
    const [path, other] = one.right ? [twin.path, one.path] : [one.path, twin.path];
    throw new TemplateFailure(`${path}.value`, `gives the same choice as ${other}: ${one.text}`);
  });
  return choices;
}

function ofChoices(choices: readonly Choice[], answer: Scalar | undefined): MadeContent {
  const named = choices.map((one, index) => ({ ...one, id: String.fromCharCode(65 + index) }));
  const right = named.filter((one) => one.right).map(({ id }) => id);
  return {
    data: { choices: named.map(({ id, text }) => ({ id, text })) },
    correctAnswer: answer === undefined ? { choices: right } : { choice: right[0] },
    feedback: Object.fromEntries(named.flatMap(({ id, feedback }) => (feedback === undefined ? [] : [[id, feedback]]))),
    judged: named.map(({ path, value, right }) => ({ path: `${path}.value`, value, right })),
    answer,
  };
}

function numeric({ value, form, tolerance, unit, min, max }: Of<"NUMERIC">, values: Values): MadeContent {
  const answer = quantity(value, values);
  const data: Record<string, unknown> = {};
  if (tolerance) data.tolerance = positive(quantity(tolerance, values), tolerance.path).toNumber();
  if (unit) data.unit = unit.render(values);
  const bounds = { min: min && quantity(min, values), max: max && quantity(max, values) };
  if (bounds.min) data.min = bounds.min.toNumber();
  if (bounds.max) data.max = bounds.max.toNumber();
  if ((bounds.min && answer.compare(bounds.min) < 0) || (bounds.max && answer.compare(bounds.max) > 0)) {
    throw new TemplateFailure(value.path, `is outside of min and max: ${answer}`);
  }
  return {
    data,
    correctAnswer: { value: numeral(answer, form, value.path) },
    feedback: {},
    judged: [{ path: value.path, value: answer, right: true }],
    answer,
  };
}

/** A number where a decimal says it exactly and no other form is asked for, else a numeral. */
function numeral(value: Rational, form: Of<"NUMERIC">["form"], path: string): number | string {
  if (form === "decimal" && decimalPlaces(value) === undefined) {
    throw new TemplateFailure(path, `has no end as a decimal, so round it: ${value}`);
  }
  if (value.isWhole || (form !== "fraction" && form !== "mixed" && decimalPlaces(value) !== undefined)) {
    return value.toNumber();
  }
  return form === "mixed" ? mixedText(value) : fractionText(value);
}

function worded({ text, accept, placeholder }: Of<"TEXT">, values: Values): MadeContent {
  const answer = text.render(values).trim();
  const others = accept.map((one) => one.render(values).trim());
  // Nobody types a true minus.
  const typed = [answer, ...others].map((one) => one.replaceAll("−", "-"));
  const accepted = [...new Set([...others, ...typed])].filter((one) => one !== answer);
  return {
    data: placeholder ? { placeholder: placeholder.render(values) } : {},
    correctAnswer: accepted.length > 0 ? { text: answer, accept: accepted } : { text: answer },
    feedback: {},
    judged: [answer, ...others].map((value, index) => ({
      path: index === 0 ? text.path : `answer.accept.${index - 1}`,
      value,
      right: true,
    })),
    answer,
  };
}

function sorted(choices: readonly Choice[]): readonly Choice[] {
  return choices.toSorted((a, b) => {
    if (a.value instanceof Rational && b.value instanceof Rational) return a.value.compare(b.value);
    return a.text < b.text ? -1 : 1;
  });
}

/** In an order of the instance's own (Fisher and Yates). */
function shuffled<T>(items: readonly T[], { seed, number }: InstanceOf): readonly T[] {
  const order = [...items];
  const own = mix(mix(seed, SHUFFLE), number);
  for (let last = order.length - 1; last > 0; last -= 1) {
    const [moved] = order.splice(draw(own, last, last + 1), 1);
    if (moved !== undefined) order.push(moved);
  }
  return order;
}

function scalar(expression: Expression, values: Values): Scalar {
  const value = expression.evaluate(values);
  if (isScalar(value)) return value;
  throw new TemplateFailure(expression.path, "is neither a number nor a text");
}

function quantity(expression: Expression, values: Values): Rational {
  const value = expression.evaluate(values);
  if (value instanceof Rational) return value;
  throw new TemplateFailure(expression.path, "is no number");
}

function positive(value: Rational, path: string): Rational {
  if (value.n < 0) throw new TemplateFailure(path, `is negative: ${value}`);
  return value;
}
