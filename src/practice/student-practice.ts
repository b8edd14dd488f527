import { DurableObject } from "cloudflare:workers";
import { v7 as uuidv7 } from "uuid";
import type { Bindings } from "../bindings.ts";
import type { Report, WatchCommand } from "../live/activity.ts";
import { sharedServices } from "../services.ts";
import type {
  CommandReply,
  HeartbeatCommand,
  NextCommand,
  StartCommand,
  StartReply,
  StudentRecord,
  SubmitCommand,
} from "./commands.ts";
import type { PracticeEvent } from "./events.ts";
import { LivePractice } from "./live-practice.ts";
import { keyOf, type Memory } from "./object-storage.ts";
import { isEmpty, type Pool, questionOf } from "./pool.ts";
import { answerText, explanationOf, toQuestionView } from "./question.ts";
import { noSuchSession, refuse } from "./refusal.ts";
import type { NextReply, SubmitReply } from "./schemas.ts";
import type { Session } from "./session.ts";
import { toSessionView } from "./session-view.ts";
import {
  finish,
  heartbeat,
  INITIAL_PACE,
  liveSessionOf,
  next,
  open,
  resume,
  type Student,
  sessionOf,
  submit,
} from "./student.ts";

const GUEST_RECORD: StudentRecord = {
  profile: { gradeLevel: null, timeZone: "UTC", plan: "FREE", isActive: true },
  lastScores: [],
  drainedSeq: 0,
  classroomIds: [],
};

/**
 * One student's live practice, as the Worker calls it: every command reads what is stored, lets the pure core decide,
 * stores what changed, replies. No request leaves before a reply. A command other than a start finds nothing on an empty
 * object and leaves nothing there.
 */
export class StudentPractice extends DurableObject<Bindings> {
  readonly #live: LivePractice;

