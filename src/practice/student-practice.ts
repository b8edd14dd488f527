import { DurableObject } from "cloudflare:workers";
import { v7 as uuidv7 } from "uuid";
import type { Bindings } from "../bindings.ts";
import { pgError } from "../db/errors.ts";
import { type Services, sharedServices } from "../services.ts";
import { applyEvents } from "./apply-events.ts";
import type {
  CommandReply,
  HeartbeatCommand,
  NextCommand,
  StartCommand,
  StartReply,
  StudentRecord,
  SubmitCommand,
} from "./commands.ts";
import { drainAtMs, nextAlarmMs, pauseMs, settlementOf } from "./drain.ts";
import { practiceLimits } from "./limits.ts";
import {
  createMemory,
  keyOf,
  loadMemory,
  type Memory,
  type Receipt,
  readNewestPool,
  readPool,
  readReceipt,
  saveChange,
  savePool,
  saveProfile,
} from "./object-storage.ts";
import { dismiss, markRecorded, nextBatch, nextDepartureMs, noteSent, settle } from "./outbox.ts";
import { answerText, type KeyedQuestion, toQuestionView } from "./question.ts";
import { noSuchSession, refuse } from "./refusal.ts";
import type { NextReply, SubmitReply } from "./schemas.ts";
import { expiresAtMs, type Session } from "./session.ts";
import { toSessionView } from "./session-view.ts";
import type { ScoreChange } from "./smartscore.ts";
import {
  type Change,
  expireOne,
  finish,
  heartbeat,
  INITIAL_PACE,
  liveSessionOf,
  next,
  open,
  type PracticeLimits,
  type Profile,
  resume,
  type Student,
  submit,
} from "./student.ts";

const GUEST_RECORD: StudentRecord = {
  profile: { gradeLevel: null, timeZone: "UTC", plan: "FREE", isActive: true },
  lastScores: [],
  drainedSeq: 0,
};

/**
 * One student's live practice: loads what is stored, lets the pure core decide, writes state and event in one
 * transaction, replies. No request leaves it before a reply; the drain to Postgres runs in the alarm. A command other
 * than a start finds nothing on an empty object and leaves nothing there.
 */
export class StudentPractice extends DurableObject<Bindings> {
  readonly #services: Services;
  readonly #limits: PracticeLimits;
  /** Undefined until it is read, null while nothing is stored. */
  #memory: Memory | null | undefined;
  /** When the alarm rings; null where none is set. */
  #alarmAtMs: number | null = null;
  /** When the next flush is due (null: nothing to flush), and how many have failed in a row. */
  #drain: { plannedMs: number | null; failures: number } = { plannedMs: null, failures: 0 };

  constructor(state: DurableObjectState, bindings: Bindings) {
    super(state, bindings);
    this.#services = sharedServices(bindings);
    this.#limits = practiceLimits(this.#services.settings);
    void state.blockConcurrencyWhile(async () => {
      if (!this.#loaded()) return;
      // The platform forgets an alarm that failed too often: whatever waits here is planned anew on every wake.
      this.#alarmAtMs = await state.storage.getAlarm();
      await this.#arm();
    });
  }

  /** Resumes the skill's live session or opens one, once it has been handed what it needs for that. */
  async start(command: StartCommand): Promise<StartReply> {
    const nowMs = Date.now();
    const memory = this.#awake(nowMs);
    const live = memory && liveSessionOf(memory.student, command.skillId);
    if (memory && live) {
      const resumed = resume(memory.student, live, nowMs);
      if (!resumed.ok) return resumed;
      this.#commit(memory, resumed.change);
      return this.#replyWithSession(live.id);
    }
    const record = command.isGuest ? GUEST_RECORD : command.record;
    const pool = command.pool ?? (memory ? this.#storedPool(memory, command) : undefined);
    if ((!memory && !record) || !pool) {
      if (command.anyVersion) return refuse("service_unavailable", "The catalog does not answer. Try again shortly.");
      return { ok: "needs", record: !memory };
    }
    if (pool.questions.length === 0) return refuse("no_questions_available", "This skill has no questions yet.");
    const student = memory?.student ?? newStudent(command, record ?? GUEST_RECORD);
    const opened = open(
      student,
      { id: command.sessionId, skillId: command.skillId, pool, seed: randomSeed(), nowMs },
      this.#limits,
    );
    if (!opened.ok) return opened;
    this.#transaction(() => {
      const base = memory ?? createMemory(this.ctx.storage.sql, student, record?.drainedSeq ?? 0);
      if (command.pool) savePool(this.ctx.storage.sql, base, command.skillId, pool);
      this.#write(base, opened.change);
    });
    await this.#arm();
    return this.#replyWithSession(command.sessionId);
  }

