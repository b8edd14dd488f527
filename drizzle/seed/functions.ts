import type { MathJsInstance } from "mathjs";

type Compare = (a: unknown, b: unknown) => number;

/** What checks can call beyond mathjs, each exact over fractions. */
export function functions(math: MathJsInstance): Record<string, (...args: never[]) => unknown> {
  // Taken here, because the check language itself is to have no `evaluate`.
  const { evaluate } = math;
  const compare: Compare = (a, b) => {
    const difference = math.subtract(math.fraction(String(a)), math.fraction(String(b)));
    return math.isZero(difference) ? 0 : math.isPositive(difference) ? 1 : -1;
  };
  const halfOf = (a: unknown, b: unknown): unknown =>
    math.divide(math.add(math.fraction(String(a)), math.fraction(String(b))), math.fraction(2));
  const ratio = (value: unknown): string => math.format(value, { fraction: "ratio" }).replace(/\/1$/, "");

  return {
    /** `median(3, 1, 2)` is 2. */
    median: (...values: unknown[]) => {
      const sorted = values.toSorted(compare);
      return halfOf(sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]);
    },
    /** The one value that comes most often; throws where there are several. */
    mode: (...values: unknown[]) => {
      const count = (value: unknown) => values.filter((other) => compare(value, other) === 0).length;
      const most = Math.max(...values.map(count));
      const modes = values.filter((value) => count(value) === most);
      if (modes.length !== most) throw new Error("no single mode");
      return modes[0];
    },
    /** To the nearest multiple of `unit`, halves up. */
    roundTo: (value: unknown, unit: unknown) =>
      evaluate("floor(value / unit + 1/2) * unit", { value, unit }) as unknown,
    /** The digit of a number at a place: `digit(472, 10)` is 7. */
    digit: (value: unknown, place: unknown) => evaluate("mod(floor(value / place), 10)", { value, place }) as unknown,
    /** The sign that belongs between two numbers. */
    relation: (a: unknown, b: unknown) => ["<", "=", ">"][compare(a, b) + 1],
    /** The name of the greatest: `most("Mia", 3/4, "Leo", 5/8)` is "Mia"; throws on a tie. */
    most: (...pairs: unknown[]) => nameOfExtreme(pairs, compare),
    /** The name of the least. */
    least: (...pairs: unknown[]) => nameOfExtreme(pairs, (a, b) => compare(b, a)),
    /** The value written beside the text of a choice: `named(answer, "2 by 3", 2 * 3, "4 by 5", 4 * 5)`. */
    named: (answer: unknown, ...pairs: unknown[]) => {
      const at = pairs.indexOf(answer);
      if (at < 0) throw new Error(`no value is named "${String(answer)}"`);
      return pairs[at + 1];
    },
    /** In lowest terms: `simplest(6/8)` is "3/4". */
    simplest: ratio,
    /** As a mixed number: `mixed(7/4)` is "1 3/4". */
    mixed: (value: unknown) => {
      const whole: unknown = evaluate("floor(value)", { value });
      const part: unknown = evaluate("mod(value, 1)", { value });
      return `${String(whole)} ${ratio(part)}`;
    },
    /** A ratio in lowest terms: `simplestRatio(12, 8)` is "3:2". */
    simplestRatio: (a: unknown, b: unknown) => {
      const [left, right = "1"] = ratio(evaluate("a / b", { a, b })).split("/");
      return `${left}:${right}`;
    },
    /** As children write a division: `quotientRemainder(29, 6)` is "4 R 5". */
    quotientRemainder: (a: unknown, b: unknown) =>
      `${String(evaluate("floor(a / b)", { a, b }))} R ${String(evaluate("mod(a, b)", { a, b }))}`,
    /** The place that a digit stands in: `placeName(472, 7)` is "tens"; throws where it stands in several. */
    placeName: (value: unknown, digit: unknown) => placeName(String(value), String(digit)),
    /** A whole number below 1,000 in words. */
    words: (value: unknown) => inWords(Number(String(value))),
    parity: (value: unknown) => (Number(String(value)) % 2 === 0 ? "even" : "odd"),
    angleKind: (degrees: unknown) => angleKind(Number(String(degrees))),
    /** A triangle's kind by its sides. */
    triangleBySides: (...sides: unknown[]) =>
      ["equilateral", "isosceles", "scalene"][new Set(sides.map(String)).size - 1],
    /** A triangle's kind by its angles. */
    triangleByAngles: (...degrees: unknown[]) => angleKind(Math.max(...degrees.map((angle) => Number(String(angle))))),
  };
}

function nameOfExtreme(pairs: readonly unknown[], compare: Compare): unknown {
  const entries = pairs.flatMap((name, index) => (index % 2 === 0 ? [{ name, value: pairs[index + 1] }] : []));
  const [first, second] = entries.toSorted((a, b) => compare(b.value, a.value));
  if (first && second && compare(first.value, second.value) === 0) throw new Error("a tie");
  return first?.name;
}

const WHOLE_PLACES = ["ones", "tens", "hundreds", "thousands", "ten thousands", "hundred thousands"];
const DECIMAL_PLACES = ["tenths", "hundredths", "thousandths"];

function placeName(number: string, digit: string): string {
  const [whole = "", decimals = ""] = number.split(".");
  const places = [
    ...[...whole].reverse().flatMap((found, index) => (found === digit ? [WHOLE_PLACES[index]] : [])),
    ...[...decimals].flatMap((found, index) => (found === digit ? [DECIMAL_PLACES[index]] : [])),
  ];
  const [place] = places;
  if (place === undefined || places.length !== 1) throw new Error(`${digit} does not stand in one place of ${number}`);
  return place;
}

const ONES = (
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen " +
  "seventeen eighteen nineteen"
).split(" ");
const TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

function inWords(value: number): string {
  if (!Number.isInteger(value) || value < 0 || value > 999) throw new Error(`${value} is out of range`);
  const rest = value % 100;
  const below = rest < 20 ? ONES[rest] : `${TENS[Math.floor(rest / 10)]}${rest % 10 ? `-${ONES[rest % 10]}` : ""}`;
  if (value < 100) return String(below);
  return `${ONES[Math.floor(value / 100)]} hundred${rest ? ` ${below}` : ""}`;
}

function angleKind(degrees: number): string {
  if (degrees < 90) return "acute";
  if (degrees === 90) return "right";
  if (degrees < 180) return "obtuse";
  if (degrees === 180) return "straight";
  return "reflex";
}
