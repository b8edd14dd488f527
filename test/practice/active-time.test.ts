import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { creditTime, inactivityCapSeconds, touch, wholeSeconds } from "../../src/practice/active-time.ts";

const NOON = Date.UTC(2026, 0, 5, 12);
const CAP_MS = 240_000;

describe("inactivity cap", () => {
  it.each([
    { grade: -1, seconds: 120 },
    { grade: 0, seconds: 120 },
    { grade: 2, seconds: 120 },
    { grade: 3, seconds: 240 },
    { grade: 8, seconds: 240 },
    { grade: 9, seconds: 360 },
    { grade: 12, seconds: 360 },
    { grade: null, seconds: 240 },
  ])("is $seconds s in grade $grade", ({ grade, seconds }) => {
    expect(inactivityCapSeconds(grade)).toBe(seconds);
  });
});

describe("crediting", () => {
  it("credits the gap since the session's last activity and moves both clocks to now", () => {
    expect(creditTime({ studentClockMs: 0, sessionLastActivityMs: NOON, nowMs: NOON + 12_345, capMs: CAP_MS })).toEqual(
      { creditMs: 12_345, studentClockMs: NOON + 12_345, sessionLastActivityMs: NOON + 12_345 },
    );
  });

  it("credits the cap for a longer gap, and the rest of that gap is not credited later", () => {
    const moment = { studentClockMs: NOON, sessionLastActivityMs: NOON, nowMs: NOON + 3_600_000, capMs: CAP_MS };
    const credit = creditTime(moment);
    expect(credit.creditMs).toBe(CAP_MS);
    expect(creditTime({ ...credit, nowMs: moment.nowMs, capMs: CAP_MS }).creditMs).toBe(0);
  });

  it("shares the time between two tabs on two skills", () => {
    const first = creditTime({
      studentClockMs: NOON,
      sessionLastActivityMs: NOON,
      nowMs: NOON + 10_000,
      capMs: CAP_MS,
    });
    const second = creditTime({
      studentClockMs: first.studentClockMs,
      sessionLastActivityMs: NOON,
      nowMs: NOON + 15_000,
      capMs: CAP_MS,
    });
    expect([first.creditMs, second.creditMs]).toEqual([10_000, 5_000]);
  });

  it("credits nothing for a retry in the same moment", () => {
    const credit = creditTime({
      studentClockMs: NOON,
      sessionLastActivityMs: NOON,
      nowMs: NOON + 9_000,
      capMs: CAP_MS,
    });
    expect(creditTime({ ...credit, nowMs: NOON + 9_000, capMs: CAP_MS }).creditMs).toBe(0);
  });

  it("credits nothing for a clock that goes backwards, and does not count that stretch a second time", () => {
    const ahead = creditTime({
      studentClockMs: NOON,
      sessionLastActivityMs: NOON,
      nowMs: NOON + 60_000,
      capMs: CAP_MS,
    });
    const back = creditTime({ ...ahead, nowMs: NOON + 20_000, capMs: CAP_MS });
    const again = creditTime({ ...back, nowMs: NOON + 61_000, capMs: CAP_MS });
    expect([ahead.creditMs, back.creditMs, again.creditMs]).toEqual([60_000, 0, 1_000]);
  });
});

describe("inactive heartbeats, starts and resumes", () => {
  it("move the session's last activity, so that the time before them is never credited", () => {
    const lastActivity = touch(NOON, NOON + 50_000);
    expect(lastActivity).toBe(NOON + 50_000);
    const credit = creditTime({
      studentClockMs: NOON,
      sessionLastActivityMs: lastActivity,
      nowMs: NOON + 53_000,
      capMs: CAP_MS,
    });
    expect(credit.creditMs).toBe(3_000);
  });

  it("take nothing from another tab of the same student", () => {
    touch(NOON, NOON + 50_000);
    const other = creditTime({
      studentClockMs: NOON,
      sessionLastActivityMs: NOON,
      nowMs: NOON + 53_000,
      capMs: CAP_MS,
    });
    expect(other.creditMs).toBe(53_000);
  });

  it("never move the last activity backward", () => {
    expect(touch(NOON, NOON - 1)).toBe(NOON);
  });
});

describe("whole seconds", () => {
  it("are the full ones", () => {
    expect([0, 999, 1_000, 1_999, 60_000].map(wholeSeconds)).toEqual([0, 0, 1, 1, 60]);
  });
});

