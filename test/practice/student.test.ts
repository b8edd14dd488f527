import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PracticeEvent } from "../../src/practice/events.ts";
import { localDay } from "../../src/practice/local-day.ts";
import type { Refused } from "../../src/practice/refusal.ts";
import type { Session } from "../../src/practice/session.ts";
import {
  type Change,
  type Done,
  expireOne,
  finish,
  heartbeat,
  INITIAL_PACE,
  liveSessionOf,
  next,
  open,
  type PracticeLimits,
  type Profile,
  resume,
  type Student,
  submit,
} from "../../src/practice/student.ts";
import { mixedPool } from "./questions.ts";

const MONDAY_NOON = Date.UTC(2026, 0, 5, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const pool = mixedPool(12);

const profile: Profile = { gradeLevel: 5, timeZone: "UTC", plan: "FREE", isActive: true };

const limits: PracticeLimits = {
  submits: { limit: 0, windowMs: MINUTE },
  beats: { limit: 0, windowMs: MINUTE },
  freeDaily: 0,
  guest: 25,
  expiryMs: 24 * HOUR,
  carryScore: true,
};

const newStudent = (fields: Partial<Student> = {}): Student => ({
  id: "student",
  isGuest: false,
  profile,
  pace: INITIAL_PACE,
  lastScores: new Map(),
  sessions: new Map(),
  ...fields,
});

/** A student's practice as their object does it, but for storage: keeps the state, and every event. */
class Practice {
  student: Student;
  readonly events: PracticeEvent[] = [];
  readonly #limits: PracticeLimits;
  #opened = 0;

  constructor(student: Student = newStudent(), changedLimits: Partial<PracticeLimits> = {}) {
    this.student = student;
    this.#limits = { ...limits, ...changedLimits };
  }

  start(skillId: number, nowMs: number): Done | Refused {
    this.#expire(nowMs);
    const live = liveSessionOf(this.student, skillId);
    if (live) return this.#take(resume(this.student, live, nowMs));
    this.#opened += 1;
    const opening = { id: `s${this.#opened}`, skillId, pool: { version: 1, questions: pool }, seed: skillId, nowMs };
    return this.#take(open(this.student, opening, this.#limits));
  }

  submit(sessionId: string, nowMs: number, { choice = "A", questionId = 0, claimedSec = 10 } = {}) {
    this.#expire(nowMs);
    const current = questionId || (this.student.sessions.get(sessionId)?.current?.questionId ?? 0);
    const submission = { sessionId, questionId: current, answer: { choice }, claimedSec, attemptId: "a", nowMs };
    return this.#take(submit(this.student, submission, pool, this.#limits));
  }

  next(sessionId: string, nowMs: number, skip = false) {
    this.#expire(nowMs);
    return this.#take(next(this.student, { sessionId, skip, nowMs }, pool, this.#limits));
  }

  heartbeat(sessionId: string, nowMs: number, isActive = true) {
    this.#expire(nowMs);
    return this.#take(heartbeat(this.student, { sessionId, isActive, nowMs }, this.#limits));
  }

  finish(sessionId: string, nowMs: number) {
    this.#expire(nowMs);
    return this.#take(finish(this.student, { sessionId, nowMs }));
  }

  session(id: string): Session {
    const session = this.student.sessions.get(id);
    if (!session) throw new Error(`no session ${id}`);
    return session;
  }

  liveOn(skillId: number): Session {
    const session = liveSessionOf(this.student, skillId);
    if (!session) throw new Error(`no live session of skill ${skillId}`);
    return session;
  }

  #expire(nowMs: number) {
    for (let change = expireOne(this.student, this.#limits, nowMs); change; ) {
      this.#apply(change);
      change = expireOne(this.student, this.#limits, nowMs);
    }
  }

  #take<T extends Done | Refused>(done: T): T {
    if (done.ok && done.change) this.#apply(done.change);
    return done;
  }

  #apply({ student, event }: Change) {
    this.student = student;
    if (event) this.events.push(event);
  }
}

