import { draw, mix } from "../seeded-random.ts";
import type { Domain } from "./domain.ts";
import { attempt, type TemplateFault } from "./faults.ts";
import type { Expression } from "./scope.ts";
import { noValues, type Values } from "./values.ts";

/** How many combinations are held against constraints at most, and in how many steps of expressions. */
const MAX_TRIED = 10_000;
const MAX_STEPS = 500_000;
const MIN_TRIED = 200;
/** How many are kept of those that are too many to try them all. */
const MAX_SAMPLE = 1_024;

export type Derived = { readonly name: string; readonly expression: Expression };

/** Variables that share constraints, with those and all that is derived from variables, in an order to compute it. */
export type Part = {
  readonly domains: readonly Domain[];
  readonly derived: readonly Derived[];
  readonly constraints: readonly Expression[];
};

/** The combinations of a part's variables that meet its constraints. */
export type Combinations = {
  readonly constraints: readonly Expression[];
  readonly size: number;
  /** Whether that is all of them, or a sample. */
  readonly exact: boolean;
  /** How many were tried, and what went wrong first. */
  readonly tried: number;
  readonly fault: TemplateFault | undefined;
  /** Gives the variables the values of the combination with this rank, from 0. */
  readonly assign: (values: Values, rank: number) => void;
};

/**
 * Finds what meets the constraints: all of it where few enough combinations have to be tried, else a sample drawn at
 * random, always the same. Constraints are tried in their order, so that one may guard the next; what fails where all
 * before it hold is a fault.
 */
export function combinationsOf(part: Part, salt: number): Combinations {
  const { domains, constraints } = part;
  if (constraints.length === 0) {
    const size = domains.reduce((product, domain) => product * domain.size, 1);
    const assign = (values: Values, rank: number) => put(values, domains, digitsOf(rank, domains));
    return { constraints, size, exact: true, tried: size, fault: undefined, assign };
  }
  const tests = testsOf(part);
  const cost = tests.reduce((sum, test) => sum + test.cost, 0);
  const limit = Math.max(MIN_TRIED, Math.min(MAX_TRIED, Math.floor(MAX_STEPS / cost)));
  const found = searched(domains, tests, limit) ?? sampled(domains, tests, limit, salt);
  const { kept } = found;
  return {
    ...found,
    constraints,
    size: kept.length,
    assign: (values, rank) => put(values, domains, kept[rank] ?? []),
  };
}

/** A constraint with what it needs. */
type Test = {
  readonly constraint: Expression;
  readonly derived: readonly Derived[];
  /** The last of the variables it needs: after that one is set, it can be tried. */
  readonly depth: number;
  readonly cost: number;
};

function testsOf({ domains, derived, constraints }: Part): Test[] {
  return constraints.map((constraint) => {
    const names = new Set(constraint.references);
    const needed = derived.toReversed().filter(({ name, expression }) => {
      if (!names.has(name)) return false;
      for (const reference of expression.references) names.add(reference);
      return true;
    });
    return {
      constraint,
      derived: needed.toReversed(),
      depth: domains.findLastIndex(({ name }) => names.has(name)),
      cost: needed.reduce((sum, { expression }) => sum + expression.cost, constraint.cost),
    };
  });
}

function holds({ constraint, derived }: Test, values: Values): boolean {
  for (const { name, expression } of derived) values[name] = expression.evaluate(values);
  return constraint.evaluate(values) === true;
}

type Found = {
  readonly kept: readonly (readonly number[])[];
  readonly tried: number;
  readonly exact: boolean;
  readonly fault: TemplateFault | undefined;
};

/** Variable by variable, leaving a branch as soon as a constraint rules it out; undefined where it takes too long. */
function searched(domains: readonly Domain[], tests: readonly Test[], limit: number): Found | undefined {
  const last = domains.length - 1;
  const branches = tests.some((test) => test.depth < last);
  if (!branches && domains.reduce((product, { size }) => product * size, 1) > limit) return undefined;
  const values = noValues();
  const kept: number[][] = [];
  let tried = 0;
  let fault: TemplateFault | undefined;
  const search = (digits: readonly number[]): boolean => {
    const depth = digits.length;
    const domain = domains[depth];
    if (!domain) return true;
    const ready = tests.filter((test) => test.depth === depth);
    for (let digit = 0; digit < domain.size; digit += 1) {
      tried += 1;
      if (tried > limit) return false;
      values[domain.name] = domain.at(digit);
      const within = [...digits, digit];
      if (depth < last) {
        // What fails here may yet be ruled out by a constraint that stands before it.
        const ruledOut = ready.some((test) => {
          const held = attempt(() => holds(test, values));
          return held.ok && !held.value;
        });
        if (!ruledOut && !search(within)) return false;
      } else {
        const held = attempt(() => tests.every((test) => holds(test, values)));
        if (!held.ok) fault ??= held.fault;
        else if (held.value) kept.push(within);
      }
    }
    return true;
  };
  return search([]) ? { kept, tried, exact: true, fault } : undefined;
}

function sampled(domains: readonly Domain[], tests: readonly Test[], limit: number, salt: number): Found {
  const values = noValues();
  const kept: number[][] = [];
  const seen = new Set<string>();
  let tried = 0;
  let fault: TemplateFault | undefined;
  for (let number = 0; number < limit && kept.length < MAX_SAMPLE; number += 1) {
    const digits = domains.map(({ size }, index) => draw(mix(salt, number), index, size));
    const name = digits.join();
    if (seen.has(name)) continue;
    seen.add(name);
    tried += 1;
    put(values, domains, digits);
    const held = attempt(() => tests.every((test) => holds(test, values)));
    if (!held.ok) fault ??= held.fault;
    else if (held.value) kept.push(digits);
  }
  return { kept, tried, exact: false, fault };
}

function put(values: Values, domains: readonly Domain[], digits: readonly number[]): void {
  domains.forEach((domain, index) => {
    values[domain.name] = domain.at(digits[index] ?? 0);
  });
}

/** The index within each domain of the `rank`-th of all combinations. */
function digitsOf(rank: number, domains: readonly Domain[]): number[] {
  let left = rank;
  return domains.map(({ size }) => {
    const digit = left % size;
    left = Math.floor(left / size);
    return digit;
  });
}
