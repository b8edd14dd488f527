import { inactivityCapSeconds } from "./active-time.ts";
import { countOn, outOfQuestions, type Today } from "./allowance.ts";
import type { PracticeEvent } from "./events.ts";
import { EMPTY_WINDOW, useOne, type Window } from "./fixed-window.ts";
import { grade } from "./grading.ts";
import { overLimit, type PracticeLimits } from "./limits.ts";
import { localDay } from "./local-day.ts";
import { type Pool, type QuestionRef, questionOf } from "./pool.ts";
import { noSuchSession, type Refused, refuse, sessionFinished } from "./refusal.ts";
import {
  answerQuestion,
  creditSession,
  expiresAtMs,
  finishSession,
  openSession,
  type Session,
  skipQuestion,
  touchSession,
} from "./session.ts";
import { carriedScore } from "./smartscore.ts";

/** What the record says of a student, as far as practice depends on it. */
export type Profile = {
  /** −1 (Pre-K) to 12, null where unknown. */
  readonly gradeLevel: number | null;
  /** IANA name. */
  readonly timeZone: string;
  readonly plan: "FREE" | "PREMIUM";
  readonly isActive: boolean;
};

/** What spans a student's sessions and changes with every answer; plain JSON. */
export type Pace = {
  /** Up to when the student's time has been credited, in any session (epoch ms). */
  readonly clockMs: number;
  readonly today: Today;
  readonly submits: Window;
  /** next and heartbeat. */
  readonly beats: Window;
  /** Sessions opened and resumed; as many can be finished at most. */
  readonly starts: Window;
};

export type Student = {
  readonly id: string;
  readonly isGuest: boolean;
  readonly profile: Profile;
  readonly pace: Pace;
  /** The last SmartScore on each skill whose session has ended. */
  readonly lastScores: ReadonlyMap<number, number>;
  /** Sessions that go on, at most one a skill: few, as every answer makes a new map of them. */
  readonly live: ReadonlyMap<string, Session>;
  /** Sessions that are over and are kept here until they leave. */
  readonly over: ReadonlyMap<string, Session>;
};

/** What a command changes: the whole of it is written at once, before the reply. */
export type Change = {
  readonly student: Student;
  /** The session that was changed. */
  readonly session: Session;
  readonly event: PracticeEvent | null;
};

export type Done<T = unknown> = { readonly ok: true; readonly change: Change | null } & T;

export const INITIAL_PACE: Pace = {
  clockMs: 0,
  today: { day: "", answered: 0 },
  submits: EMPTY_WINDOW,
  beats: EMPTY_WINDOW,
  starts: EMPTY_WINDOW,
};

/** A session that is kept here, whether it goes on or is over. */
export const sessionOf = ({ live, over }: Pick<Student, "live" | "over">, id: string): Session | undefined =>
  live.get(id) ?? over.get(id);

/** Every session that is kept here. */
export const sessionsOf = ({ live, over }: Pick<Student, "live" | "over">): Session[] => [
  ...over.values(),
  ...live.values(),
];

/** The unfinished session of a skill, if there is one: there is never more than one. */
export function liveSessionOf({ live }: Student, skillId: number): Session | undefined {
  for (const session of live.values()) if (session.skillId === skillId) return session;
  return undefined;
}

/** Resumes the live session of a skill: the same question, no time credited. */
export function resume(student: Student, session: Session, limits: PracticeLimits, nowMs: number): Done | Refused {
  if (!student.profile.isActive) return deactivated();
  const refused = overLimit("start", student.pace.starts, limits.starts, nowMs);
  return refused ?? changed(withStart(student, limits, nowMs), touchSession(session, nowMs), null);
}