  constructor(state: DurableObjectState, bindings: Bindings) {
    super(state, bindings);
    this.#live = new LivePractice(state, sharedServices(bindings));
    void state.blockConcurrencyWhile(() => this.#live.repair());
  }

  /** Resumes the skill's live session or opens one, once it has been handed what it needs for that. */
  async start(command: StartCommand): Promise<StartReply> {
    const nowMs = Date.now();
    const memory = this.#live.awake(nowMs);
    const live = memory && liveSessionOf(memory.student, command.skillId);
    if (memory && live) {
      const resumed = resume(memory.student, live, this.#live.limits, nowMs);
      if (!resumed.ok) return resumed;
      this.#live.commit(memory, resumed.change);
      return this.#replyWithSession(live.id);
    }
    const record = command.isGuest ? GUEST_RECORD : command.record;
    const pool = command.pool ?? (memory ? this.#storedPool(memory, command) : undefined);
    if ((!memory && !record) || !pool) {
      if (command.anyVersion) return refuse("service_unavailable", "The catalog does not answer. Try again shortly.");
      return { ok: "needs", record: !memory };
    }
    if (isEmpty(pool)) return refuse("no_questions_available", "This skill has no questions yet.");
    const student = memory?.student ?? newStudent(command, record ?? GUEST_RECORD);
    const opened = open(
      student,
      { id: command.sessionId, skillId: command.skillId, pool, seed: randomSeed(), nowMs },
      this.#live.limits,
    );
    if (!opened.ok) return opened;
    if (opened.change) {
      await this.#live.open({
        memory,
        change: opened.change,
        ...(memory ? {} : { record: record ?? GUEST_RECORD }),
        ...(command.pool ? { pool: command.pool } : {}),
      });
    }
    return this.#replyWithSession(command.sessionId);
  }

  /** The session as it stands. Moves nothing. */
  async session(sessionId: string): Promise<CommandReply> {
    const memory = this.#live.awake(Date.now());
    return memory && sessionOf(memory.student, sessionId) ? this.#replyWithSession(sessionId) : noSuchSession();
  }

  /** Scores an answer; one that comes again with the same key gets the first reply, byte for byte. */
  async submit(command: SubmitCommand): Promise<CommandReply> {
    const nowMs = Date.now();
    const { sessionId, questionId, answer, claimedSec, key, bodyHash } = command;
    const memory = this.#live.awake(nowMs);
    const session = memory && sessionOf(memory.student, sessionId);
    if (!memory || !session) return noSuchSession();
    const seq = memory.keys.get(keyOf(sessionId, key));
    if (seq !== undefined) return this.#replay(session, seq, command);
    const pool = this.#live.poolOf(session);
    const attemptId = uuidv7();
    const done = submit(
      memory.student,
      { sessionId, questionId, answer, claimedSec, attemptId, nowMs },
      pool,
      this.#live.limits,
    );
    if (!done.ok) return done;
    const { event = null, session: after = session } = done.change ?? {};
    const body = replyTo(event, after, pool);
    this.#live.commit(memory, done.change, { key, bodyHash });
    return body;
  }

  /** The current question, or on a skip another in its place. */
  async next(command: NextCommand): Promise<CommandReply> {
    const nowMs = Date.now();
    const memory = this.#live.awake(nowMs);
    const session = memory && sessionOf(memory.student, command.sessionId);
    if (!memory || !session) return noSuchSession();
    const { sessionId, skip, key = "" } = command;
    const pool = this.#live.poolOf(session);
    const isRepeated = memory.keys.has(keyOf(sessionId, key));
    const done = next(memory.student, { sessionId, skip: skip && !isRepeated, nowMs }, pool, this.#live.limits);
    if (!done.ok) return done;
    this.#live.commit(memory, done.change, skip && !isRepeated ? { key, bodyHash: "" } : undefined);
    const { current, skillId } = done.change?.session ?? session;
    const reply: NextReply = {
      finished: current === null,
      question: current && toQuestionView(questionOf(pool, current), skillId),
    };
    return JSON.stringify(reply);
  }

  /** Credits time while the student is at it. */
  async heartbeat(command: HeartbeatCommand): Promise<CommandReply> {
    const nowMs = Date.now();
    const memory = this.#live.awake(nowMs);
    if (!memory) return noSuchSession();
    const done = heartbeat(memory.student, { ...command, nowMs }, this.#live.limits);
    if (!done.ok) return done;
    this.#live.commit(memory, done.change);
    return this.#replyWithSession(command.sessionId);
  }

  /** Ends a session; ending it again changes nothing. */
  async finish(sessionId: string): Promise<CommandReply> {
    const nowMs = Date.now();
    const memory = this.#live.awake(nowMs);
    if (!memory) return noSuchSession();
    const done = finish(memory.student, { sessionId, nowMs });
    if (!done.ok) return done;
    this.#live.commit(memory, done.change);
    return '{"ok":true}';
  }

  /** Reads anew what changed of the student's grade, time zone, plan or activity; an empty object reads it when it starts. */
  updateProfile(): Promise<void> {
    return this.#live.readProfile();
  }

  /** What the student is at, for a class that looks; from then on it is told of changes, until when it said. */
  async watch(command: WatchCommand): Promise<Report> {
    return this.#live.watch(command);
  }

  /** Never throws: the platform gives up on an alarm that does. */
  override alarm(): Promise<void> {
    return this.#live.ring();
  }

  #storedPool(memory: Memory, { skillId, catalogVersion, anyVersion }: StartCommand): Pool | undefined {
    if (anyVersion) return this.#live.storedPool(memory, skillId, "newest");
    return catalogVersion === null ? undefined : this.#live.storedPool(memory, skillId, catalogVersion);
  }

  /** The first reply again: the session as it stood after the answer makes the same bytes. */
  #replay(session: Session, seq: number, { bodyHash }: SubmitCommand): CommandReply {
    const { event, bodyHash: first, after } = this.#live.eventOf(seq);
    if (first === bodyHash) {
      const then = { ...session, ...after };
      const body = replyTo(event, then, this.#live.poolOf(session));
      // Without a key of the client's it is the Worker that has called again: for the client it is the first reply.
      return bodyHash === "" ? body : { ok: true, body };
    }
    return refuse("idempotency_mismatch", "This Idempotency-Key came with another body before. Use a fresh key.");
  }

  #replyWithSession(sessionId: string): CommandReply {
    const memory = this.#live.awake(Date.now());
    const session = memory && sessionOf(memory.student, sessionId);
    if (!memory || !session) return noSuchSession();
    return JSON.stringify(toSessionView(session, this.#live.poolOf(session)));
  }
}

function newStudent({ studentId, isGuest }: StartCommand, record: StudentRecord): Student {
  return {
    id: studentId,
    isGuest,
    profile: record.profile,
    pace: INITIAL_PACE,
    lastScores: new Map(record.lastScores),
    live: new Map(),
    over: new Map(),
  };
}

/** The reply to an answer, from its event and the session after it. */
function replyTo(event: PracticeEvent | null, session: Session, pool: Pool): string {
  if (event?.kind !== "answered") throw new Error("only an answer has such a reply");
  const question = questionOf(pool, event);
  const view = toSessionView(session, pool);
  const reply: SubmitReply = {
    is_correct: event.correct,
    explanation: explanationOf(question, event.submitted),
    correct_answer: answerText(question, question.correctAnswer),
    correct_answer_data: question.correctAnswer,
    score_change: { delta: event.scoreAfter - event.scoreBefore, reason: event.reason, message: event.message },
    session: view,
    next_question: view.current_question,
    finished: session.finished !== null,
  };
  return JSON.stringify(reply);
}

const randomSeed = () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