  /** The session as it stands. Moves nothing. */
  async session(sessionId: string): Promise<CommandReply> {
    const memory = this.#awake(Date.now());
    return memory?.student.sessions.has(sessionId) ? this.#replyWithSession(sessionId) : noSuchSession();
  }

  /** Scores an answer; one that comes again with the same key gets the first reply, byte for byte. */
  async submit(command: SubmitCommand): Promise<CommandReply> {
    const nowMs = Date.now();
    const { sessionId, questionId, answer, claimedSec, key, bodyHash } = command;
    const memory = this.#awake(nowMs);
    const session = memory?.student.sessions.get(sessionId);
    if (!memory || !session) return noSuchSession();
    const seq = memory.keys.get(keyOf(sessionId, key));
    if (seq !== undefined) return this.#replay(seq, bodyHash);
    const pool = this.#poolOf(memory, session);
    const attemptId = uuidv7();
    const done = submit(
      memory.student,
      { sessionId, questionId, answer, claimedSec, attemptId, nowMs },
      pool,
      this.#limits,
    );
    if (!done.ok || !done.change) return done.ok ? noSuchSession() : done;
    const reply = JSON.stringify(toSubmitReply(done.change.session, pool, done));
    this.#commit(memory, done.change, { key, bodyHash, reply });
    return { ok: true, body: reply, replayed: false };
  }

  /** The current question, or on a skip another in its place. */
  async next(command: NextCommand): Promise<CommandReply> {
    const nowMs = Date.now();
    const memory = this.#awake(nowMs);
    const session = memory?.student.sessions.get(command.sessionId);
    if (!memory || !session) return noSuchSession();
    const pool = this.#poolOf(memory, session);
    const done = next(memory.student, { ...command, nowMs }, pool, this.#limits);
    if (!done.ok) return done;
    this.#commit(memory, done.change);
    const current = questionOf(done.change?.session ?? session, pool);
    const reply: NextReply = {
      finished: current === null,
      question: current && toQuestionView(current, session.skillId),
    };
    return { ok: true, body: JSON.stringify(reply), replayed: false };
  }

  /** Credits time while the student is at it. */
  async heartbeat(command: HeartbeatCommand): Promise<CommandReply> {
    const nowMs = Date.now();
    const memory = this.#awake(nowMs);
    if (!memory) return noSuchSession();
    const done = heartbeat(memory.student, { ...command, nowMs }, this.#limits);
    if (!done.ok) return done;
    this.#commit(memory, done.change);
    return this.#replyWithSession(command.sessionId);
  }

  /** Ends a session; ending it again changes nothing. */
  async finish(sessionId: string): Promise<CommandReply> {
    const nowMs = Date.now();
    const memory = this.#awake(nowMs);
    if (!memory) return noSuchSession();
    const done = finish(memory.student, { sessionId, nowMs });
    if (!done.ok) return done;
    this.#commit(memory, done.change);
    return { ok: true, body: '{"ok":true}', replayed: false };
  }

  /** Takes over what changed of the student's grade, time zone, plan or activity; an empty object reads it when it starts. */
  async updateProfile(profile: Profile): Promise<void> {
    const memory = this.#loaded();
    if (!memory) return;
    this.#transaction(() => {
      this.#memory = saveProfile(this.ctx.storage.sql, memory, profile);
    });
  }

