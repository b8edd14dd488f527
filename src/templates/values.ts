import { numberText } from "./number-text.ts";
import { Rational } from "./rational.ts";

/** One entry of a choice of records: its fields are read as `thing.price`. */
export type Item = Readonly<Record<string, Rational | string>>;

/** What a variable or an expression can be. */
export type Value = Rational | string | boolean | readonly Value[] | Item;

/** The variables of one instance by name. The object has no prototype: no name means anything by itself. */
export type Values = Record<string, Value>;

export type Scalar = Rational | string;

export function noValues(): Values {
  return Object.create(null);
}

export function isScalar(value: Value): value is Scalar {
  return value instanceof Rational || typeof value === "string";
}

/** A value as a reader sees it where nothing says how. */
export function valueText(value: Value): string {
  if (value instanceof Rational) return numberText(value);
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return value.map(valueText).join(", ");
  return Object.values(value).map(valueText).join(" ");
}
