import { v4 as uuidv4, v7 as uuidv7 } from "uuid";
import { applyEvents } from "../../../src/practice/apply-events.ts";
import type { NumberedEvent } from "../../../src/practice/drain.ts";
import type { PracticeEvent } from "../../../src/practice/events.ts";
import { localDay } from "../../../src/practice/local-day.ts";
import type { KeyedQuestion } from "../../../src/practice/question.ts";
import type { Session } from "../../../src/practice/session.ts";
import { initialScore, scoreAnswer } from "../../../src/practice/smartscore.ts";
import { servicesWith } from "../../worker/apps.ts";

const { db } = servicesWith();

/** What a student did in a session, and after how many seconds each, to the millisecond: an answer, a skip, or nothing but staying. */
export type Deed = { readonly afterSec: number } & (
  | { readonly did: "answer"; readonly right: boolean; readonly submitted?: Record<string, unknown> }
  | { readonly did: "skip" | "stay" }
);

export type PastSession = {
  readonly skillId: number;
  readonly startedAt: string;
  readonly deeds: readonly Deed[];
  readonly startScore?: number;
  readonly question?: Partial<KeyedQuestion>;
  /** The template that made its question. */
  readonly template?: string;
};

const QUESTION: KeyedQuestion = {
  id: 1,
  type: "NUMERIC",
  prompt: "How many?",
  data: {},
  correctAnswer: { value: 5 },
  explanation: "Count them.",
  level: 3,
};

const FLUSH = 150;

/** Active time that something added: an answer, a skip or staying. */
export type Credit = { readonly skillId: number; readonly day: string; readonly atMs: number; readonly ms: number };

/** Puts past practice on record the way a student's object does, with events; resolves with all active time that they add. */
export async function recordHistory(
  studentId: string,
  past: readonly PastSession[],
  timeZone = "UTC",
): Promise<Credit[]> {
  const credits: Credit[] = [];
  const sessions: Session[] = [];
  const events: NumberedEvent[] = [];
  for (const each of past) {
    const question = { ...QUESTION, ...each.question };
    let session = opened(each);
    const add = (event: PracticeEvent) =>
      events.push({ seq: events.length + 1, skillId: each.skillId, event, question: null });
    const base = (creditMs: number) => ({
      sessionId: session.id,
      atMs: session.lastActivityMs,
      day: localDay(session.lastActivityMs, timeZone),
      creditMs,
    });
    add({ kind: "opened", ...base(0) });
    for (const deed of each.deeds) {
      const creditMs = Math.round(deed.afterSec * 1000);
      const lastActivityMs = session.lastActivityMs + creditMs;
      session = { ...session, lastActivityMs, activeMs: session.activeMs + creditMs };
      const at = base(creditMs);
      credits.push({ skillId: each.skillId, day: at.day, atMs: at.atMs, ms: creditMs });
      if (deed.did === "stay") add({ kind: "credited", ...at });
      if (deed.did === "skip") add({ kind: "skipped", questionId: question.id, generator: null, ...at });
      if (deed.did !== "answer") continue;
      const before = session.score;
      const after = scoreAnswer(before, { correct: deed.right, level: question.level });
      session = {
        ...session,
        score: after.state,
        bestScore: Math.max(session.bestScore, after.state.score),
        answered: session.answered + 1,
        correct: session.correct + (deed.right ? 1 : 0),
      };
      const event: PracticeEvent = {
        kind: "answered",
        ...at,
        attemptId: uuidv7({ msecs: at.atMs }),
        questionId: question.id,
        generator: each.template === undefined ? null : `${each.template}:1`,
        made: null,
        submitted: deed.submitted ?? (deed.right ? question.correctAnswer : { value: 6 }),
        correct: deed.right,
        mistakeType: deed.right ? null : "off_by_one",
        timeSpentSec: Math.floor(deed.afterSec),
        scoreBefore: before.score,
        scoreAfter: after.state.score,
        reason: after.change.reason,
        message: after.change.message,
      };
      events.push({ seq: events.length + 1, skillId: each.skillId, event, question });
    }
    const finished = { atMs: session.lastActivityMs, reason: "FINISHED" as const };
    add({ kind: "finished", ...base(0) });
    sessions.push({ ...session, finished });
  }
  for (let from = 0; from < events.length; from += FLUSH) {
    const some = events.slice(from, from + FLUSH);
    const ids = new Set(some.map(({ event }) => event.sessionId));
    const batch = { studentId, afterSeq: from, events: some, sessions: sessions.filter(({ id }) => ids.has(id)) };
    await applyEvents(db, batch);
  }
  return credits;
}

function opened({ skillId, startedAt, startScore = 0 }: PastSession): Session {
  const startedAtMs = Date.parse(startedAt);
  return {
    id: uuidv4(),
    skillId,
    poolVersion: 1,
    seed: 1,
    startedAtMs,
    lastActivityMs: startedAtMs,
    activeMs: 0,
    capMs: 240_000,
    score: initialScore(startScore),
    bestScore: startScore,
    answered: 0,
    correct: 0,
    maxStreak: 0,
    wrongInARow: 0,
    asked: [],
    current: null,
    lastQuestionId: null,
    finished: null,
  };
}