/** Opens a session of a skill that has no live one, at the score that the last one left. `pool` is not empty. */
export function open(
  student: Student,
  opening: { id: string; skillId: number; pool: Pool; seed: number; nowMs: number },
  limits: PracticeLimits,
): Done | Refused {
  if (!student.profile.isActive) return deactivated();
  const { id, skillId, pool, seed, nowMs } = opening;
  const refused = overLimit("start", student.pace.starts, limits.starts, nowMs);
  if (refused) return refused;
  const lastScore = limits.carryScore ? (student.lastScores.get(skillId) ?? 0) : 0;
  const session = openSession({
    id,
    skillId,
    pool,
    seed,
    startScore: carriedScore(lastScore),
    capMs: inactivityCapSeconds(student.profile.gradeLevel) * 1000,
    nowMs,
  });
  const started = withStart(student, limits, nowMs);
  return changed(started, session, { kind: "opened", ...eventBase(student, session, nowMs, 0) });
}

export type Submission = {
  sessionId: string;
  /** A question's id or, of one that a template made, its `data._generator_id`. */
  questionId: number | string;
  answer: Readonly<Record<string, unknown>>;
  claimedSec: number;
  attemptId: string;
  nowMs: number;
};

/** Scores an answer to the session's current question. */
export function submit(student: Student, submission: Submission, pool: Pool, limits: PracticeLimits): Done | Refused {
  const { nowMs, questionId } = submission;
  const session = sessionOf(student, submission.sessionId);
  if (!session) return noSuchSession();
  if (!student.profile.isActive) return deactivated();
  if (session.finished) return sessionFinished();
  const refused =
    overLimit("submit", student.pace.submits, limits.submits, nowMs) ?? outOfQuestions(student, session, limits, nowMs);
  if (refused) return refused;
  if (!session.current || !isCalled(session.current, questionId)) return notCurrent(session, questionId);
  const question = questionOf(pool, session.current);
  const grading = grade(question, submission.answer);
  if (!grading.readable) {
    return refuse("validation_error", `This cannot be read as an answer to the question. Send ${grading.expected}.`, {
      status: 400,
      details: [{ path: "submitted_answer", message: `expected ${grading.expected}` }],
    });
  }

  const credited = creditSession(session, student.pace.clockMs, nowMs);
  const answered = answerQuestion(credited.session, pool, {
    question,
    attemptId: submission.attemptId,
    submitted: submission.answer,
    grading,
    claimedSec: submission.claimedSec,
    nowMs,
  });
  const base = eventBase(student, session, nowMs, credited.creditMs);
  const counted: Student = {
    ...student,
    pace: {
      ...student.pace,
      clockMs: credited.studentClockMs,
      today: countOn(student.pace.today, base.day),
      submits: useOne(student.pace.submits, limits.submits, nowMs),
    },
  };
  return changed(counted, answered.session, { kind: "answered", ...base, ...answered.attempt });
}

/** Shows the current question again or, on a skip, puts another in its place; credits time. */
export function next(
  student: Student,
  command: { sessionId: string; skip: boolean; nowMs: number },
  pool: Pool,
  limits: PracticeLimits,
): Done | Refused {
  const { nowMs, skip } = command;
  const session = sessionOf(student, command.sessionId);
  if (!session) return noSuchSession();
  if (!student.profile.isActive) return deactivated();
  if (session.finished) return { ok: true, change: null };
  const refused =
    overLimit("heartbeat", student.pace.beats, limits.beats, nowMs) ?? outOfQuestions(student, session, limits, nowMs);
  if (refused) return refused;
  const credited = creditSession(session, student.pace.clockMs, nowMs);
  const base = eventBase(student, session, nowMs, credited.creditMs);
  const paced = withBeat(student, credited.studentClockMs, limits, nowMs);
  if (skip && session.current) {
    const skipped = skipQuestion(credited.session, pool, nowMs);
    const { questionId, generator } = session.current;
    return changed(paced, skipped, { kind: "skipped", ...base, questionId, generator });
  }
  return changed(paced, credited.session, creditEvent(base));
}

