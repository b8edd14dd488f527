import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PracticeLimits } from "../../src/practice/limits.ts";
import { localDay } from "../../src/practice/local-day.ts";
import type { Refused } from "../../src/practice/refusal.ts";
import { type Done, type Profile, sessionsOf } from "../../src/practice/student.ts";
import { eventsOf, HOUR, MINUTE, MONDAY_NOON, newStudent, Practice, snapshot, started } from "./practice.ts";

type Step =
  | { do: "start"; skill: number }
  | { do: "submit"; session: number; choice: string; questionId: number }
  | { do: "next"; session: number; skip: boolean }
  | { do: "heartbeat"; session: number; isActive: boolean }
  | { do: "finish"; session: number }
  | { do: "profile"; profile: Profile };

const nth = fc.nat({ max: 5 });
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("start"), skill: fc.constantFrom(1, 2, 3) }) },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant("submit"),
      session: nth,
      choice: fc.constantFrom("A", "A", "A", "B", "nonsense"),
      questionId: fc.constantFrom(0, 0, 0, 0, 3, 99),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("next"), session: nth, skip: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("heartbeat"), session: nth, isActive: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("finish"), session: nth }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("profile"),
      profile: fc.record({
        gradeLevel: fc.constantFrom(null, -1, 1, 5, 12),
        timeZone: fc.constantFrom("UTC", "Asia/Tokyo", "America/New_York"),
        plan: fc.constantFrom("FREE", "PREMIUM"),
        isActive: fc.constantFrom(true, true, true, false),
      }),
    }),
  },
);

const forward = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 20_000 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 10 * MINUTE }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 30 * HOUR }) },
);
const anyWay = fc.oneof(
  { weight: 4, arbitrary: forward },
  { weight: 1, arbitrary: fc.integer({ min: -2 * HOUR, max: 0 }) },
);
const timed = (gaps: fc.Arbitrary<number>) => fc.array(fc.tuple(gaps, steps), { minLength: 1, maxLength: 120 });

function take(practice: Practice, step: Step, nowMs: number): Done | Refused {
  if (step.do === "start") return practice.start(step.skill, nowMs);
  if (step.do === "profile") {
    practice.student = { ...practice.student, profile: step.profile };
    return { ok: true, change: null };
  }
  const ids = sessionsOf(practice.student).map(({ id }) => id);
  const id = ids[ids.length - 1 - (step.session % Math.max(1, ids.length))] ?? "unknown";
  switch (step.do) {
    case "submit":
      return practice.submit(id, nowMs, step);
    case "next":
      return practice.next(id, nowMs, step.skip);
    case "heartbeat":
      return practice.heartbeat(id, nowMs, step.isActive);
    case "finish":
      return practice.finish(id, nowMs);
  }
}

type Visit = (practice: Practice, done: Done | Refused, nowMs: number, step: Step) => void;

/** Runs the steps one after the other, each so long after the one before. */
function play(script: readonly (readonly [number, Step])[], changed: Partial<PracticeLimits> = {}, visit?: Visit) {
  const practice = new Practice(newStudent(), changed);
  let nowMs = MONDAY_NOON;
  for (const [gap, step] of script) {
    nowMs += gap;
    const done = take(practice, step, nowMs);
    visit?.(practice, done, nowMs, step);
  }
  return practice;
}

