import { v7 as uuid } from "uuid";
import type { DrainBatch, NumberedEvent } from "../../src/practice/drain.ts";
import type { PracticeEvent } from "../../src/practice/events.ts";
import { openSession, type Session } from "../../src/practice/session.ts";
import type { StoredEvent } from "../worker/practice.ts";
import { twoChoices } from "./questions.ts";

/** A student's life as events made by hand, of two skills over two days, some of it ended. */
export function lifeOf(count: number): { events: StoredEvent[]; sessions: Session[] } {
  const startMs = Date.UTC(2026, 2, 1, 23, 50);
  const sessions = [1, 2].map((skillId) =>
    openSession({
      id: uuid(),
      skillId,
      pool: { version: 1, questions: [twoChoices(1, 2)], templates: [] },
      seed: 1,
      startScore: 0,
      capMs: 240_000,
      nowMs: startMs,
    }),
  );
  const events: StoredEvent[] = sessions.map(({ id, skillId }, index) => ({
    seq: index + 1,
    skillId,
    parked: false,
    event: { kind: "opened", sessionId: id, atMs: startMs, day: "2026-03-01", creditMs: 0 },
  }));
  for (let index = events.length; index < count; index++) {
    const session = sessions[index % 2];
    if (!session) throw new Error("there are two");
    const atMs = startMs + index * 30_000;
    const base = {
      sessionId: session.id,
      atMs,
      day: new Date(atMs).toISOString().slice(0, 10),
      creditMs: 1_000 + index,
    };
    events.push({ seq: index + 1, skillId: session.skillId, parked: false, event: eventOf(index, base) });
  }
  const finalScore = (skillId: number) =>
    events.reduce(
      (score, { skillId: of, event }) => (of === skillId && event.kind === "answered" ? event.scoreAfter : score),
      0,
    );
  return {
    events,
    sessions: sessions.map((session) => ({
      ...session,
      bestScore: finalScore(session.skillId),
      score: { ...session.score, score: finalScore(session.skillId) },
    })),
  };
}

type Base = { sessionId: string; atMs: number; day: string; creditMs: number };

function eventOf(index: number, base: Base): PracticeEvent {
  if (index % 5 === 3) return { kind: "skipped", ...base, creditMs: 0, questionId: 7, generator: null };
  if (index % 5 === 4) return { kind: "credited", ...base };
  return {
    kind: "answered",
    ...base,
    attemptId: uuid(),
    questionId: 1,
    generator: null,
    made: null,
    submitted: { choice: "A" },
    correct: index % 3 !== 0,
    mistakeType: null,
    timeSpentSec: 3,
    scoreBefore: index - 1,
    scoreAfter: index,
    reason: "zone",
    message: "",
  };
}

export type Life = ReturnType<typeof lifeOf>;

/** The batch of the events after one number up to another, as their object would send it. */
export function batchOf(studentId: string, { events, sessions }: Life, from: number, to: number): DrainBatch {
  const some = events.slice(from, to);
  return {
    studentId,
    afterSeq: from,
    events: some.map(
      ({ seq, skillId, event }): NumberedEvent => ({
        seq,
        skillId,
        event,
        question: event.kind === "answered" ? twoChoices(1, 2) : null,
      }),
    ),
    sessions: sessions.filter(({ id }) => some.some(({ event }) => event.sessionId === id)),
  };
}