  /** Ends what has expired, sends what Postgres has not, lets go what may leave. Never throws: the platform would give up. */
  override async alarm(): Promise<void> {
    this.#alarmAtMs = null;
    try {
      const memory = this.#awake(Date.now());
      if (memory && !memory.student.isGuest) await this.#flush();
      await this.#leave(Date.now());
    } catch (error) {
      this.#memory = undefined;
      this.#delayDrain(error);
    } finally {
      await this.#arm();
    }
  }

  /** Sends what is due; where there is more than one batch, the next alarm takes it on. */
  async #flush(): Promise<void> {
    const { sql } = this.ctx.storage;
    const sending = this.#loaded();
    if (!sending || this.#drain.plannedMs === null || this.#drain.plannedMs > Date.now()) return;
    const batch = nextBatch(sql, sending);
    // What happens while the request is under way plans its own flush.
    this.#drain = { ...this.#drain, plannedMs: null };
    if (!batch) return;
    noteSent(sql, sending, batch);
    const reply = await applyEvents(this.#services.db, batch);
    const memory = this.#loaded();
    if (!memory) return;
    const settlement = settlementOf(batch, reply);
    if (reply.mark === null || reply.rejected.length > 0) report("events_parked", memory, { settlement });
    const isCurrent = this.#transaction(() => settle(sql, memory, settlement, Date.now()));
    if (!isCurrent) this.#memory = undefined;
    this.#drain = { plannedMs: this.#drain.plannedMs, failures: 0 };
    const left = this.#loaded();
    if (left && this.#drain.plannedMs === null && left.lastSeq > left.drainedSeq) {
      this.#drain = { plannedMs: Date.now(), failures: 0 };
    }
  }

  #delayDrain(error: unknown): void {
    const failures = this.#drain.failures + 1;
    this.#drain = { plannedMs: Date.now() + pauseMs(failures, Math.random()), failures };
    const name = error instanceof Error ? error.name : String(error);
    console.warn(
      JSON.stringify({ event: "drain_failed", student: this.ctx.id.name, failures, name, code: pgError(error)?.code }),
    );
  }

  /** Deletes what has been kept long enough, and with the last session everything. */
  async #leave(nowMs: number): Promise<void> {
    const { sql } = this.ctx.storage;
    const memory = this.#loaded();
    if (!memory) return;
    const isOver = memory.student.isGuest && [...memory.student.sessions.values()].every(hasExpired);
    if (!isOver) {
      if (!this.#transaction(() => dismiss(sql, nowMs))) return;
      this.#memory = undefined;
      if ((this.#loaded()?.student.sessions.size ?? 0) > 0) return;
    }
    this.#memory = null;
    this.#drain = { plannedMs: null, failures: 0 };
    this.#alarmAtMs = null;
    await this.ctx.storage.deleteAll();
  }

  #loaded(): Memory | null {
    if (this.#memory !== undefined) return this.#memory;
    const memory = loadMemory(this.ctx.storage);
    const isPending = memory !== null && !memory.student.isGuest && memory.lastSeq > memory.drainedSeq;
    this.#drain = { ...this.#drain, plannedMs: isPending ? (this.#drain.plannedMs ?? Date.now()) : null };
    this.#memory = memory;
    return memory;
  }

  /** What is stored, with the sessions ended whose time had run out before now, whether the alarm came or not. */
  #awake(nowMs: number): Memory | null {
    for (;;) {
      const memory = this.#loaded();
      const expired = memory && expireOne(memory.student, this.#limits, nowMs);
      if (!memory || !expired) return memory;
      this.#commit(memory, expired);
    }
  }

  #storedPool(memory: Memory, { skillId, catalogVersion, anyVersion }: StartCommand) {
    const { sql } = this.ctx.storage;
    if (anyVersion) return readNewestPool(sql, memory, skillId);
    return catalogVersion === null ? undefined : readPool(sql, memory, skillId, catalogVersion);
  }

  /** The questions that a session is of, each with its key. */
  #poolOf(memory: Memory, session: Session): readonly KeyedQuestion[] {
    return readPool(this.ctx.storage.sql, memory, session.skillId, session.poolVersion)?.questions ?? [];
  }

