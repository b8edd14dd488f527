import type { ChangedRow } from "./statements.ts";

/** A skill that is to be changed: where it is, and where it will be. A place is subject, grade and code, and one skill's. */
export type Moving = ChangedRow & { readonly from: string; readonly to: string };

/**
 * Changes of skills in groups to be written one after the other, so that none takes a place which another has not left yet.
 * Of some that go round in a circle, one has a code meanwhile that no skill may have for good.
 */
export function inTurns(changes: readonly Moving[]): ChangedRow[][] {
  const turns: ChangedRow[][] = [];
  const toBeLeft = new Set(changes.filter(({ from, to }) => from !== to).map(({ from }) => from));
  let waiting = changes;
  for (let [first] = waiting; first; [first] = waiting) {
    const next = waiting.filter(({ to }) => !toBeLeft.has(to));
    if (next.length === 0) {
      turns.push([{ id: first.id, wanted: { code: `(on the way to another code) ${first.id}` } }]);
      toBeLeft.delete(first.from);
      continue;
    }
    turns.push(next.map(({ id, wanted }) => ({ id, wanted })));
    waiting = waiting.filter(({ to }) => toBeLeft.has(to));
    for (const { from } of next) toBeLeft.delete(from);
  }
  return turns;
}