/** A practice with one session of skill 1 under way. */
function started(changedLimits: Partial<PracticeLimits> = {}, student: Partial<Student> = {}): Practice {
  const practice = new Practice(newStudent(student), changedLimits);
  practice.start(1, MONDAY_NOON);
  return practice;
}

const refusalOf = (done: Done | Refused) => (done.ok ? undefined : done.refusal.code);

/** Everything of a student, comparable. */
const snapshot = (student: Student) =>
  JSON.stringify({ ...student, lastScores: [...student.lastScores], sessions: [...student.sessions] });

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
  const ids = [...practice.student.sessions.keys()];
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

const of = (practice: Practice, kind: PracticeEvent["kind"], sessionId?: string) =>
  practice.events.filter((event) => event.kind === kind && (sessionId === undefined || event.sessionId === sessionId));

describe("whatever a student does, with clocks that go any way", () => {
  it("a skill has one live session at most", () => {
    fc.assert(
      fc.property(timed(anyWay), (script) => {
        play(script, {}, ({ student }) => {
          const live = [...student.sessions.values()].filter((session) => !session.finished);
          expect(new Set(live.map(({ skillId }) => skillId)).size).toBe(live.length);
        });
      }),
    );
  });

  it("a session's counts, streak, best score and questions agree with its events", () => {
    fc.assert(
      fc.property(timed(anyWay), (script) => {
        const practice = play(script);
        for (const session of practice.student.sessions.values()) {
          const answers = of(practice, "answered", session.id).filter((event) => event.kind === "answered");
          const skips = of(practice, "skipped", session.id);
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
          for (const session of student.sessions.values()) {
            const before = ended.get(session.id);
            if (before !== undefined) expect(JSON.stringify(session)).toBe(before);
            if (!session.finished) continue;
            expect(session.current).toBeNull();
            ended.set(session.id, JSON.stringify(session));
          }
        });
        for (const { id, finished } of practice.student.sessions.values()) {
          expect(of(practice, "opened", id)).toHaveLength(1);
          expect(of(practice, "finished", id)).toHaveLength(finished && finished.reason !== "MASTERED" ? 1 : 0);
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
        for (const session of practice.student.sessions.values()) {
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
          const { lastScores, sessions, ...rest } = practice.student;
          practice.student = {
            ...JSON.parse(JSON.stringify(rest)),
            lastScores: new Map(JSON.parse(JSON.stringify([...lastScores]))),
            sessions: new Map(JSON.parse(JSON.stringify([...sessions]))),
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
        const perDay = Map.groupBy(of(practice, "answered"), ({ day }) => day);
        for (const answers of perDay.values()) expect(answers.length).toBeLessThanOrEqual(7);
      }),
    );
  });

  it("answers beyond the rate are refused, in all sessions together, and those refused do not count", () => {
    fc.assert(
      fc.property(timed(forward), (script) => {
        const practice = play(script, { submits: { limit: 4, windowMs: MINUTE } });
        const times = of(practice, "answered").map(({ atMs }) => atMs);
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

describe("the daily limit", () => {
  const answerUntilRefused = (practice: Practice, nowMs: number) => {
    let answered = 0;
    practice.start(1, nowMs);
    while (practice.submit(practice.liveOn(1).id, nowMs, { choice: "B" }).ok) answered += 1;
    return answered;
  };

  it("is 402 from submit and next, never from start, heartbeat or finish", () => {
    const practice = started({ freeDaily: 2 });
    expect(answerUntilRefused(practice, MONDAY_NOON)).toBe(2);
    expect(refusalOf(practice.submit("s1", MONDAY_NOON))).toBe("subscription_required");
    expect(refusalOf(practice.next("s1", MONDAY_NOON))).toBe("subscription_required");
    expect(practice.start(1, MONDAY_NOON).ok).toBe(true);
    expect(practice.start(2, MONDAY_NOON).ok).toBe(true);
    expect(practice.heartbeat("s1", MONDAY_NOON).ok).toBe(true);
    expect(practice.finish("s1", MONDAY_NOON).ok).toBe(true);
  });

  it("is new at the student's midnight, not at UTC's", () => {
    const tokyo = { profile: { ...profile, timeZone: "Asia/Tokyo" } };
    const practice = started({ freeDaily: 2 }, tokyo);
    expect(answerUntilRefused(practice, MONDAY_NOON)).toBe(2);
    expect(answerUntilRefused(practice, Date.UTC(2026, 0, 5, 14, 59, 59))).toBe(0);
    expect(answerUntilRefused(practice, Date.UTC(2026, 0, 5, 15))).toBe(2);
    expect(answerUntilRefused(practice, Date.UTC(2026, 0, 6, 0, 30))).toBe(0);
  });

  it("cannot be had again by moving to another time zone and back", () => {
    const practice = started({ freeDaily: 2 });
    let answered = 0;
    for (const timeZone of ["UTC", "Pacific/Kiritimati", "UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"]) {
      practice.student = { ...practice.student, profile: { ...profile, timeZone } };
      answered += answerUntilRefused(practice, MONDAY_NOON);
    }
    // Two days at most have been lived through: Monday, and Tuesday in Kiritimati.
    expect(answered).toBeLessThanOrEqual(4);
  });

  it("does not hold who pays, nor anyone where it is off", () => {
    const paying = started({ freeDaily: 2 }, { profile: { ...profile, plan: "PREMIUM" } });
    const free = started({ freeDaily: 0 });
    for (let count = 0; count < 5; count++) {
      expect(paying.submit("s1", MONDAY_NOON, { choice: "B" }).ok).toBe(true);
      expect(free.submit("s1", MONDAY_NOON, { choice: "B" }).ok).toBe(true);
    }
  });

  it("counts no skips", () => {
    const practice = started({ freeDaily: 2 });
    for (let count = 0; count < 5; count++) expect(practice.next("s1", MONDAY_NOON, true).ok).toBe(true);
    expect(answerUntilRefused(practice, MONDAY_NOON)).toBe(2);
  });
});

describe("a guest", () => {
  it("answers as many questions as guests may, then 402 from submit and next", () => {
    const practice = started({ guest: 3 }, { isGuest: true });
    for (let count = 0; count < 3; count++) expect(practice.submit("s1", MONDAY_NOON, { choice: "B" }).ok).toBe(true);
    expect(refusalOf(practice.submit("s1", MONDAY_NOON))).toBe("subscription_required");
    expect(refusalOf(practice.next("s1", MONDAY_NOON))).toBe("subscription_required");
    expect(practice.finish("s1", MONDAY_NOON).ok).toBe(true);
  });

  it("is not held by the daily limit of the free plan", () => {
    const practice = started({ guest: 0, freeDaily: 1 }, { isGuest: true });
    for (let count = 0; count < 5; count++) expect(practice.submit("s1", MONDAY_NOON, { choice: "B" }).ok).toBe(true);
  });
});

describe("a next session of a skill", () => {
  const afterAnswers = (choices: readonly string[], carryScore = true) => {
    const practice = started({ carryScore });
    for (const [index, choice] of choices.entries()) practice.submit("s1", MONDAY_NOON + index * 1000, { choice });
    return practice;
  };

  it("starts from the score that a finished one left, with no streak", () => {
    const practice = afterAnswers(["A", "A", "A"]);
    const { score } = practice.session("s1").score;
    practice.finish("s1", MONDAY_NOON + MINUTE);
    practice.start(1, MONDAY_NOON + MINUTE);
    expect(practice.liveOn(1)).toMatchObject({ bestScore: score, maxStreak: 0, answered: 0 });
    expect(practice.liveOn(1).score).toMatchObject({ score, streak: 0 });
  });

  it("starts from the score that an expired one left", () => {
    const practice = afterAnswers(["A", "A", "A"]);
    const { score } = practice.session("s1").score;
    practice.start(1, MONDAY_NOON + 25 * HOUR);
    expect(practice.session("s1").finished?.reason).toBe("EXPIRED");
    expect(practice.liveOn(1).score.score).toBe(score);
  });

  it("starts from 90 after mastery", () => {
    const practice = afterAnswers(Array.from({ length: 60 }, () => "A"));
    expect(practice.session("s1").finished?.reason).toBe("MASTERED");
    practice.start(1, MONDAY_NOON + HOUR);
    expect(practice.liveOn(1).score.score).toBe(90);
  });

  it("starts from what the record says, where this is all there is", () => {
    const practice = new Practice(
      newStudent({
        lastScores: new Map([
          [1, 57],
          [2, 100],
        ]),
      }),
    );
    practice.start(1, MONDAY_NOON);
    practice.start(2, MONDAY_NOON);
    practice.start(3, MONDAY_NOON);
    expect([1, 2, 3].map((skill) => practice.liveOn(skill).score.score)).toEqual([57, 90, 0]);
  });

  it("starts from 0 where scores are not carried over", () => {
    const practice = afterAnswers(["A", "A", "A"], false);
    practice.finish("s1", MONDAY_NOON + MINUTE);
    practice.start(1, MONDAY_NOON + MINUTE);
    expect(practice.liveOn(1).score.score).toBe(0);
  });

  it("of another skill does not start from this one's score", () => {
    const practice = afterAnswers(["A", "A", "A"]);
    practice.finish("s1", MONDAY_NOON + MINUTE);
    practice.start(2, MONDAY_NOON + MINUTE);
    expect(practice.liveOn(2).score.score).toBe(0);
  });
});

describe("an answer", () => {
  it("to a question that was answered is refused as that, to any other but the current one as not current", () => {
    const practice = started();
    const first = practice.session("s1").current?.questionId ?? 0;
    practice.submit("s1", MONDAY_NOON);
    expect(refusalOf(practice.submit("s1", MONDAY_NOON, { questionId: first }))).toBe("already_answered");
    const skipped = practice.session("s1").current?.questionId ?? 0;
    practice.next("s1", MONDAY_NOON, true);
    expect(refusalOf(practice.submit("s1", MONDAY_NOON, { questionId: skipped }))).toBe("question_not_current");
    expect(refusalOf(practice.submit("s1", MONDAY_NOON, { questionId: 12345 }))).toBe("question_not_current");
  });

  it("to a question that came back after all were asked is an answer like any other", () => {
    const practice = started();
    for (let count = 0; count < pool.length * 3; count++) {
      expect(practice.submit("s1", MONDAY_NOON + count, { choice: count % 2 ? "A" : "B" }).ok).toBe(true);
    }
  });

  it("that cannot be read is refused with 400, and costs nothing", () => {
    const practice = started({ submits: { limit: 1, windowMs: MINUTE } });
    const refused = practice.submit("s1", MONDAY_NOON, { choice: "Z" });
    expect(refused).toMatchObject({ ok: false, refusal: { code: "validation_error", status: 400 } });
    expect(practice.submit("s1", MONDAY_NOON).ok).toBe(true);
  });

  it("beyond the rate is told when there is room again", () => {
    const practice = started({ submits: { limit: 1, windowMs: MINUTE } });
    practice.submit("s1", MONDAY_NOON);
    expect(practice.submit("s1", MONDAY_NOON + 18_500)).toMatchObject({
      ok: false,
      refusal: { code: "rate_limited", limit: { quota: 1, windowSec: 60, resetSec: 42 } },
    });
    expect(practice.submit("s1", MONDAY_NOON + MINUTE).ok).toBe(true);
  });
});

describe("a skip", () => {
  it("puts another question in place, and leaves score, streak and counts as they were", () => {
    const practice = started();
    practice.submit("s1", MONDAY_NOON);
    const before = practice.session("s1");
    practice.next("s1", MONDAY_NOON + 1000, true);
    const after = practice.session("s1");
    expect(after.current?.questionId).not.toBe(before.current?.questionId);
    expect([after.score, after.answered, after.correct]).toEqual([before.score, before.answered, before.correct]);
    expect(of(practice, "skipped")).toMatchObject([{ questionId: before.current?.questionId, creditMs: 1000 }]);
  });

  it("is the only thing that changes the question: next without it shows the same one", () => {
    const practice = started();
    const before = practice.session("s1").current;
    practice.next("s1", MONDAY_NOON + 1000);
    expect(practice.session("s1").current).toEqual(before);
  });
});

describe("time", () => {
  it("is shared by two tabs on two skills", () => {
    const practice = started();
    practice.start(2, MONDAY_NOON);
    practice.heartbeat("s1", MONDAY_NOON + 10_000);
    practice.heartbeat("s2", MONDAY_NOON + 15_000);
    expect([practice.session("s1").activeMs, practice.session("s2").activeMs]).toEqual([10_000, 5_000]);
  });

  it("before a start, a resume or an inactive heartbeat is not credited to that session", () => {
    const practice = started();
    practice.heartbeat("s1", MONDAY_NOON + 50_000, false);
    practice.heartbeat("s1", MONDAY_NOON + 60_000);
    expect(practice.session("s1").activeMs).toBe(10_000);
    practice.start(1, MONDAY_NOON + 100_000);
    practice.finish("s1", MONDAY_NOON + 101_000);
    expect(practice.session("s1").activeMs).toBe(11_000);
  });

  it.each([
    { gradeLevel: 1, seconds: 120 },
    { gradeLevel: 5, seconds: 240 },
    { gradeLevel: null, seconds: 240 },
    { gradeLevel: 11, seconds: 360 },
  ])("of a long gap counts up to $seconds s in grade $gradeLevel", ({ gradeLevel, seconds }) => {
    const practice = started({}, { profile: { ...profile, gradeLevel } });
    practice.submit("s1", MONDAY_NOON + HOUR);
    expect(practice.session("s1").activeMs).toBe(seconds * 1000);
  });
});

describe("a session without activity", () => {
  it("is finished as EXPIRED after the expiry time, at its last activity, not a millisecond sooner", () => {
    const practice = started();
    practice.submit("s1", MONDAY_NOON + 30_000);
    expect(expireOne(practice.student, limits, MONDAY_NOON + 30_000 + 24 * HOUR - 1)).toBeNull();
    const change = expireOne(practice.student, limits, MONDAY_NOON + 30_000 + 24 * HOUR);
    expect(change?.session.finished).toEqual({ atMs: MONDAY_NOON + 30_000, reason: "EXPIRED" });
    expect(change?.event).toMatchObject({ kind: "finished", creditMs: 0, atMs: MONDAY_NOON + 30_000 });
  });

  it("is kept alive by an inactive heartbeat and by a resume", () => {
    const practice = started();
    practice.heartbeat("s1", MONDAY_NOON + 20 * HOUR, false);
    practice.start(1, MONDAY_NOON + 40 * HOUR);
    expect(practice.heartbeat("s1", MONDAY_NOON + 60 * HOUR).ok).toBe(true);
    expect(practice.session("s1").finished).toBeNull();
  });
});

describe("a finished session", () => {
  it("answers next, heartbeat and finish without a change, and refuses an answer", () => {
    const practice = started();
    practice.finish("s1", MONDAY_NOON + 1000);
    const before = snapshot(practice.student);
    expect(practice.next("s1", MONDAY_NOON + 2000, true)).toEqual({ ok: true, change: null });
    expect(practice.heartbeat("s1", MONDAY_NOON + 2000)).toEqual({ ok: true, change: null });
    expect(practice.finish("s1", MONDAY_NOON + 2000)).toEqual({ ok: true, change: null });
    expect(refusalOf(practice.submit("s1", MONDAY_NOON + 2000, { questionId: 1 }))).toBe("session_finished");
    expect(snapshot(practice.student)).toBe(before);
  });
});

describe("a session that nobody knows", () => {
  it("is not found by any command", () => {
    const practice = started();
    const done = [
      practice.submit("nobody", MONDAY_NOON),
      practice.next("nobody", MONDAY_NOON),
      practice.heartbeat("nobody", MONDAY_NOON),
      practice.finish("nobody", MONDAY_NOON),
    ];
    expect(done.map(refusalOf)).toEqual(["not_found", "not_found", "not_found", "not_found"]);
  });
});
