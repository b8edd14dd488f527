import { TemplateFailure } from "./faults.ts";
import { Rational } from "./rational.ts";
import type { TemplateVariable } from "./schemas.ts";
import type { Scope, Type } from "./scope.ts";
import type { Item, Scalar, Value } from "./values.ts";
import { WORD_LISTS } from "./word-lists.ts";

const MAX_SIZE = 1_000_000;

/** What a variable can be: so many values, each with an index. */
export type Domain = { readonly name: string; readonly size: number; readonly at: (index: number) => Value };

/** The domain of a variable, which is declared in `scope`; throws a {@link TemplateFailure} where it can be none. */
export function domainOf(name: string, variable: TemplateVariable, scope: Scope): Domain {
  const path = `variables.${name}`;
  switch (variable.type) {
    case "integer":
    case "decimal":
      declare(scope, name, "number");
      return { name, ...stepsOf(variable, path) };
    case "choice":
      return { name, ...entriesOf(name, variable.of, `${path}.of`, scope) };
    case "list":
      return { name, ...entriesOf(name, WORD_LISTS[variable.list], `${path}.list`, scope) };
  }
}

export function declare(scope: Scope, name: string, type: Type, path = `variables.${name}`): void {
  if (!scope.declare(name, type)) throw reserved(name, path);
}

const reserved = (name: string, path: string) =>
  new TemplateFailure(path, `${name} is a name that the language keeps for itself`);

type Range = { readonly from: number; readonly to: number; readonly step?: number | undefined };
type Sized = Pick<Domain, "size" | "at">;

function stepsOf({ from, to, step = 1 }: Range, path: string): Sized {
  const [first, last, width] = [exactly(from, path), exactly(to, path), exactly(step, path)];
  const size = last.minus(first).over(width).floor().n + 1;
  if (size < 1) throw new TemplateFailure(path, "to is less than from");
  if (size > MAX_SIZE) throw new TemplateFailure(path, `has more than ${MAX_SIZE} values`);
  return { size, at: (index) => first.plus(width.times(Rational.of(index))) };
}

function exactly(value: number, path: string): Rational {
  const exact = Rational.parse(String(value));
  if (!exact) throw new TemplateFailure(path, `${value} has too many digits`);
  return exact;
}

type Entry = string | number | Readonly<Record<string, string | number>>;

function entriesOf(name: string, entries: readonly Entry[], path: string, scope: Scope): Sized {
  const distinct = new Set(entries.map((entry) => JSON.stringify(entry)));
  if (distinct.size < entries.length) throw new TemplateFailure(path, "names an entry twice");
  const records = entries.filter((entry) => typeof entry === "object");
  const values: Value[] =
    records.length > 0 ? itemsOf(name, records, path, scope) : entries.map((entry) => scalar(entry, path));
  if (records.length === 0) declare(scope, name, typeof entries[0] === "number" ? "number" : "string", path);
  return { size: values.length, at: (index) => values[index] ?? missing(path) };
}

function itemsOf(
  name: string,
  records: readonly Readonly<Record<string, string | number>>[],
  path: string,
  scope: Scope,
): Item[] {
  const [first = {}] = records;
  const types = fieldTypes(first);
  const shape = JSON.stringify(types);
  const odd = records.findIndex((record) => JSON.stringify(fieldTypes(record)) !== shape);
  if (odd >= 0) throw new TemplateFailure(`${path}.${odd}`, "has not the fields of the first record");
  const make = scope.declareItem(name, types);
  if (!make) throw reserved(name, path);
  return records.map((record) =>
    make(Object.fromEntries(Object.entries(record).map(([field, value]) => [field, scalar(value, path)]))),
  );
}

function fieldTypes(record: Readonly<Record<string, string | number>>): Record<string, Type> {
  const types = Object.entries(record).map(([field, value]): [string, Type] => [
    field,
    typeof value === "number" ? "number" : "string",
  ]);
  return Object.fromEntries(types.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function scalar(entry: Entry, path: string): Scalar {
  if (typeof entry === "string") return entry;
  return typeof entry === "number" ? exactly(entry, path) : missing(path);
}

function missing(path: string): never {
  throw new TemplateFailure(path, "has no such entry");
}
