import { draw, mix } from "../seeded-random.ts";
import { type Combinations, combinationsOf, type Derived, type Part } from "./combinations.ts";
import { MAX_PERMUTED, permuted } from "./permutation.ts";
import type { Expression } from "./scope.ts";
import { noValues, type Values } from "./values.ts";

const CONTENT = 0x10000;
const DRESS = 0x20000;
const FREE = 0x30000;

export type SpacePlan = Part & {
  /** The variables that the answer and the choices come from; the others only dress the question. */
  readonly content: ReadonlySet<string>;
  /** Tells templates apart, so that two of one shape do not go the same way through their spaces. */
  readonly salt: number;
};

/** The combinations of variables of one template that meet its constraints. */
export type Space = {
  /** How many there are, and instances until one comes again. */
  readonly size: number;
  /** Whether that is all of them, or only as many as are used. */
  readonly exact: boolean;
  /** What came of the constraints. */
  readonly constrained: readonly Combinations[];
  /** The variables of the `number`-th instance, from 0, in the order that the seed gives. There is none where `size` is 0. */
  readonly at: (seed: number, number: number) => Values;
};

/**
 * Variables that share a constraint are combined with each other, each such part of the template by itself, and every
 * combination has a rank. The n-th instance takes its content (whatever the answer comes from) by a seeded permutation of
 * the ranks, all of them before any comes again; in each further round every content comes in another dress (names,
 * things), again by a permutation. So nothing is remembered, nothing is searched for, and nothing comes twice.
 */
export function spaceOf(plan: SpacePlan): Space {
  const parts = partsOf(plan).map((part) => ({ part, combinations: combinationsOf(part, plan.salt) }));
  const isContent = ({ part }: { part: Part }) => part.domains.some(({ name }) => plan.content.has(name));
  const content = product(parts.filter(isContent).map(({ combinations }) => combinations));
  const dress = product(parts.filter((one) => !isContent(one)).map(({ combinations }) => combinations));
  const free = [...content.rest, ...dress.rest];
  const size = content.size * dress.size;
  return {
    size: Math.min(size, Number.MAX_SAFE_INTEGER),
    exact: parts.every(({ combinations }) => combinations.exact) && free.length === 0 && Number.isSafeInteger(size),
    constrained: parts.map(({ combinations }) => combinations).filter(({ constraints }) => constraints.length > 0),
    at: (seed, number) => {
      const salted = mix(seed, plan.salt);
      const rank = rankOf(number, content.size, salted);
      const round = Math.floor(number / content.size) % dress.size;
      const values = noValues();
      content.assign(values, rank);
      dress.assign(values, permuted(round, dress.size, mix(mix(salted, rank), DRESS)));
      free.forEach((one, index) => {
        one.assign(values, draw(mix(salted, FREE + index), number, one.size));
      });
      return values;
    },
  };
}

/** The rank at a place of the sequence: round after round of all of them, never the same twice running. */
function rankOf(number: number, size: number, seed: number): number {
  const round = Math.floor(number / size);
  const index = number % size;
  const inRound = (of: number, place: number) => permuted(place, size, mix(seed, CONTENT + of));
  // Two take turns.
  if (size <= 2) return inRound(0, index);
  if (round === 0 || index > 1) return inRound(round, index);
  const repeats = inRound(round, 0) === inRound(round - 1, size - 1);
  return inRound(round, repeats ? 1 - index : index);
}

/** Parts combined with each other, as far as the product can be permuted; the rest is drawn freely. */
function product(all: readonly Combinations[]) {
  const taken: Combinations[] = [];
  const rest: Combinations[] = [];
  let size = 1;
  for (const one of all) {
    const fits = size * one.size <= MAX_PERMUTED;
    (fits ? taken : rest).push(one);
    if (fits) size *= one.size;
  }
  const assign = (values: Values, rank: number) => {
    let left = rank;
    for (const one of taken) {
      one.assign(values, left % one.size);
      left = Math.floor(left / one.size);
    }
  };
  return { size, rest, assign };
}

/** Each variable with those that it shares constraints with. */
function partsOf({ domains, derived, constraints }: SpacePlan): Part[] {
  const reach = reachOf(derived);
  let groups: { names: ReadonlySet<string>; constraints: readonly Expression[] }[] = domains.map(({ name }) => ({
    names: new Set([name]),
    constraints: [],
  }));
  for (const constraint of constraints) {
    const names = reach(constraint.references);
    const joined = groups.filter((group) => [...names].some((name) => group.names.has(name)));
    const merged = {
      names: new Set(joined.flatMap((group) => [...group.names])),
      constraints: [...joined.flatMap((group) => group.constraints), constraint],
    };
    groups = [...groups.filter((group) => !joined.includes(group)), merged];
  }
  return groups.map((group) => ({
    domains: domains.filter(({ name }) => group.names.has(name)),
    derived,
    // As the author has put them.
    constraints: constraints.filter((constraint) => group.constraints.includes(constraint)),
  }));
}

/** From names to the variables that they come from in the end. */
export function reachOf(derived: readonly Derived[]): (names: Iterable<string>) => ReadonlySet<string> {
  const sources = new Map<string, ReadonlySet<string>>();
  const reach = (names: Iterable<string>) => new Set([...names].flatMap((name) => [...(sources.get(name) ?? [name])]));
  for (const { name, expression } of derived) sources.set(name, reach(expression.references));
  return reach;
}
