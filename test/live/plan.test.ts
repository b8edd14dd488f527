import { describe, expect, it } from "vitest";
import { emptySeat, Picture } from "../../src/live/picture.ts";
import { dueRound, firstPlan, nextDueMs, type Plan, withUnheard } from "../../src/live/plan.ts";

const NOON = Date.UTC(2026, 0, 5, 12);
const MINUTE = 60_000;

const picture = new Picture(
  [
    { id: "ana", fullName: "Ana" },
    { id: "ben", fullName: "Ben" },
  ].map(emptySeat),
);
const plan = firstPlan(["tess"], NOON);
/** Ben has not answered at noon. */
const withoutBen: Plan = { ...plan, ...withUnheard(plan, ["ben"], NOON) };

describe("who is asked while a class is watched", () => {
  it("is nobody before ten minutes have passed, then everybody", () => {
    expect(dueRound(plan, picture, NOON + 10 * MINUTE - 1)).toBeNull();
    expect(dueRound(plan, picture, NOON + 10 * MINUTE)).toEqual({
      studentIds: ["ana", "ben"],
      change: { nextAskMs: NOON + 20 * MINUTE, unheard: null },
    });
  });

  it("is whoever has not answered, after twenty seconds", () => {
    expect([nextDueMs(plan), nextDueMs(withoutBen)]).toEqual([NOON + 2 * MINUTE, NOON + 20_000]);
    expect(dueRound(withoutBen, picture, NOON + 19_999)).toBeNull();
    expect(dueRound(withoutBen, picture, NOON + 20_000)).toEqual({ studentIds: ["ben"], change: { unheard: null } });
  });

  it("is each of them once, who has left the class left out", () => {
    const more: Plan = { ...withoutBen, ...withUnheard(withoutBen, ["gone", "ben", "ana"], NOON + 5_000) };
    expect(dueRound(more, picture, NOON + 20_000)).toBeNull();
    expect(dueRound(more, picture, NOON + 25_000)?.studentIds).toEqual(["ben", "ana"]);
  });
});
