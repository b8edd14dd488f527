import { wholeSeconds } from "./active-time.ts";
import { type Pool, questionOf } from "./pool.ts";
import { toQuestionView } from "./question.ts";
import type { SessionView } from "./schemas.ts";
import type { Session } from "./session.ts";
import { type ScoreState, targetLevels, zoneOf } from "./smartscore.ts";

/** A session as clients see it, from its state; `pool` is where its current question is. */
export function toSessionView(session: Session, pool: Pool): SessionView {
  const { current, finished } = session;
  const question = current && questionOf(pool, current);
  return sessionView({
    id: session.id,
    skillId: session.skillId,
    startedAtMs: session.startedAtMs,
    finishedAtMs: finished?.atMs ?? null,
    finishedReason: finished?.reason ?? null,
    lastActivityMs: session.lastActivityMs,
    activeMs: session.activeMs,
    inactivityThresholdSec: session.capMs / 1000,
    answered: session.answered,
    correct: session.correct,
    smartscore: session.score.score,
    bestSmartscore: session.bestScore,
    streak: session.score.streak,
    maxStreak: session.maxStreak,
    lastQuestionId: session.lastQuestionId,
    state: sessionState(session.score),
    currentQuestion: question ? toQuestionView(question, session.skillId) : null,
  });
}

/** What clients see as a session's `state`: what the next question and the next change depend on, never a key. */
export function sessionState({ score, recentAccuracy }: ScoreState): SessionView["state"] {
  return { zone: zoneOf(score), target_levels: [...targetLevels(score)], recent_accuracy: recentAccuracy };
}

export type SessionFacts = {
  id: string;
  skillId: number;
  startedAtMs: number;
  finishedAtMs: number | null;
  finishedReason: SessionView["finished_reason"];
  lastActivityMs: number;
  activeMs: number;
  inactivityThresholdSec: number;
  answered: number;
  correct: number;
  smartscore: number;
  bestSmartscore: number;
  streak: number;
  maxStreak: number;
  lastQuestionId: number | null;
  state: SessionView["state"];
  currentQuestion: SessionView["current_question"];
};

/** The one shape of a session, whether its facts come from the student's object or from the record. */
export function sessionView(facts: SessionFacts): SessionView {
  const { answered, correct, smartscore } = facts;
  const activeSec = wholeSeconds(facts.activeMs);
  return {
    id: facts.id,
    skill_id: facts.skillId,
    started_at: new Date(facts.startedAtMs).toISOString(),
    finished_at: facts.finishedAtMs === null ? null : new Date(facts.finishedAtMs).toISOString(),
    finished_reason: facts.finishedReason,
    questions_answered: answered,
    correct_count: correct,
    wrong_count: answered - correct,
    smartscore,
    time_elapsed_sec: activeSec,
    state: facts.state,
    current_question: facts.currentQuestion,
    current_smartscore: smartscore,
    best_smartscore: facts.bestSmartscore,
    total_questions_answered: answered,
    total_correct: correct,
    total_incorrect: answered - correct,
    current_streak_correct: facts.streak,
    max_streak_correct: facts.maxStreak,
    current_zone: zoneOf(smartscore),
    last_question_id: facts.lastQuestionId,
    last_activity_at: new Date(facts.lastActivityMs).toISOString(),
    active_time_seconds: activeSec,
    inactivity_threshold_seconds: facts.inactivityThresholdSec,
  };
}
