import type { FINISHED_REASONS } from "../db/tables/practice.ts";
import { creditTime, touch } from "./active-time.ts";
import type { Attempt } from "./events.ts";
import type { Grading } from "./grading.ts";
import { chooseQuestion, type Pool, type PutQuestion, type QuestionRef } from "./pool.ts";
import type { KeyedQuestion } from "./question.ts";
import { initialScore, MASTERY_SCORE, type ScoreState, scoreAnswer } from "./smartscore.ts";

export type FinishedReason = (typeof FINISHED_REASONS)[number];

/** A question that this session has asked: answered or put aside. */
export type Asked = QuestionRef & { readonly answered: boolean };

/** One session's state: all that its next step depends on, beside the pool of questions and the student's clock. */
export type Session = {
  readonly id: string;
  readonly skillId: number;
  /** The catalog's version that its questions are of. */
  readonly poolVersion: number;
  readonly seed: number;
  readonly startedAtMs: number;
  readonly lastActivityMs: number;
  readonly activeMs: number;
  /** The longest gap between two activities that still counts as practice. */
  readonly capMs: number;
  readonly score: ScoreState;
  readonly bestScore: number;
  readonly answered: number;
  readonly correct: number;
  readonly maxStreak: number;
  readonly wrongInARow: number;
  /** Oldest first; the current question is not in it. */
  readonly asked: readonly Asked[];
  readonly current: (PutQuestion & { readonly shownAtMs: number }) | null;
  readonly lastQuestionId: number | null;
  readonly finished: { readonly atMs: number; readonly reason: FinishedReason } | null;
};

/** A session after time was credited to it, with what to credit and where the student's clock is then. */
export type Credited = { session: Session; creditMs: number; studentClockMs: number };

/** A new session, with its first question put; `startScore` is cut to a whole number 0-100, `pool` is not empty. */
export function openSession(opening: {
  id: string;
  skillId: number;
  pool: Pool;
  seed: number;
  startScore: number;
  capMs: number;
  nowMs: number;
}): Session {
  const { id, skillId, pool, seed, startScore, capMs, nowMs } = opening;
  const score = initialScore(startScore);
  return {
    id,
    skillId,
    poolVersion: pool.version,
    seed,
    startedAtMs: nowMs,
    lastActivityMs: nowMs,
    activeMs: 0,
    capMs,
    score,
    bestScore: score.score,
    answered: 0,
    correct: 0,
    maxStreak: 0,
    wrongInARow: 0,
    asked: [],
    current: { ...chooseQuestion(pool, { score: score.score, asked: [], seed }), shownAtMs: nowMs },
    lastQuestionId: null,
    finished: null,
  };
}

/** A start that meets this session, or a heartbeat without activity: moves its last activity, credits nothing. */
export function touchSession(session: Session, nowMs: number): Session {
  return { ...session, lastActivityMs: touch(session.lastActivityMs, nowMs) };
}

/** Credits the gap since the last activity, at most the session's cap. */
export function creditSession(session: Session, studentClockMs: number, nowMs: number): Credited {
  const credit = creditTime({
    studentClockMs,
    sessionLastActivityMs: session.lastActivityMs,
    nowMs,
    capMs: session.capMs,
  });
  return {
    session: {
      ...session,
      activeMs: session.activeMs + credit.creditMs,
      lastActivityMs: credit.sessionLastActivityMs,
    },
    creditMs: credit.creditMs,
    studentClockMs: credit.studentClockMs,
  };
}

/** The session after an answer to its current question: scored, with the next question put, or mastered. */
export function answerQuestion(
  session: Session,
  pool: Pool,
  answer: {
    question: KeyedQuestion;
    attemptId: string;
    submitted: Readonly<Record<string, unknown>>;
    grading: Extract<Grading, { readable: true }>;
    claimedSec: number;
    nowMs: number;
  },
): { session: Session; attempt: Attempt } {
  const { question, grading, nowMs } = answer;
  const scored = scoreAnswer(session.score, { correct: grading.correct, level: question.level });
  const before = session.score.score;
  const after = scored.state.score;
  const isMastered = after >= MASTERY_SCORE;
  const { generator = null, made = null, shownAtMs = nowMs } = session.current ?? {};
  const asked = [...session.asked, { questionId: question.id, generator, answered: true }];
  return {
    session: {
      ...session,
      score: scored.state,
      bestScore: Math.max(session.bestScore, after),
      answered: session.answered + 1,
      correct: session.correct + (grading.correct ? 1 : 0),
      maxStreak: Math.max(session.maxStreak, scored.state.streak),
      wrongInARow: grading.correct ? 0 : session.wrongInARow + 1,
      asked,
      lastQuestionId: question.id,
      current: isMastered ? null : nextQuestion(session, pool, asked, after, nowMs),
      finished: isMastered ? { atMs: nowMs, reason: "MASTERED" } : null,
    },
    attempt: {
      attemptId: answer.attemptId,
      questionId: question.id,
      generator,
      made,
      submitted: answer.submitted,
      correct: grading.correct,
      mistakeType: grading.mistakeType,
      timeSpentSec: Math.min(Math.round(answer.claimedSec), Math.max(0, Math.ceil((nowMs - shownAtMs) / 1000))),
      scoreBefore: before,
      scoreAfter: after,
      reason: scored.change.reason,
      message: scored.change.message,
    },
  };
}

/** The session with another question in place of its current one, which costs no score and leaves the streak. */
export function skipQuestion(session: Session, pool: Pool, nowMs: number): Session {
  if (!session.current) return session;
  const { questionId, generator } = session.current;
  const asked = [...session.asked, { questionId, generator, answered: false }];
  return { ...session, asked, current: nextQuestion(session, pool, asked, session.score.score, nowMs) };
}

/** The session as it has ended, for this reason, without a current question. */
export function finishSession(session: Session, reason: FinishedReason, atMs: number): Session {
  return { ...session, current: null, finished: { atMs, reason } };
}

/** When a session ends by itself: so long after its last activity. */
export const expiresAtMs = (session: Session, expiryMs: number) => session.lastActivityMs + expiryMs;

function nextQuestion(
  session: Session,
  pool: Pool,
  asked: readonly Asked[],
  score: number,
  nowMs: number,
): NonNullable<Session["current"]> {
  return { ...chooseQuestion(pool, { score, asked, seed: session.seed }), shownAtMs: nowMs };
}
