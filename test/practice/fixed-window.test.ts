import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EMPTY_WINDOW, hasRoom, resetSec, useOne, type Window } from "../../src/practice/fixed-window.ts";

const NOON = Date.UTC(2026, 0, 5, 12);
const limit = { limit: 3, windowMs: 60_000 };

const usedAt = (...times: number[]): Window =>
  times.reduce((window, nowMs) => useOne(window, limit, nowMs), EMPTY_WINDOW);

describe("a rate window", () => {
  it("has room for as many as its limit, and no more", () => {
    expect(hasRoom(usedAt(NOON, NOON), limit, NOON + 1)).toBe(true);
    expect(hasRoom(usedAt(NOON, NOON, NOON), limit, NOON + 1)).toBe(false);
  });

  it("has room again when it has run out, not a millisecond sooner", () => {
    const full = usedAt(NOON, NOON, NOON);
    expect(hasRoom(full, limit, NOON + 59_999)).toBe(false);
    expect(hasRoom(full, limit, NOON + 60_000)).toBe(true);
  });

  it("is off with a limit of 0", () => {
    expect(hasRoom(usedAt(NOON, NOON, NOON, NOON), { ...limit, limit: 0 }, NOON)).toBe(true);
  });

  it("says in whole seconds when it has room again, so that who waits as long is let in", () => {
    const times = fc.integer({ min: 0, max: 59_999 });
    fc.assert(
      fc.property(times, (laterMs) => {
        const full = usedAt(NOON, NOON, NOON);
        const waitSec = resetSec(full, limit, NOON + laterMs);
        expect(Number.isInteger(waitSec) && waitSec >= 1 && waitSec <= 60).toBe(true);
        expect(hasRoom(full, limit, NOON + laterMs + waitSec * 1000)).toBe(true);
      }),
    );
  });

  it("never locks anybody out because a clock went backwards", () => {
    expect(hasRoom(usedAt(NOON, NOON, NOON), limit, NOON - 3_600_000)).toBe(true);
  });

  it("lets at most its limit through in each window, whatever the times", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 60 }), (gaps) => {
        let nowMs = NOON;
        let window = EMPTY_WINDOW;
        const accepted: number[] = [];
        for (const gap of gaps) {
          nowMs += gap;
          if (!hasRoom(window, limit, nowMs)) continue;
          window = useOne(window, limit, nowMs);
          accepted.push(nowMs);
        }
        // The window begins with the first use: of limit + 1 in a row, the last is at least a window after the first of its own.
        let startedAt = Number.NEGATIVE_INFINITY;
        let used = 0;
        for (const at of accepted) {
          if (at >= startedAt + limit.windowMs) [startedAt, used] = [at, 0];
          used += 1;
          expect(used).toBeLessThanOrEqual(limit.limit);
        }
      }),
    );
  });
});
