import { clock, inWords, listed, ordinal, placeName } from "./english.ts";
import {
  fixedText,
  fractionText,
  magnitude,
  mixedText,
  moneyText,
  numberText,
  plainText,
  rounded,
  roundedTo,
} from "./number-text.ts";
import { greatestDivisor, NumberFault, Rational } from "./rational.ts";
import { type Value, valueText } from "./values.ts";

type Handler = (...args: never[]) => Value;
type Numbers = readonly Rational[];

const ZERO = Rational.of(0);
const TWO = Rational.of(2);
const MAX_EXPONENT = 60;
const MAX_FACTORED = 10_000;
const MAX_SEQUENCE = 100;

/** The steps that a call takes at most, roughly, beside one an entry of its lists. */
export function costOf(signature: string): number {
  if (/^(factors|is_prime|pow|sequence)\(/.test(signature)) return 100;
  return /^(contains|length)\(/.test(signature) ? 50 : 5;
}

/** What expressions can call: the signature, as the type checker reads it, and what it does. Every one is exact. */
export const FUNCTIONS: Readonly<Record<string, Handler>> = {
  "abs(number): number": magnitude,
  "sign(number): number": (x: Rational) => Rational.of(Math.sign(x.n)),
  "floor(number): number": (x: Rational) => x.floor(),
  "ceil(number): number": (x: Rational) => x.negated().floor().negated(),
  "round(number): number": (x: Rational) => rounded(x, 0),
  "round(number, number): number": (x: Rational, places: Rational) => rounded(x, whole(places)),
  "round_to(number, number): number": roundedTo,
  "quotient(number, number): number": (a: Rational, b: Rational) => a.over(b).floor(),
  "pow(number, number): number": power,
  "sqrt(number): number": squareRoot,
  "gcd(number, number): number": (a: Rational, b: Rational) => Rational.of(divisorOf(a, b)),
  "lcm(number, number): number": (a: Rational, b: Rational) => magnitude(a.times(b)).over(Rational.of(divisorOf(a, b))),
  "numerator(number): number": (x: Rational) => Rational.of(x.n),
  "denominator(number): number": (x: Rational) => Rational.of(x.d),
  "digit(number, number): number": (x: Rational, place: Rational) =>
    magnitude(x).over(place).floor().modulo(Rational.of(10)),
  "is_whole(number): bool": (x: Rational) => x.isWhole,
  "is_square(number): bool": (x: Rational) => x.isWhole && rootOf(x.n) !== undefined,
  "is_prime(number): bool": (x: Rational) => x.isWhole && x.n > 1 && divisorsUpToRoot(x.n).length === 1,
  "factors(number): list<number>": factors,

  "min(number, number): number": (a: Rational, b: Rational) => (a.compare(b) <= 0 ? a : b),
  "max(number, number): number": (a: Rational, b: Rational) => (a.compare(b) >= 0 ? a : b),
  "min(list<number>): number": (list: Numbers) => at(sorted(list), 0),
  "max(list<number>): number": (list: Numbers) => at(sorted(list), list.length - 1),
  "sum(list<number>): number": sum,
  "mean(list<number>): number": (list: Numbers) => sum(list).over(Rational.of(list.length)),
  "median(list<number>): number": median,
  "mode(list<number>): number": mode,
  "range(list<number>): number": (list: Numbers) => at(sorted(list), list.length - 1).minus(at(sorted(list), 0)),
  "sorted(list<number>): list<number>": sorted,
  "sequence(number, number): list<number>": sequence,
  "count(list): number": (list: readonly Value[]) => Rational.of(list.length),
  "all_different(list<number>): bool": (list: Numbers) => new Set(list.map(String)).size === list.length,
  "all_different(list<string>): bool": (list: readonly string[]) => new Set(list).size === list.length,
  "at(list<number>, number): number": (list: Numbers, index: Rational) => at(list, whole(index)),
  "at(list<string>, number): string": (list: readonly string[], index: Rational) => at(list, whole(index)),

  "text(number): string": numberText,
  "plain(number): string": plainText,
  "fixed(number, number): string": (x: Rational, places: Rational) => fixedText(x, decimals(places)),
  "money(number): string": moneyText,
  "fraction(number): string": fractionText,
  "fraction(number, number): string": unreduced,
  "mixed(number): string": mixedText,
  "signed(number): string": (x: Rational) => `${x.n > 0 ? "+" : ""}${numberText(x)}`,
  "plus(number): string": (x: Rational) => `${x.n < 0 ? "−" : "+"} ${numberText(magnitude(x))}`,
  "coefficient(number): string": (x: Rational) => (x.d === 1 && Math.abs(x.n) === 1 ? signOf(x) : numberText(x)),
  "brackets(number): string": (x: Rational) => (x.n < 0 ? `(${numberText(x)})` : numberText(x)),
  "ordinal(number): string": (x: Rational) => ordinal(whole(x)),
  "words(number): string": (x: Rational) => inWords(whole(x)),
  "clock(number): string": (x: Rational) => clock(whole(x)),
  "place_name(number): string": (x: Rational) => placeName(String(x)),
  "relation(number, number): string": (a: Rational, b: Rational) => at(["<", "=", ">"], Math.sign(a.compare(b)) + 1),
  "plural(number, string, string): string": (count: Rational, one: string, many: string) =>
    count.d === 1 && Math.abs(count.n) === 1 ? one : many,
  "capital(string): string": (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`,
  "length(string): number": (text: string) => Rational.of([...text].length),
  "contains(string, string): bool": (text: string, part: string) => text.includes(part),
  "join(list, string): string": (list: readonly Value[], between: string) => list.map(valueText).join(between),
  "listed(list): string": (list: readonly Value[]) => listed(list.map(valueText)),
};

function whole(x: Rational): number {
  if (!x.isWhole) throw new NumberFault(`${x} is no whole number`);
  return x.n;
}

function decimals(places: Rational): number {
  if (places.n < 0 || places.compare(Rational.of(6)) > 0) throw new NumberFault("takes 0 to 6 decimals");
  return whole(places);
}

function at<T>(list: readonly T[], index: number): T {
  const value = list[index];
  if (value === undefined) throw new NumberFault(`a list of ${list.length} has no entry ${index}`);
  return value;
}

function signOf(x: Rational): string {
  return x.n < 0 ? "−" : "";
}

function power(base: Rational, exponent: Rational): Rational {
  const times = Math.abs(whole(exponent));
  if (times > MAX_EXPONENT) throw new NumberFault(`an exponent is beyond ${MAX_EXPONENT}`);
  let result = Rational.of(1);
  for (let count = 0; count < times; count += 1) result = result.times(base);
  return exponent.n < 0 ? Rational.of(1).over(result) : result;
}

function squareRoot(x: Rational): Rational {
  const [n, d] = [rootOf(x.n), rootOf(x.d)];
  if (n === undefined || d === undefined) throw new NumberFault(`the square root of ${x} is no fraction`);
  return Rational.of(n, d);
}

/** The whole number whose square it is. */
function rootOf(square: number): number | undefined {
  const root = Math.round(Math.sqrt(square));
  return root * root === square ? root : undefined;
}

/** A fraction as it stands, not in lowest terms. */
function unreduced(a: Rational, b: Rational): string {
  const [n, d] = [whole(a), whole(b)].map((part) => plainText(Rational.of(part)));
  if (b.n === 0) throw new NumberFault("division by zero");
  return `${n}/${d}`;
}

/** The greatest common divisor of two whole numbers. */
function divisorOf(a: Rational, b: Rational): number {
  return greatestDivisor(Math.abs(whole(a)), Math.abs(whole(b)));
}

function divisorsUpToRoot(value: number): number[] {
  if (value > MAX_FACTORED) throw new NumberFault(`takes whole numbers up to ${MAX_FACTORED}`);
  const found: number[] = [];
  for (let tried = 1; tried * tried <= value; tried += 1) if (value % tried === 0) found.push(tried);
  return found;
}

function factors(x: Rational): Rational[] {
  if (whole(x) < 1) throw new NumberFault("factors() takes a positive whole number");
  const small = divisorsUpToRoot(x.n);
  const all = new Set([...small, ...small.toReversed().map((one) => x.n / one)]);
  return [...all].map((one) => Rational.of(one));
}

function sum(list: Numbers): Rational {
  return list.reduce((total, one) => total.plus(one), ZERO);
}

function sorted(list: Numbers): Rational[] {
  return list.toSorted((a, b) => a.compare(b));
}

function median(list: Numbers): Rational {
  const inOrder = sorted(list);
  const last = inOrder.length - 1;
  return at(inOrder, Math.floor(last / 2))
    .plus(at(inOrder, Math.ceil(last / 2)))
    .over(TWO);
}

/** The one value that comes most often. */
function mode(list: Numbers): Rational {
  const counts = new Map<string, number>();
  for (const value of list) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const modes = list.filter((value) => counts.get(String(value)) === most);
  if (modes.length !== most) throw new NumberFault("no one value comes most often");
  return at(modes, 0);
}

function sequence(from: Rational, to: Rational): Rational[] {
  const length = Math.max(0, whole(to.minus(from)) + 1);
  if (length > MAX_SEQUENCE) throw new NumberFault(`a sequence is longer than ${MAX_SEQUENCE}`);
  return Array.from({ length }, (_, index) => from.plus(Rational.of(index)));
}
