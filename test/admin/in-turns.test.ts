import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inTurns, type Moving } from "../../src/admin/import/in-turns.ts";

const move = (id: number, from: string, to: string): Moving => ({ id, wanted: { code: to }, from, to });

const ids = (turns: ReturnType<typeof inTurns>) => turns.map((turn) => turn.map(({ id }) => id));

/** Where skills are after each group, as the table has them: throws where two would share a place. */
function written(changes: readonly Moving[]): Map<number | string, unknown> {
  const places = new Map<number | string, unknown>(changes.map(({ id, from }) => [id, from]));
  for (const turn of inTurns(changes)) {
    // Within a group the order is the database's own: nobody may need another to go first.
    const before = new Map(places);
    for (const { id, wanted } of turn) {
      const isTaken = [...before].some(([other, place]) => other !== id && place === wanted.code);
      expect(isTaken, `${id} to ${wanted.code}`).toBe(false);
      places.set(id, wanted.code);
    }
  }
  return places;
}

describe("skills that get other codes", () => {
  it("are written at once where nobody is in the way", () => {
    expect(ids(inTurns([move(1, "A.1", "A.1"), move(2, "A.2", "A.9"), move(3, "A.3", "A.8")]))).toEqual([[1, 2, 3]]);
    expect(inTurns([])).toEqual([]);
  });

  it("that move up by one are written from the last", () => {
    expect(ids(inTurns([move(1, "A.1", "A.2"), move(2, "A.2", "A.3"), move(3, "A.3", "A.4")]))).toEqual([
      [3],
      [2],
      [1],
    ]);
  });

  it("that exchange theirs: one has another meanwhile, longer than any may be", () => {
    const turns = inTurns([move(1, "A.1", "A.2"), move(2, "A.2", "A.1")]);
    expect(ids(turns)).toEqual([[1], [2], [1]]);
    expect(String(turns[0]?.[0]?.wanted.code).length).toBeGreaterThan(20);
  });

  it("are each where they should be in the end, and never two at one place", () => {
    const some = fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { maxLength: 10 });
    const moves = some.chain((from) =>
      fc
        .shuffledSubarray([...from, 12, 13], { minLength: from.length, maxLength: from.length })
        .map((to) => from.map((place, id) => move(id, `A.${place}`, `A.${to[id]}`))),
    );
    fc.assert(
      fc.property(moves, (changes) => {
        expect(written(changes)).toEqual(new Map(changes.map(({ id, to }) => [id, to])));
      }),
    );
  });
});