  #replay(seq: number, bodyHash: string): CommandReply {
    const receipt = readReceipt(this.ctx.storage.sql, seq);
    if (receipt.bodyHash === bodyHash) return { ok: true, body: receipt.reply, replayed: true };
    return refuse("idempotency_mismatch", "This Idempotency-Key came with another body before. Use a fresh key.");
  }

  #replyWithSession(sessionId: string): CommandReply {
    const memory = this.#loaded();
    const session = memory?.student.sessions.get(sessionId);
    if (!memory || !session) return noSuchSession();
    const view = toSessionView(session, this.#poolOf(memory, session));
    return { ok: true, body: JSON.stringify(view), replayed: false };
  }

  #commit(memory: Memory, change: Change | null, receipt?: Receipt): void {
    if (!change) return;
    this.#transaction(() => this.#write(memory, change, receipt));
    void this.#arm();
  }

  #write(memory: Memory, change: Change | null, receipt?: Receipt): void {
    if (!change) return;
    const { sql } = this.ctx.storage;
    const nowMs = Date.now();
    const written = saveChange(sql, memory, change, receipt);
    this.#memory = written;
    if (written.student.isGuest) {
      if (change.session.finished) markRecorded(sql, written.lastSeq, nowMs);
    } else if (change.event) {
      this.#drain = { ...this.#drain, plannedMs: drainAtMs(this.#drain, change.event, nowMs) };
    }
  }

  /** All of `work` or nothing of it, in storage and in memory. */
  #transaction<T>(work: () => T): T {
    try {
      return this.ctx.storage.transactionSync(work);
    } catch (error) {
      this.#memory = undefined;
      throw error;
    }
  }

  /** Sets the alarm to the next thing that waits; one that would ring sooner stays, so that an answer seldom sets one. */
  async #arm(): Promise<void> {
    const memory = this.#loaded();
    const plannedMs = this.#drain.plannedMs ?? Number.POSITIVE_INFINITY;
    if (!memory || (this.#alarmAtMs !== null && this.#alarmAtMs <= plannedMs)) return;
    const expiries = [...memory.student.sessions.values()].map((session) =>
      session.finished ? null : expiresAtMs(session, this.#limits.expiryMs),
    );
    const atMs = nextAlarmMs([this.#drain.plannedMs, nextDepartureMs(this.ctx.storage.sql), ...expiries]);
    if (atMs === null) return;
    this.#alarmAtMs = atMs;
    await this.ctx.storage.setAlarm(atMs);
  }
}

const hasExpired = ({ finished }: Session) => finished?.reason === "EXPIRED";

function newStudent({ studentId, isGuest }: StartCommand, record: StudentRecord): Student {
  return {
    id: studentId,
    isGuest,
    profile: record.profile,
    pace: INITIAL_PACE,
    lastScores: new Map(record.lastScores),
    sessions: new Map(),
  };
}

function questionOf(session: Session, pool: readonly KeyedQuestion[]): KeyedQuestion | null {
  return pool.find((question) => question.id === session.current?.questionId) ?? null;
}

function toSubmitReply(
  session: Session,
  pool: readonly KeyedQuestion[],
  { question, correct, scoreChange }: { question: KeyedQuestion; correct: boolean; scoreChange: ScoreChange },
): SubmitReply {
  const view = toSessionView(session, pool);
  return {
    is_correct: correct,
    explanation: question.explanation,
    correct_answer: answerText(question, question.correctAnswer),
    correct_answer_data: question.correctAnswer,
    score_change: { delta: scoreChange.delta, reason: scoreChange.reason, message: scoreChange.message },
    session: view,
    next_question: view.current_question,
    finished: session.finished !== null,
  };
}

const randomSeed = () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;

function report(event: string, { student }: Memory, facts: object): void {
  console.error(JSON.stringify({ event, student: student.id, ...facts }));
}
