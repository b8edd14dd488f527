import { mix } from "../seeded-random.ts";

const ROUNDS = 4;

/** What {@link permuted} can put in order; beyond it products of whole numbers are no longer exact. */
export const MAX_PERMUTED = 2 ** 48;

/**
 * Where `index` comes to stand when the numbers 0 to `size` − 1 are put in the order that a seed gives: every number once,
 * without a list of them.
 *
 * A number is a row and a column of a table, nearly square, with at least `size` fields. Four times the row is moved on by
 * a hash of the column and the column by a hash of the row, each of which can be undone: a Feistel network. What comes out
 * beyond `size` goes through again until it is within, which keeps it a permutation (cycle walking; Black and Rogaway,
 * "Ciphers with Arbitrary Finite Domains", 2002).
 */
export function permuted(index: number, size: number, seed: number): number {
  const columns = Math.ceil(Math.sqrt(size));
  const rows = Math.ceil(size / columns);
  let place = index;
  do {
    let row = Math.floor(place / columns);
    let column = place % columns;
    for (let round = 0; round < ROUNDS; round += 1) {
      row = (row + mix(seed + 2 * round, column)) % rows;
      column = (column + mix(seed + 2 * round + 1, row)) % columns;
    }
    place = row * columns + column;
  } while (place >= size);
  return place;
}
