import { describe, expect, it } from "vitest";
import type { LiveStudent } from "../../../src/live/schemas.ts";
import {
  afterMessage,
  answersBetween,
  countByStatus,
  type LiveClass,
  parseMessage,
} from "../../../src/pages/demo/client/live-class.ts";

const AT = "2026-11-22T08:00:00.000Z";

const student = (name: string, more: Partial<LiveStudent> = {}): LiveStudent => ({
  student_id: `id of ${name}`,
  full_name: name,
  status: "ACTIVE",
  session_id: "session",
  skill_id: 1,
  questions_answered: 0,
  correct: 0,
  incorrect: 0,
  smartscore: 0,
  zone: "LEARNING",
  last_activity_at: AT,
  ...more,
});

const snapshot = (...students: LiveStudent[]) => ({ type: "snapshot", at: AT, students }) as const;
const update = (one: LiveStudent) => ({ type: "update", at: AT, student: one }) as const;
const answered = (correct: number, incorrect: number, smartscore: number) =>
  student("Sam", { questions_answered: correct + incorrect, correct, incorrect, smartscore });
const classAfter = (...messages: Parameters<typeof afterMessage>[1][]) =>
  messages.reduce<LiveClass>((state, message) => afterMessage(state, message), []);
const names = (students: LiveClass) => students.map(({ full_name: name }) => name);

describe("a class as the messages tell", () => {
  it("is in the order of names, whoever comes when", () => {
    expect(names(classAfter(snapshot(student("Zoe"), student("Ada")), update(student("Mia"))))).toEqual([
      "Ada",
      "Mia",
      "Zoe",
    ]);
  });

  it("holds whom the newest snapshot names, and nobody else", () => {
    expect(names(classAfter(snapshot(student("Zoe"), student("Ada")), snapshot(student("Zoe"))))).toEqual(["Zoe"]);
  });

  it("shows what the newest message says of a student, and leaves the others", () => {
    const students = classAfter(snapshot(student("Ada"), student("Sam")), update(answered(1, 0, 15)));
    expect(students.map(({ smartscore }) => smartscore)).toEqual([0, 15]);
  });

  it("remembers the answers that it saw come, and the last change", () => {
    const [sam] = classAfter(snapshot(answered(3, 1, 30)), update(answered(4, 1, 40)), update(answered(4, 2, 38)));
    expect(sam).toMatchObject({ trail: [true, false], moved: -2 });
  });

  it("keeps what it saw over a reconnect, and adds what came meanwhile", () => {
    const [sam] = classAfter(snapshot(answered(0, 0, 0)), update(answered(1, 0, 15)), snapshot(answered(3, 0, 40)));
    expect(sam?.trail).toEqual([true, true, true]);
  });

  it("puts the answers of one message in the order that the score tells", () => {
    expect(classAfter(snapshot(answered(0, 0, 5)), update(answered(1, 1, 18)))[0]?.trail).toEqual([false, true]);
    expect(classAfter(snapshot(answered(0, 0, 75)), update(answered(1, 1, 71)))[0]?.trail).toEqual([true, false]);
  });

  it("begins anew with another session", () => {
    const next = student("Sam", { session_id: "next", questions_answered: 1, correct: 1, smartscore: 12 });
    expect(classAfter(snapshot(answered(0, 0, 0)), update(answered(1, 0, 15)), update(next))[0]).toMatchObject({
      trail: [],
      moved: 0,
      smartscore: 12,
    });
  });

  it("keeps only the last answers", () => {
    const messages = Array.from({ length: 40 }, (_, at) => update(answered(at, 0, 50)));
    expect(classAfter(snapshot(answered(0, 0, 0)), ...messages)[0]?.trail.length).toBe(14);
  });

  it("never counts an answer twice when a message is repeated", () => {
    const [sam] = classAfter(snapshot(answered(0, 0, 0)), update(answered(2, 0, 28)), update(answered(2, 0, 28)));
    expect(sam?.trail).toEqual([true, true]);
  });

  it("counts who does what", () => {
    const students = classAfter(
      snapshot(student("A"), student("B", { status: "NEEDS_HELP" }), student("C", { status: "OFFLINE" }), student("D")),
    );
    expect(countByStatus(students)).toEqual({ ACTIVE: 2, NEEDS_HELP: 1, IDLE: 0, OFFLINE: 1 });
  });
});

describe("the answers that were seen to come", () => {
  const between = (...messages: Parameters<typeof afterMessage>[1][]) =>
    answersBetween(classAfter(...messages.slice(0, -1)), classAfter(...messages));

  it("say who, whether it was right, and what it changed", () => {
    expect(between(snapshot(answered(3, 0, 40)), update(answered(3, 1, 38)))).toEqual([
      { name: "Sam", isRight: false, from: 40, to: 38 },
    ]);
  });

  it("are those since the connection was lost too", () => {
    expect(between(snapshot(answered(0, 0, 0)), snapshot(answered(2, 0, 28)))).toMatchObject([{ from: 0, to: 28 }]);
  });

  it("are none where only the status changed, with a first snapshot or another session", () => {
    const idle = { ...answered(3, 0, 40), status: "IDLE" } as const;
    expect(between(snapshot(answered(3, 0, 40)), update(idle))).toEqual([]);
    expect(between(snapshot(answered(3, 0, 40)))).toEqual([]);
    expect(between(snapshot(answered(3, 0, 40)), update({ ...answered(9, 0, 50), session_id: "next" }))).toEqual([]);
  });

  it("give the curve its scores", () => {
    const [sam] = classAfter(
      snapshot(answered(0, 0, 0)),
      update(answered(1, 0, 15)),
      update({ ...answered(1, 0, 15), status: "IDLE" }),
      update(answered(1, 1, 14)),
    );
    expect(sam?.scores).toEqual([0, 15, 14]);
  });
});

describe("a text from the server", () => {
  it("is a message where it says so", () => {
    const message = update(student("Sam"));
    expect(parseMessage(JSON.stringify(message))).toEqual(message);
  });

  it.each(["pong", "", "{", "null", "[]", '"snapshot"', '{"type":"news"}'])("is none: %s", (text) => {
    expect(parseMessage(text)).toBeUndefined();
  });
});
