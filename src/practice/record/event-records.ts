import { type DrainBatch, identityOf, type NumberedEvent } from "../drain.ts";
import { templateOf } from "../pool.ts";
import type { Session } from "../session.ts";
import { sessionState } from "../session-view.ts";

/** A batch in the form that the statement reads: its one `jsonb` parameter. */
export function toRecords({ events, sessions }: DrainBatch) {
  return { events: events.map(toEventRecord), sessions: sessions.map(toSessionRecord) };
}

function toEventRecord({ seq, skillId, event, question }: NumberedEvent) {
  const base = {
    seq,
    identity: identityOf(event),
    kind: event.kind,
    session_id: event.sessionId,
    skill_id: skillId,
    at: iso(event.atMs),
    day: event.day,
    credit_ms: event.creditMs,
    is_resent: event.isResent,
  };
  if (event.kind === "skipped") return { ...base, question_id: event.questionId };
  if (event.kind !== "answered" || !question) return base;
  return {
    ...base,
    question_id: event.questionId,
    attempt_id: event.attemptId,
    level: question.level,
    question: { type: question.type, prompt: question.prompt, data: question.data, explanation: question.explanation },
    correct_answer: question.correctAnswer,
    submitted_answer: event.submitted,
    is_correct: event.correct,
    mistake_type: event.mistakeType,
    time_spent_sec: event.timeSpentSec,
    score_before: event.scoreBefore,
    score_after: event.scoreAfter,
    reason: event.reason,
    message: event.message,
    template_id: event.generator === null ? null : templateOf(event.generator),
  };
}

function toSessionRecord(session: Session) {
  return {
    id: session.id,
    skill_id: session.skillId,
    started_at: iso(session.startedAtMs),
    finished_at: session.finished ? iso(session.finished.atMs) : null,
    finished_reason: session.finished?.reason ?? null,
    last_activity_at: iso(session.lastActivityMs),
    active_ms: session.activeMs,
    inactivity_threshold_sec: session.capMs / 1000,
    answered: session.answered,
    correct: session.correct,
    smartscore: session.score.score,
    best_smartscore: session.bestScore,
    streak: session.score.streak,
    max_streak: session.maxStreak,
    last_question_id: session.lastQuestionId,
    state: sessionState(session.score),
  };
}

const iso = (ms: number) => new Date(ms).toISOString();