describe("whatever a student does, with clocks that go any way", () => {
  it("a skill has one live session at most", () => {
    fc.assert(
      fc.property(timed(anyWay), (script) => {
        play(script, {}, ({ student }) => {
          const live = sessionsOf(student).filter((session) => !session.finished);
          expect(live).toEqual([...student.live.values()]);
          expect(new Set(live.map(({ skillId }) => skillId)).size).toBe(live.length);
        });
      }),
    );
  });

  it("a session's counts, streak, best score and questions agree with its events", () => {
    fc.assert(
      fc.property(timed(anyWay), (script) => {
        const practice = play(script);
        for (const session of sessionsOf(practice.student)) {
          const answers = eventsOf(practice, "answered", session.id).filter((event) => event.kind === "answered");
          const skips = eventsOf(practice, "skipped", session.id);
          expect(session.answered).toBe(answers.length);
          expect(session.correct).toBe(answers.filter(({ correct }) => correct).length);
          expect(session.asked).toHaveLength(answers.length + skips.length);
          expect(session.asked.filter(({ answered }) => answered)).toHaveLength(answers.length);
          expect(session.maxStreak).toBeGreaterThanOrEqual(session.score.streak);
          expect(session.bestScore).toBe(
            Math.max(
              ...answers.flatMap(({ scoreBefore, scoreAfter }) => [scoreBefore, scoreAfter]),
              session.score.score,
            ),
          );
          for (const [index, { scoreAfter }] of answers.entries()) {
            expect(answers[index + 1]?.scoreBefore ?? session.score.score).toBe(scoreAfter);
          }
        }
      }),
    );
  });

  it("a session is opened once, finished once at most, and then shows no question and never changes again", () => {
    fc.assert(
      fc.property(timed(anyWay), (script) => {
        const ended = new Map<string, string>();
        const practice = play(script, {}, ({ student }) => {
          for (const session of sessionsOf(student)) {
            const before = ended.get(session.id);
            if (before !== undefined) expect(JSON.stringify(session)).toBe(before);
            if (!session.finished) continue;
            expect(session.current).toBeNull();
            ended.set(session.id, JSON.stringify(session));
          }
        });
        for (const { id, finished } of sessionsOf(practice.student)) {
          expect(eventsOf(practice, "opened", id)).toHaveLength(1);
          expect(eventsOf(practice, "finished", id)).toHaveLength(finished && finished.reason !== "MASTERED" ? 1 : 0);
        }
      }),
    );
  });

  it("active time is the sum of what the events credit, and never more than the time that went by", () => {
    fc.assert(
      fc.property(timed(anyWay), (script) => {
        let [firstMs, lastMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
        const practice = play(script, {}, (_practice, _done, nowMs) => {
          [firstMs, lastMs] = [Math.min(firstMs, nowMs), Math.max(lastMs, nowMs)];
        });
        let total = 0;
        for (const session of sessionsOf(practice.student)) {
          const credited = practice.events.filter(({ sessionId }) => sessionId === session.id);
          expect(session.activeMs).toBe(credited.reduce((sum, { creditMs }) => sum + creditMs, 0));
          expect(credited.every(({ creditMs }) => creditMs >= 0 && creditMs <= session.capMs)).toBe(true);
          total += session.activeMs;
        }
        expect(total).toBeLessThanOrEqual(lastMs - firstMs);
      }),
    );
  });

  it("a refusal changes nothing but to end what had run out, and nothing that was given is written to", () => {
    fc.assert(
      fc.property(timed(anyWay), (script) => {
        const practice = new Practice(newStudent(), { submits: { limit: 5, windowMs: MINUTE }, freeDaily: 20 });
        let nowMs = MONDAY_NOON;
        for (const [gap, step] of script) {
          nowMs += gap;
          const given = practice.student;
          const before = snapshot(given);
          const events = practice.events.length;
          const done = take(practice, step, nowMs);
          expect(snapshot(given)).toBe(before);
          if (done.ok) continue;
          const added = practice.events.slice(events);
          expect(added.every(({ kind, creditMs }) => kind === "finished" && creditMs === 0)).toBe(true);
          if (added.length === 0) expect(snapshot(practice.student)).toBe(before);
        }
      }),
    );
  });

  it("the same commands at the same times give the same state and events", () => {
    fc.assert(
      fc.property(timed(anyWay), (script) => {
        const [once, again] = [play(script), play(script)];
        expect(snapshot(again.student)).toBe(snapshot(once.student));
        expect(again.events).toEqual(once.events);
      }),
    );
  });

  it("a state that went through JSON goes on as if it had not", () => {
    fc.assert(
      fc.property(timed(anyWay), (script) => {
        const stored = play(script, {}, (practice) => {
          const { lastScores, live, over, ...rest } = practice.student;
          practice.student = {
            ...JSON.parse(JSON.stringify(rest)),
            lastScores: new Map(JSON.parse(JSON.stringify([...lastScores]))),
            live: new Map(JSON.parse(JSON.stringify([...live]))),
            over: new Map(JSON.parse(JSON.stringify([...over]))),
          };
        });
        expect(snapshot(stored.student)).toBe(snapshot(play(script).student));
      }),
    );
  });

  it("an event has the student's local day of its moment, and time that is not credited is no event", () => {
    fc.assert(
      fc.property(timed(anyWay), (script) => {
        let seen = 0;
        play(script, {}, ({ student, events }) => {
          for (const event of events.slice(seen)) {
            expect(event.day).toBe(localDay(event.atMs, student.profile.timeZone));
            if (event.kind === "credited") expect(event.creditMs).toBeGreaterThan(0);
          }
          seen = events.length;
        });
      }),
    );
  });

  it("a deactivated student changes nothing", () => {
    fc.assert(
      fc.property(timed(anyWay), (script) => {
        play(script, {}, ({ student }, done) => {
          if (!student.profile.isActive && done.ok) expect(done.change).toBeNull();
        });
      }),
    );
  });

  it("what a question took is never more than claimed, nor than the time since it was put", () => {
    const claimed = fc.integer({ min: 0, max: 3600 });
    fc.assert(
      fc.property(fc.array(fc.tuple(anyWay, claimed), { maxLength: 40 }), (answers) => {
        const practice = started();
        let nowMs = MONDAY_NOON;
        for (const [gap, claimedSec] of answers) {
          nowMs += gap;
          const shownAtMs = practice.session("s1").current?.shownAtMs ?? 0;
          const done = practice.submit("s1", nowMs, { claimedSec });
          if (!done.ok || done.change?.event?.kind !== "answered") continue;
          const { timeSpentSec } = done.change.event;
          expect(Number.isInteger(timeSpentSec) && timeSpentSec >= 0 && timeSpentSec <= claimedSec).toBe(true);
          expect(timeSpentSec).toBeLessThanOrEqual(Math.max(0, Math.ceil((nowMs - shownAtMs) / 1000)));
        }
      }),
    );
  });
});

describe("limits, with a clock that goes forward", () => {
  it("at most the daily limit of a local day is answered, whatever the sessions", () => {
    fc.assert(
      fc.property(timed(forward), (script) => {
        const sameProfile = script.filter(([, step]) => step.do !== "profile");
        const practice = play(sameProfile, { freeDaily: 7 });
        const perDay = Map.groupBy(eventsOf(practice, "answered"), ({ day }) => day);
        for (const answers of perDay.values()) expect(answers.length).toBeLessThanOrEqual(7);
      }),
    );
  });

  it("answers beyond the rate are refused, in all sessions together, and those refused do not count", () => {
    fc.assert(
      fc.property(timed(forward), (script) => {
        const practice = play(script, { submits: { limit: 4, windowMs: MINUTE } });
        const times = eventsOf(practice, "answered").map(({ atMs }) => atMs);
        let [from, used] = [Number.NEGATIVE_INFINITY, 0];
        for (const at of times) {
          if (at >= from + MINUTE) [from, used] = [at, 0];
          used += 1;
          expect(used).toBeLessThanOrEqual(4);
        }
      }),
    );
  });
});
