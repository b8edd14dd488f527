import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  COMPANY_MS,
  drainAtMs,
  nextAlarmMs,
  pauseEndMs,
  pauseMs,
  rescueAtMs,
  settlementOf,
} from "../../src/practice/drain.ts";
import type { PracticeEvent } from "../../src/practice/events.ts";

const NOW = Date.UTC(2026, 0, 5, 12);

const batchOf = (...seqs: number[]) => ({
  studentId: "s",
  afterSeq: 3,
  sessions: [],
  events: seqs.map((seq) => ({ seq, skillId: 1, event: event("credited"), question: null })),
});

const event = (kind: "opened" | "credited" | "finished"): PracticeEvent => ({
  kind,
  sessionId: "x",
  atMs: NOW,
  day: "2026-01-05",
  creditMs: 0,
});

describe("what a flush's reply means", () => {
  it("drained up to the mark, where Postgres took the batch", () => {
    const settlement = settlementOf(batchOf(4, 5, 6), { mark: 6, isAhead: false, rejected: [] });
    expect(settlement).toEqual({ kind: "drained", upTo: 6, parked: [] });
  });

  it("drained beyond the batch, where an earlier, longer one got there although its reply was lost", () => {
    const settlement = settlementOf(batchOf(4, 5, 6), { mark: 8, isAhead: false, rejected: [] });
    expect(settlement).toEqual({ kind: "drained", upTo: 8, parked: [] });
  });

  it("parks just what Postgres can never take", () => {
    const settlement = settlementOf(batchOf(4, 5, 6), { mark: 6, isAhead: false, rejected: [5] });
    expect(settlement).toEqual({ kind: "drained", upTo: 6, parked: [5] });
  });

  it("parks the whole batch of a student whom Postgres does not know, and nothing after it", () => {
    const settlement = settlementOf(batchOf(4, 5, 6), { mark: null, isAhead: false, rejected: [] });
    expect(settlement).toEqual({ kind: "drained", upTo: 6, parked: [4, 5, 6] });
  });

  it("new numbers, where the mark stands at an event that the object does not know", () => {
    const settlement = settlementOf(batchOf(4, 5), { mark: 40, isAhead: true, rejected: [] });
    expect(settlement).toEqual({ kind: "renumber", mark: 40 });
  });

  it("all again from the mark on, where that is below where the batch begins: Postgres was put back", () => {
    const settlement = settlementOf(batchOf(4, 5), { mark: 1, isAhead: false, rejected: [] });
    expect(settlement).toEqual({ kind: "rewind", mark: 1 });
  });

  it("nothing new, where a batch without events was sent to ask and Postgres is where it was", () => {
    const drained = { kind: "drained", upTo: 3, parked: [] };
    expect(settlementOf(batchOf(), { mark: 3, isAhead: false, rejected: [] })).toEqual(drained);
    expect(settlementOf(batchOf(), { mark: null, isAhead: false, rejected: [] })).toEqual(drained);
  });
});

describe("the pause after failures", () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  it("doubles from a second to thirty, each between a half and the whole of it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), random, (failures, luck) => {
        const whole = Math.min(30_000, 1000 * 2 ** (failures - 1));
        const pause = pauseMs(failures, luck);
        expect(pause).toBeGreaterThanOrEqual(whole / 2);
        expect(pause).toBeLessThanOrEqual(whole);
      }),
    );
  });

  it("never ends the tries: it stays at thirty seconds, however many there were", () => {
    expect([pauseMs(6, 1), pauseMs(60, 1), pauseMs(100_000, 1)]).toEqual([30_000, 30_000, 30_000]);
  });
});

describe("when an event is sent", () => {
  it("a second later, so that others can come along", () => {
    expect(drainAtMs({ plannedMs: null, failures: 0 }, event("credited"), NOW)).toBe(NOW + COMPANY_MS);
  });

  it("at once, where it ends a session", () => {
    expect(drainAtMs({ plannedMs: null, failures: 0 }, event("finished"), NOW)).toBe(NOW);
    expect(drainAtMs({ plannedMs: NOW + 700, failures: 0 }, event("finished"), NOW)).toBe(NOW);
  });

  it("with the flush that is planned already: a student who never stops answering does not put it off", () => {
    expect(drainAtMs({ plannedMs: NOW + 300, failures: 0 }, event("credited"), NOW)).toBe(NOW + 300);
  });

  it("not before the pause after a failure is over, whatever it is", () => {
    expect(drainAtMs({ plannedMs: NOW + 20_000, failures: 5 }, event("finished"), NOW)).toBe(NOW + 20_000);
  });
});

describe("the alarm that sees to a flush whose timer was lost", () => {
  it("rings half a minute after the flush was due", () => {
    expect(rescueAtMs({ plannedMs: NOW + 1_000, failures: 0 }, false, NOW)).toBe(NOW + 31_000);
  });

  it("rings when the pause after a failure is over: no timer is set for that", () => {
    expect(rescueAtMs({ plannedMs: NOW + 5_000, failures: 2 }, false, NOW)).toBe(NOW + 5_000);
  });

  it("rings in half a minute for a flush under way, or a mark that is not stored", () => {
    expect(rescueAtMs({ plannedMs: null, failures: 0 }, true, NOW)).toBe(NOW + 30_000);
  });

  it("is none where there is nothing to see to", () => {
    expect(rescueAtMs({ plannedMs: null, failures: 0 }, false, NOW)).toBeNull();
  });
});

describe("the pause after a failure", () => {
  it("holds everything up until its end, and is none without a failure", () => {
    expect(pauseEndMs({ plannedMs: NOW + 5_000, failures: 2 })).toBe(NOW + 5_000);
    expect(pauseEndMs({ plannedMs: NOW + 5_000, failures: 0 })).toBe(0);
    expect(pauseEndMs({ plannedMs: null, failures: 2 })).toBe(0);
  });
});

describe("the next alarm", () => {
  it("rings for the earliest of what waits", () => {
    expect(nextAlarmMs([null, 30, 10, null, 20])).toBe(10);
  });

  it("is none where nothing waits", () => {
    expect(nextAlarmMs([])).toBeNull();
    expect(nextAlarmMs([null, null])).toBeNull();
  });
});
