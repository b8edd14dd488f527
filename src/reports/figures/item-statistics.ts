/** One answer to an item: a stored question, or whatever a template makes. */
export type ItemAnswer = {
  readonly item: string;
  readonly student: number;
  readonly isRight: boolean;
  readonly seconds: number;
};

/** What an item's answers say of it; null where there are too few of them. */
export type ItemStatistics = {
  /** How many answers. */
  readonly n: number;
  /** How many students gave them. */
  readonly students: number;
  readonly shareRight: number | null;
  readonly discrimination: number | null;
  /** How many students discrimination is of: those who answered another item too. */
  readonly compared: number;
  readonly medianSeconds: number | null;
};

/** Nothing is computed on fewer answers. */
export const LEAST_ANSWERS = 10;

/**
 * Classical item statistics, by item:
 *
 * - share right, the item's difficulty p: right answers of all answers, 0 to 1 (to 3 decimals);
 * - discrimination: the point-biserial correlation of the item with the rest, as a corrected item-total correlation. Over
 *   the item's answers, Pearson's correlation of right (1) or wrong (0) with the share of right answers that the same
 *   student gave to the *other* items, so that the item does not correlate with itself (to 2 decimals). Answers of students
 *   who answered no other item are left out; null where fewer than 10 are left, or either side does not vary;
 * - median time, in seconds, as the clients say it.
 *
 * Students do not all meet the same items here, so that the rest score is a share and not a sum. Answers are the units: who
 * met an item twice counts twice.
 *
 * Sources: L. Crocker and J. Algina, Introduction to Classical and Modern Test Theory (1986), chapter 14; S. Henrysson,
 * Correction of item-total correlations in item analysis, Psychometrika 28 (1963), 211-218.
 */
export function itemStatistics(answers: readonly ItemAnswer[]): Map<string, ItemStatistics> {
  const ofItem = Map.groupBy(answers, ({ item }) => item);
  const ofStudent = Map.groupBy(answers, ({ student }) => student);
  const totals = new Map([...ofStudent].map(([student, theirs]) => [student, tally(theirs)]));
  return new Map(
    [...ofItem].map(([item, its]) => [
      item,
      {
        n: its.length,
        students: new Set(its.map(({ student }) => student)).size,
        ...(its.length < LEAST_ANSWERS ? NOTHING : computed(its, totals)),
      },
    ]),
  );
}

const NOTHING = { shareRight: null, discrimination: null, compared: 0, medianSeconds: null };

type Tally = { readonly n: number; readonly right: number };

const tally = (answers: readonly ItemAnswer[]): Tally => ({
  n: answers.length,
  right: answers.filter(({ isRight }) => isRight).length,
});

function computed(its: readonly ItemAnswer[], totals: ReadonlyMap<number, Tally>) {
  const own = new Map(
    [...Map.groupBy(its, ({ student }) => student)].map(([student, theirs]) => [student, tally(theirs)]),
  );
  const compared = new Set<number>();
  const pairs = its.flatMap(({ student, isRight }): [number, number][] => {
    const rest = difference(totals.get(student), own.get(student));
    if (rest.n === 0) return [];
    compared.add(student);
    return [[isRight ? 1 : 0, rest.right / rest.n]];
  });
  return {
    shareRight: rounded(tally(its).right / its.length, 3),
    discrimination: pairs.length < LEAST_ANSWERS ? null : correlation(pairs),
    compared: compared.size,
    medianSeconds: median(its.map(({ seconds }) => seconds)),
  };
}

const difference = (all: Tally = { n: 0, right: 0 }, some: Tally = { n: 0, right: 0 }): Tally => ({
  n: all.n - some.n,
  right: all.right - some.right,
});

/** Pearson's, to 2 decimals; null where either side does not vary. */
function correlation(pairs: readonly (readonly [number, number])[]): number | null {
  const meanX = mean(pairs.map(([x]) => x));
  const meanY = mean(pairs.map(([, y]) => y));
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (const [x, y] of pairs) {
    xy += (x - meanX) * (y - meanY);
    xx += (x - meanX) ** 2;
    yy += (y - meanY) ** 2;
  }
  // Shares that are alike differ by what a sum of fractions leaves behind.
  const varies = xx > 1e-9 && yy > 1e-9;
  return varies ? rounded(xy / Math.sqrt(xx * yy), 2) : null;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = 0, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  return (low + high) / 2;
}

const rounded = (value: number, decimals: number) => Math.round(value * 10 ** decimals) / 10 ** decimals;
