import { v7 as uuid } from "uuid";
import type { DrainBatch } from "../../src/practice/drain.ts";
import type { KeyedQuestion } from "../../src/practice/question.ts";
import { openSession } from "../../src/practice/session.ts";

const QUESTION: KeyedQuestion = {
  id: 1,
  type: "NUMERIC",
  prompt: "What is 7 × 8?",
  data: {},
  correctAnswer: { value: 56 },
  explanation: "7 × 8 = 56",
  level: 2,
};

/** The numbers that a student's object gives to its events, one after the other. */
export function numbers(): () => number {
  let last = 0;
  return () => ++last;
}

/** What a student's object sends of one answer after the other, each on its own, with the SmartScore that it leads to. */
export function answersOf(
  studentId: string,
  skillId: number,
  nextNumber = numbers(),
): (scoreAfter?: number) => DrainBatch {
  const pool = { version: 1, questions: [QUESTION], templates: [] };
  const session = openSession({ id: uuid(), skillId, pool, seed: 1, startScore: 0, capMs: 240_000, nowMs: Date.now() });
  return (scoreAfter = 51) => {
    const atMs = Date.now();
    const answer = { questionId: 1, generator: null, made: null, attemptId: uuid(), submitted: { value: 56 } };
    const score = { scoreBefore: 50, scoreAfter } as const;
    const said = { correct: true, mistakeType: null, timeSpentSec: 3, reason: "zone", message: "" } as const;
    const when = { sessionId: session.id, atMs, day: new Date(atMs).toISOString().slice(0, 10), creditMs: 3_000 };
    const seq = nextNumber();
    const event = { kind: "answered", ...answer, ...score, ...said, ...when } as const;
    return { studentId, afterSeq: seq - 1, events: [{ seq, skillId, event, question: QUESTION }], sessions: [session] };
  };
}
