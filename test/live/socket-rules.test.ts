import { describe, expect, it } from "vitest";
import { afterMessage, type Badge, endsAtMs, newBadge, overdue, refusal } from "../../src/live/socket-rules.ts";

const NOON = Date.UTC(2026, 0, 5, 12);
const MINUTE = 60_000;

const visitor = { teacherId: "tess", expiresAtMs: NOON + 15 * MINUTE };
const badge = newBadge(visitor, NOON);
const crowd = (count: number, teacherId = (index: number) => `teacher ${index}`): Badge[] =>
  Array.from({ length: count }, (_, index) => ({ ...badge, teacherId: teacherId(index) }));

describe("a connection", () => {
  it("goes on while pings come, and ends a minute after the last", () => {
    expect(overdue(badge, null, NOON + MINUTE - 1)).toBeNull();
    expect(overdue(badge, null, NOON + MINUTE)).toMatchObject({ code: 4408 });
    expect(overdue(badge, NOON + MINUTE, NOON + 2 * MINUTE - 1)).toBeNull();
    expect(overdue(badge, NOON + MINUTE, NOON + 2 * MINUTE)).toMatchObject({ code: 4408 });
  });

  it("ends when the token runs out, however it pings", () => {
    const lastMs = visitor.expiresAtMs;
    expect(overdue(badge, lastMs - 1, lastMs - 1)).toBeNull();
    expect(overdue(badge, lastMs - 1, lastMs)).toMatchObject({ code: 4401 });
  });

  it("is overdue at just the time that is foreseen", () => {
    for (const lastPingMs of [null, NOON + MINUTE, visitor.expiresAtMs - 1]) {
      const endMs = endsAtMs(badge, lastPingMs);
      expect(overdue(badge, lastPingMs, endMs - 1)).toBeNull();
      expect(overdue(badge, lastPingMs, endMs)).not.toBeNull();
    }
  });

  it("may say 30 things a minute that are no ping, and no long ones", () => {
    let counted: Badge | null = badge;
    for (let count = 0; count < 30; count++) counted = counted && afterMessage(counted, 10, NOON);
    expect(counted).not.toBeNull();
    expect(counted && afterMessage(counted, 10, NOON + MINUTE - 1)).toBeNull();
    expect(counted && afterMessage(counted, 10, NOON + MINUTE)).not.toBeNull();
    expect(afterMessage(badge, 1_025, NOON)).toBeNull();
  });
});

describe("a visitor", () => {
  it("finds room beside 199 others of a class, 9 of their own among them", () => {
    expect(refusal(visitor, crowd(199), NOON)).toBeNull();
    expect(refusal(visitor, crowd(200), NOON)).toMatchObject({ code: 1013 });
    expect(
      refusal(
        visitor,
        crowd(9, () => "tess"),
        NOON,
      ),
    ).toBeNull();
    expect(
      refusal(
        visitor,
        crowd(10, () => "tess"),
        NOON,
      ),
    ).toMatchObject({ code: 1013 });
  });

  it("whose token ran out on the way is not let in", () => {
    expect(refusal(visitor, [], visitor.expiresAtMs)).toMatchObject({ code: 4401 });
  });
});