type Event = { tab: number; afterMs: number; kind: "active" | "inactive" };

/** What one student's tabs are credited, in order; `afterMs` may be negative: a clock that goes backwards. */
function practise(events: readonly Event[], capMs: number) {
  const lastActivity = new Map<number, number>();
  const credited = new Map<number, number>();
  let studentClockMs = 0;
  let nowMs = NOON;
  let latestMs = NOON;
  for (const { tab, afterMs, kind } of events) {
    nowMs += afterMs;
    latestMs = Math.max(latestMs, nowMs);
    const sessionLastActivityMs = lastActivity.get(tab) ?? NOON;
    if (kind === "inactive") {
      lastActivity.set(tab, touch(sessionLastActivityMs, nowMs));
      continue;
    }
    const credit = creditTime({ studentClockMs, sessionLastActivityMs, nowMs, capMs });
    expect(credit.studentClockMs).toBeGreaterThanOrEqual(studentClockMs);
    expect(credit.sessionLastActivityMs).toBeGreaterThanOrEqual(sessionLastActivityMs);
    expect(credit.creditMs).toBeGreaterThanOrEqual(0);
    expect(credit.creditMs).toBeLessThanOrEqual(capMs);
    studentClockMs = credit.studentClockMs;
    lastActivity.set(tab, credit.sessionLastActivityMs);
    credited.set(tab, (credited.get(tab) ?? 0) + credit.creditMs);
  }
  const totalMs = [...credited.values()].reduce((sum, ms) => sum + ms, 0);
  return { totalMs, elapsedMs: latestMs - NOON };
}

const capMs = fc.constantFrom(120_000, 240_000, 360_000);
const event = (afterMs: fc.Arbitrary<number>): fc.Arbitrary<Event> =>
  fc.record({ tab: fc.nat(9), afterMs, kind: fc.constantFrom("active", "inactive") });

describe("time cannot be farmed", () => {
  it("any number of tabs, heartbeats and retries in a minute credits at most that minute", () => {
    fc.assert(
      fc.property(fc.array(event(fc.nat(600)), { maxLength: 100 }), capMs, (events, cap) => {
        const { totalMs, elapsedMs } = practise(events, cap);
        expect(elapsedMs).toBeLessThanOrEqual(60_000);
        expect(totalMs).toBeLessThanOrEqual(elapsedMs);
      }),
    );
  });

  it("a clock that jumps forward and back credits at most how far it ever went", () => {
    fc.assert(
      fc.property(fc.array(event(fc.integer({ min: -500_000, max: 500_000 }))), capMs, (events, cap) => {
        const { totalMs, elapsedMs } = practise(events, cap);
        expect(totalMs).toBeLessThanOrEqual(elapsedMs);
      }),
    );
  });

  it("inactive heartbeats alone credit nothing", () => {
    fc.assert(
      fc.property(fc.array(event(fc.nat(300_000))), capMs, (events, cap) => {
        const inactive = events.map((each): Event => ({ ...each, kind: "inactive" }));
        expect(practise(inactive, cap).totalMs).toBe(0);
      }),
    );
  });
});

describe("fractions of a second are not lost", () => {
  it("many short gaps add up to what one long gap gives, to the second", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 2_400 }), { minLength: 1, maxLength: 50 }), (gaps) => {
        const longGapMs = gaps.reduce((sum, gap) => sum + gap, 0);
        const short = practise(
          gaps.map((afterMs): Event => ({ tab: 0, afterMs, kind: "active" })),
          CAP_MS,
        );
        const long = practise([{ tab: 0, afterMs: longGapMs, kind: "active" }], CAP_MS);
        expect(wholeSeconds(short.totalMs)).toBe(wholeSeconds(long.totalMs));
        expect(wholeSeconds(short.totalMs)).toBe(Math.floor(longGapMs / 1_000));
      }),
    );
  });

  it("one active tab without a gap past the cap is credited every second", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(120_000)), capMs, (gaps, cap) => {
        const events = gaps.map((afterMs): Event => ({ tab: 0, afterMs, kind: "active" }));
        const { totalMs, elapsedMs } = practise(events, cap);
        expect(totalMs).toBe(elapsedMs);
      }),
    );
  });
});
