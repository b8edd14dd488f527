import type { PracticeEvent } from "../../src/practice/events.ts";
import type { PracticeLimits } from "../../src/practice/limits.ts";
import type { Pool } from "../../src/practice/pool.ts";
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
  type Profile,
  resume,
  type Student,
  sessionOf,
  submit,
} from "../../src/practice/student.ts";
import { mixedPool } from "./questions.ts";

export const MONDAY_NOON = Date.UTC(2026, 0, 5, 12);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export const pool: Pool = { version: 1, questions: mixedPool(12), templates: [] };

export const profile: Profile = { gradeLevel: 5, timeZone: "UTC", plan: "FREE", isActive: true };

export const limits: PracticeLimits = {
  submits: { limit: 0, windowMs: MINUTE },
  beats: { limit: 0, windowMs: MINUTE },
  starts: { limit: 0, windowMs: MINUTE },
  freeDaily: 0,
  guest: 25,
  expiryMs: 24 * HOUR,
  carryScore: true,
};

export const newStudent = (fields: Partial<Student> = {}): Student => ({
  id: "student",
  isGuest: false,
  profile,
  pace: INITIAL_PACE,
  lastScores: new Map(),
  live: new Map(),
  over: new Map(),
  ...fields,
});

/** A student's practice as their object does it, but for storage: keeps the state, and every event. */
export class Practice {
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
    if (live) return this.#take(resume(this.student, live, this.#limits, nowMs));
    this.#opened += 1;
    const opening = { id: `s${this.#opened}`, skillId, pool, seed: skillId, nowMs };
    return this.#take(open(this.student, opening, this.#limits));
  }

  submit(sessionId: string, nowMs: number, { choice = "A", questionId = 0, claimedSec = 10 } = {}) {
    this.#expire(nowMs);
    const current = questionId || (sessionOf(this.student, sessionId)?.current?.questionId ?? 0);
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
    const session = sessionOf(this.student, id);
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
export function started(changedLimits: Partial<PracticeLimits> = {}, student: Partial<Student> = {}): Practice {
  const practice = new Practice(newStudent(student), changedLimits);
  practice.start(1, MONDAY_NOON);
  return practice;
}

export const refusalOf = (done: Done | Refused) => (done.ok ? undefined : done.refusal.code);

/** Everything of a student, comparable. */
export const snapshot = (student: Student) =>
  JSON.stringify({
    ...student,
    lastScores: [...student.lastScores],
    live: [...student.live],
    over: [...student.over],
  });

/** The events of one kind, of one session where it is named. */
export const eventsOf = (practice: Practice, kind: PracticeEvent["kind"], sessionId?: string) =>
  practice.events.filter((event) => event.kind === kind && (sessionId === undefined || event.sessionId === sessionId));
