import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Doing, doingOf, nextChangeMs, statusAt } from "../../src/live/activity.ts";
import { MINUTE, MONDAY_NOON, type Practice, started } from "../practice/practice.ts";

const NOON = MONDAY_NOON;

const doing = (fields: Partial<Doing> = {}): Doing => ({
  sessionId: "s1",
  skillId: 1,
  isOpen: true,
  answered: 10,
  correct: 6,
  score: 40,
  bestScore: 50,
  wrongInARow: 0,
  lastActivityMs: NOON,
  lastActiveMs: NOON,
  ...fields,
});

describe("a student's status", () => {
  it.each([
    ["ACTIVE a moment after an answer", doing(), 1],
    ["ACTIVE for just under a minute", doing(), MINUTE - 1],
    ["IDLE from a minute on", doing(), MINUTE],
    ["IDLE while only inactive heartbeats come", doing({ lastActivityMs: NOON + 9 * MINUTE }), 10 * MINUTE],
    ["OFFLINE from five minutes without any sign on", doing(), 5 * MINUTE],
    ["OFFLINE where the session is over", doing({ isOpen: false }), 1],
    ["NEEDS_HELP after 4 wrong in a row", doing({ wrongInARow: 4 }), 1],
    ["ACTIVE after 3 wrong in a row", doing({ wrongInARow: 3 }), 1],
    ["NEEDS_HELP 15 below the best score", doing({ score: 35 }), 1],
    ["ACTIVE 14 below the best score", doing({ score: 36 }), 1],
    ["NEEDS_HELP though idle", doing({ wrongInARow: 5 }), 4 * MINUTE],
    ["OFFLINE though in need of help", doing({ wrongInARow: 5 }), 5 * MINUTE],
    ["OFFLINE before anything was ever done", null, 0],
  ] as const)("is %s", (name, at, laterMs) => {
    expect(statusAt(at, NOON + laterMs)).toBe(name.split(" ")[0]);
  });

  const anyDoing = fc
    .record({
      isOpen: fc.boolean(),
      wrongInARow: fc.integer({ min: 0, max: 6 }),
      score: fc.integer({ min: 0, max: 50 }),
      lastActivityMs: fc.integer({ min: NOON - 6 * MINUTE, max: NOON }),
      inactiveForMs: fc.integer({ min: 0, max: 6 * MINUTE }),
    })
    .map(({ inactiveForMs, ...fields }) => doing({ ...fields, lastActiveMs: fields.lastActivityMs - inactiveForMs }));

  it("holds until just before the time that is said to change it, and is another then", () => {
    fc.assert(
      fc.property(anyDoing, (at) => {
        const now = statusAt(at, NOON);
        const changesMs = nextChangeMs(at, NOON);
        if (changesMs === null) {
          expect(statusAt(at, NOON + 1_000 * MINUTE)).toBe(now);
          return;
        }
        expect(changesMs).toBeGreaterThan(NOON);
        expect(statusAt(at, changesMs - 1)).toBe(now);
        expect(statusAt(at, changesMs)).not.toBe(now);
      }),
    );
  });
});

describe("what a student is at", () => {
  const at = (practice: Practice, nowMs: number) => doingOf(practice.student, nowMs);

  it("is nothing before the first session", () => {
    expect(doingOf({ pace: started().student.pace, live: new Map(), over: new Map() }, NOON)).toBeNull();
  });

  it("is the session just begun, in which nothing was done yet", () => {
    const practice = started();
    expect(at(practice, NOON)).toMatchObject({ sessionId: practice.liveOn(1).id, answered: 0, isOpen: true });
    expect(statusAt(at(practice, NOON), NOON)).toBe("ACTIVE");
  });

  it("counts wrong answers in a row, and forgets them at a right one", () => {
    const practice = started();
    const { id } = practice.liveOn(1);
    const wrongAfter = (choice: string, second: number) => {
      practice.submit(id, NOON + second * 1000, { choice });
      return at(practice, NOON + second * 1000)?.wrongInARow;
    };
    expect(["B", "B", "B", "B", "A", "B"].map((choice, second) => wrongAfter(choice, second))).toEqual([
      1, 2, 3, 4, 0, 1,
    ]);
  });

  it("is the session of the last activity where there are several", () => {
    const practice = started();
    practice.start(2, NOON + MINUTE);
    expect(at(practice, NOON + MINUTE)).toMatchObject({ skillId: 2 });
    practice.heartbeat(practice.liveOn(1).id, NOON + 2 * MINUTE);
    expect(at(practice, NOON + 2 * MINUTE)).toMatchObject({ skillId: 1 });
  });

  it("is the session that has ended, as it ended, where no other is under way", () => {
    const practice = started();
    practice.finish(practice.liveOn(1).id, NOON + MINUTE);
    expect(at(practice, NOON + MINUTE)).toMatchObject({ skillId: 1, isOpen: false });
  });

  it("is the open session, where another has ended since, for five minutes", () => {
    const practice = started();
    practice.start(2, NOON + MINUTE);
    practice.finish(practice.liveOn(2).id, NOON + 2 * MINUTE);
    expect(at(practice, NOON + 2 * MINUTE)).toMatchObject({ skillId: 1, isOpen: true });
    expect(at(practice, NOON + 5 * MINUTE)).toMatchObject({ skillId: 2, isOpen: false });
  });

  it("is activity by submit, next and active heartbeat, not by a start or an inactive heartbeat", () => {
    const practice = started();
    const { id } = practice.liveOn(1);
    const activeAt = (minute: number) => ((at(practice, NOON + minute * MINUTE)?.lastActiveMs ?? 0) - NOON) / MINUTE;
    practice.submit(id, NOON + MINUTE);
    expect(activeAt(1)).toBe(1);
    practice.heartbeat(id, NOON + 2 * MINUTE, false);
    practice.start(1, NOON + 3 * MINUTE);
    expect(activeAt(3)).toBe(1);
    expect(at(practice, NOON + 3 * MINUTE)?.lastActivityMs).toBe(NOON + 3 * MINUTE);
    practice.heartbeat(id, NOON + 4 * MINUTE);
    expect(activeAt(4)).toBe(4);
    practice.next(id, NOON + 5 * MINUTE);
    expect(activeAt(5)).toBe(5);
  });
});
