import { NumberFault, Rational } from "./rational.ts";

const MINUS = "−";
const MAX_PLACES = 6;

/** As a reader expects it: `1,234`, `−0.75`; as a fraction where its decimals do not end within six places. */
export function numberText(value: Rational): string {
  const places = decimalPlaces(value);
  return places === undefined ? fractionText(value) : decimalText(value, places, true);
}

/** Without marks between the thousands: a year, a code. */
export function plainText(value: Rational): string {
  const places = decimalPlaces(value);
  return places === undefined ? fractionText(value) : decimalText(value, places, false);
}

/** With so many decimals, rounded to them, halves away from zero. */
export function fixedText(value: Rational, places: number): string {
  return decimalText(rounded(value, places), places, true);
}

/** `$1,234.50`; whole dollars too have their cents. */
export function moneyText(value: Rational): string {
  return `${sign(value)}$${fixedText(magnitude(value), 2)}`;
}

/** `3/4`, `−7/2`, and a whole number as such. */
export function fractionText(value: Rational): string {
  if (value.isWhole) return decimalText(value, 0, true);
  return `${sign(value)}${Math.abs(value.n)}/${value.d}`;
}

/** `1 3/4`. */
export function mixedText(value: Rational): string {
  const whole = magnitude(value).floor();
  if (value.isWhole || whole.n === 0) return fractionText(value);
  return `${sign(value)}${whole.n} ${fractionText(magnitude(value).minus(whole))}`;
}

/** To so many places, halves away from zero; a negative count rounds to tens, hundreds and so on. */
export function rounded(value: Rational, places: number): Rational {
  if (!Number.isInteger(places) || Math.abs(places) > 12) throw new NumberFault("a number of places is out of range");
  const unit = places >= 0 ? Rational.of(1, 10 ** places) : Rational.of(10 ** -places);
  return roundedTo(value, unit);
}

/** To the nearest multiple of `unit`, halves away from zero. */
export function roundedTo(value: Rational, unit: Rational): Rational {
  const steps = magnitude(value).over(magnitude(unit)).plus(Rational.of(1, 2)).floor().times(magnitude(unit));
  return value.n < 0 ? steps.negated() : steps;
}

export function magnitude(value: Rational): Rational {
  return value.n < 0 ? value.negated() : value;
}

/** How many decimals it takes; undefined where they never end or are more than six. */
export function decimalPlaces(value: Rational): number | undefined {
  for (let places = 0, unit = 1; places <= MAX_PLACES; places += 1, unit *= 10) {
    if (unit % value.d === 0) return places;
  }
  return undefined;
}

/** `places` are enough for the value. */
function decimalText(value: Rational, places: number, marks: boolean): string {
  const { n, d } = magnitude(value);
  const digits = String(d === 1 && places === 0 ? n : (BigInt(n) * 10n ** BigInt(places)) / BigInt(d)).padStart(
    places + 1,
    "0",
  );
  const whole = digits.slice(0, digits.length - places);
  const decimals = places > 0 ? `.${digits.slice(-places)}` : "";
  return `${sign(value)}${marks ? grouped(whole) : whole}${decimals}`;
}

const sign = (value: Rational) => (value.n < 0 ? MINUS : "");

const grouped = (digits: string) => digits.replace(/\B(?=(\d{3})+$)/g, ",");