/** Credits time while the student is at it; otherwise only notes that they are there. */
export function heartbeat(
  student: Student,
  command: { sessionId: string; isActive: boolean; nowMs: number },
  limits: PracticeLimits,
): Done | Refused {
  const { nowMs, isActive } = command;
  const session = sessionOf(student, command.sessionId);
  if (!session) return noSuchSession();
  if (!student.profile.isActive) return deactivated();
  if (session.finished) return { ok: true, change: null };
  const refused = overLimit("heartbeat", student.pace.beats, limits.beats, nowMs);
  if (refused) return refused;
  if (!isActive) {
    const touched = touchSession(session, nowMs);
    return changed(withBeat(student, student.pace.clockMs, limits, nowMs), touched, null);
  }
  const credited = creditSession(session, student.pace.clockMs, nowMs);
  const paced = withBeat(student, credited.studentClockMs, limits, nowMs);
  return changed(paced, credited.session, creditEvent(eventBase(student, session, nowMs, credited.creditMs)));
}

/** Ends the session, its last gap credited; ending it again changes nothing. */
export function finish(student: Student, command: { sessionId: string; nowMs: number }): Done | Refused {
  const { nowMs } = command;
  const session = sessionOf(student, command.sessionId);
  if (!session) return noSuchSession();
  if (!student.profile.isActive) return deactivated();
  if (session.finished) return { ok: true, change: null };
  const credited = creditSession(session, student.pace.clockMs, nowMs);
  const clocked: Student = { ...student, pace: { ...student.pace, clockMs: credited.studentClockMs } };
  return changed(clocked, finishSession(credited.session, "FINISHED", nowMs), {
    kind: "finished",
    ...eventBase(student, session, nowMs, credited.creditMs),
  });
}

/** Ends one session that has gone too long without activity, at its last activity; null where there is none. */
export function expireOne(student: Student, limits: PracticeLimits, nowMs: number): Change | null {
  for (const session of student.live.values()) {
    if (expiresAtMs(session, limits.expiryMs) > nowMs) continue;
    const atMs = session.lastActivityMs;
    const expired = finishSession(session, "EXPIRED", atMs);
    return changed(student, expired, { kind: "finished", ...eventBase(student, session, atMs, 0) }).change;
  }
  return null;
}

function changed(
  student: Student,
  session: Session,
  event: PracticeEvent | null,
): { readonly ok: true; readonly change: Change } {
  return { ok: true, change: { student: withSession(student, session), session, event } };
}

/** The student with this session as it now is; one that has just ended leaves its SmartScore. */
function withSession(student: Student, session: Session): Student {
  const live = new Map(student.live);
  if (!session.finished) return { ...student, live: live.set(session.id, session) };
  live.delete(session.id);
  const over = new Map(student.over).set(session.id, session);
  const lastScores = new Map(student.lastScores).set(session.skillId, session.score.score);
  return { ...student, live, over, lastScores };
}

function eventBase({ profile }: Student, session: Session, atMs: number, creditMs: number) {
  return { sessionId: session.id, atMs, day: localDay(atMs, profile.timeZone), creditMs };
}

/** Time that adds nothing is no event. */
function creditEvent(base: ReturnType<typeof eventBase>): PracticeEvent | null {
  return base.creditMs > 0 ? { kind: "credited", ...base } : null;
}

function withBeat(student: Student, clockMs: number, limits: PracticeLimits, nowMs: number): Student {
  return { ...student, pace: { ...student.pace, clockMs, beats: useOne(student.pace.beats, limits.beats, nowMs) } };
}

function withStart(student: Student, limits: PracticeLimits, nowMs: number): Student {
  return { ...student, pace: { ...student.pace, starts: useOne(student.pace.starts, limits.starts, nowMs) } };
}

const isCalled = ({ questionId, generator }: QuestionRef, name: number | string) =>
  typeof name === "number" ? questionId === name : generator === name;

function notCurrent(session: Session, questionId: number | string): Refused {
  const wasAnswered = session.asked.some((asked) => asked.answered && isCalled(asked, questionId));
  return wasAnswered
    ? refuse("already_answered", "This question has been answered. Ask `next` for the current one.")
    : refuse("question_not_current", "This is not the session's current question. Ask `next` for it.");
}

const deactivated = () => refuse("forbidden", "This account is deactivated. Ask your teacher or an administrator.");
