import type { Environment, SourceRange } from "@marcbachmann/cel-js";
import { language, MAX_TEXT_LENGTH } from "./cel.ts";
import { type Position, TemplateFailure } from "./faults.ts";
import { MAX_LIST_LENGTH, stepsOf } from "./steps.ts";
import { type FailAt, readSyntax } from "./syntax.ts";
import type { Item, Value, Values } from "./values.ts";

const MAX_SOURCE_LENGTH = 400;
const MAX_COST = 10_000;

const TYPES = ["number", "string", "bool", "list<number>", "list<string>"] as const;

export type Type = (typeof TYPES)[number];

/** An expression that fits its variables. */
export type Expression = {
  readonly path: string;
  readonly type: Type;
  /** The variables it reads. */
  readonly references: ReadonlySet<string>;
  /** How many steps it takes at most, roughly. */
  readonly cost: number;
  /** Throws a {@link TemplateFailure} where it cannot be computed. */
  readonly evaluate: (values: Values) => Value;
};

/** An expression that is well formed; what its variables are may not be known yet. */
export type ParsedExpression = {
  readonly references: ReadonlySet<string>;
  /** Throws a {@link TemplateFailure} where a variable is unknown or the types do not fit. */
  readonly check: () => Expression;
};

/** Where an expression stands: `offset` characters into the text that `path` names. */
export type Place = { readonly path: string; readonly offset?: number };

/** The variables that expressions may read. */
export class Scope {
  readonly #environment: Environment;
  /** Their types, by name; a record has none of {@link TYPES}. */
  readonly #names: Map<string, Type | undefined>;
  readonly #total: { steps: number };
  readonly #times: number;

  constructor(parent?: Scope, times = 1) {
    this.#environment = parent ? parent.#environment.clone() : language.clone();
    this.#names = new Map(parent ? parent.#names : []);
    this.#total = parent ? parent.#total : { steps: 0 };
    this.#times = times;
  }

  /** Of all expressions that were compiled in it and in the scopes within it, each as often as it runs for one instance. */
  get steps(): number {
    return this.#total.steps;
  }

  /** False where the language keeps the name for itself. */
  declare(name: string, type: Type): boolean {
    return this.#register(name, type, () => this.#environment.registerVariable(name, type));
  }

  /** Declares a variable of records with these fields; gives what makes a record a value of it, unless reserved. */
  declareItem(name: string, fields: Readonly<Record<string, Type>>): ((item: Item) => Item) | undefined {
    const [type, Entry] = [`item_${name}`, itemClass()];
    const declared = this.#register(name, undefined, () =>
      this.#environment.registerType(type, { ctor: Entry, fields: { ...fields } }).registerVariable(name, type),
    );
    return declared ? (item) => Object.assign(new Entry(), item) : undefined;
  }

  /** A scope with these names too, for what runs so many times an instance. Nothing more can be declared in this one then. */
  with(extra: Readonly<Record<string, Type>>, times = 1): Scope {
    const scope = new Scope(this, times);
    for (const [name, type] of Object.entries(extra)) scope.declare(name, type);
    return scope;
  }

  /** Reads an expression; throws a {@link TemplateFailure} with the place where it breaks the grammar. */
  parse(source: string, place: Place): ParsedExpression {
    const failAt = failing(place);
    const all = { start: 0, end: source.length };
    if (source.trim() === "") return failAt("an expression is missing", all);
    if (source.length > MAX_SOURCE_LENGTH) return failAt(`is longer than ${MAX_SOURCE_LENGTH} characters`, all);
    const run = guarded(failAt, () => this.#environment.parse(source));
    const references = readSyntax(run.ast, failAt);
    const names = new Set(references.keys());
    const check = (): Expression => {
      for (const [name, range] of references) {
        if (!this.#names.has(name)) failAt(`there is no variable ${name}`, range);
      }
      const { valid, type, error } = run.check();
      if (!valid) return failAt(error?.summary ?? "does not fit", error?.range);
      const known = TYPES.find((one) => one === type);
      if (!known) return failAt(`gives a ${type}, not a number, text, truth value or list of numbers or texts`, all);
      const cost = stepsOf(run.ast, { isList: (name) => this.#names.get(name)?.startsWith("list") ?? false, failAt });
      if (cost > MAX_COST) return failAt("takes too many steps", all);
      this.#total.steps += cost * this.#times;
      const evaluate = (values: Values) => {
        const value = guarded(failAt, () => checkedValue(run(values)));
        return withinBounds(value, failAt);
      };
      return { path: place.path, type: known, references: names, cost, evaluate };
    };
    return { references: names, check };
  }

  /** An expression whose variables are all declared. */
  compile(source: string, place: Place): Expression {
    return this.parse(source, place).check();
  }

  #register(name: string, type: Type | undefined, register: () => void): boolean {
    try {
      register();
    } catch {
      return false;
    }
    this.#names.set(name, type);
    return true;
  }
}

/** A class of its own: the language tells the types of values by their constructors. */
function itemClass(): new () => object {
  return class {};
}

function failing({ path, offset = 0 }: Place): FailAt {
  return (message, range) => {
    throw new TemplateFailure(path, message, range && { start: range.start + offset, end: range.end + offset });
  };
}

/** Whatever the library throws at an expression is a fault of that expression. */
function guarded<T>(failAt: FailAt, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Error)) return failAt("cannot be computed");
    const summary = "summary" in error ? String(error.summary) : error.message;
    return failAt(summary, "range" in error ? rangeOf(error.range) : undefined);
  }
}

function rangeOf(value: unknown): Position | undefined {
  if (typeof value !== "object" || value === null || !("start" in value && "end" in value)) return undefined;
  return { start: Number(value.start), end: Number(value.end) } satisfies SourceRange;
}

/** The cast: what the type checker has found to be one of {@link TYPES} is nothing else when it runs. */
function checkedValue(result: unknown): Value {
  return result as Value;
}

function withinBounds(value: Value, failAt: FailAt): Value {
  const texts: readonly Value[] = Array.isArray(value) ? value : [value];
  if (texts.some((text) => typeof text === "string" && text.length > MAX_TEXT_LENGTH)) {
    return failAt(`gives a text of more than ${MAX_TEXT_LENGTH} characters`);
  }
  if (Array.isArray(value) && value.length > MAX_LIST_LENGTH) {
    return failAt(`gives a list of more than ${MAX_LIST_LENGTH} entries`);
  }
  return value;
}
