import { describe, expect, it } from "vitest";
import { expireOne } from "../../src/practice/student.ts";
import {
  eventsOf,
  HOUR,
  limits,
  MINUTE,
  MONDAY_NOON,
  newStudent,
  Practice,
  pool,
  profile,
  refusalOf,
  snapshot,
  started,
} from "./practice.ts";

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
    for (let count = 0; count < pool.questions.length * 3; count++) {
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

describe("starts", () => {
  it("opened and resumed are limited together, refused ones do not count, and other commands go on", () => {
    const practice = started({ starts: { limit: 3, windowMs: MINUTE } });
    expect(practice.start(1, MONDAY_NOON + 1_000).ok).toBe(true);
    expect(practice.start(2, MONDAY_NOON + 2_000).ok).toBe(true);
    for (const skillId of [1, 3]) {
      expect(practice.start(skillId, MONDAY_NOON + 18_500)).toMatchObject({
        ok: false,
        refusal: { code: "rate_limited", limit: { quota: 3, windowSec: 60, resetSec: 42 } },
      });
    }
    expect(practice.submit("s1", MONDAY_NOON + 19_000).ok).toBe(true);
    expect(practice.finish("s1", MONDAY_NOON + 20_000).ok).toBe(true);
    expect(practice.start(3, MONDAY_NOON + MINUTE).ok).toBe(true);
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
    expect(eventsOf(practice, "skipped")).toMatchObject([{ questionId: before.current?.questionId, creditMs: 1000 }]);
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
