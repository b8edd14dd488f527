import { pgError } from "../db/errors.ts";
import { log } from "../http/log.ts";
import type { Report, WatchCommand } from "../live/activity.ts";
import { StudentFeed } from "../live/student-feed.ts";
import type { Services } from "../services.ts";
import { Alarm } from "./alarm.ts";
import { applyEvents } from "./apply-events.ts";
import type { StudentRecord } from "./commands.ts";
import { dismiss, isAnyToLeave, markRecorded, nextDepartureMs } from "./departures.ts";
import { type DrainPlan, drainAtMs, nextAlarmMs, pauseEndMs, pauseMs, rescueAtMs, settlementOf } from "./drain.ts";
import { FlushTimer } from "./flush-timer.ts";
import { type PracticeLimits, practiceLimits } from "./limits.ts";
import {
  createMemory,
  isOneRow,
  loadMemory,
  type Memory,
  type Receipt,
  readEvent,
  saveChange,
  saveProfile,
} from "./object-storage.ts";
import { needsMark, nextBatch, saveMark, settle } from "./outbox.ts";
import type { Pool } from "./pool.ts";
import { poolOfSession, readNewestPool, readPool, savePool } from "./pool-storage.ts";
import { ProfileReader } from "./profile-reader.ts";
import { expiresAtMs, type Session } from "./session.ts";
import { type Change, expireOne, type Profile, sessionsOf } from "./student.ts";
import { readProfile } from "./student-record.ts";

/**
 * One student's practice as an object keeps it: in memory, in storage, and on its way to Postgres. Every change is one
 * transaction, and nothing is in memory that is not stored, but how far Postgres is. Whatever waits (a flush whose timer
 * was lost, an expiry, a departure) has the object's one alarm.
 */
export class LivePractice {
  readonly #state: DurableObjectState;
  readonly #services: Services;
  readonly #limits: PracticeLimits;
  readonly #feed: StudentFeed;
  readonly #profile: ProfileReader;
  /** Undefined until it is read, null while nothing is stored. */
  #memory: Memory | null | undefined;
  readonly #alarm: Alarm;
  #drain: DrainPlan = { plannedMs: null, failures: 0 };
  readonly #timer = new FlushTimer(() => void this.#flushOnTime());
  /** The flush that is under way: there is one at a time. */
  #flushing: Promise<void> | null = null;

  constructor(state: DurableObjectState, services: Services) {
    this.#state = state;
    this.#services = services;
    this.#alarm = new Alarm(state);
    this.#limits = practiceLimits(services.settings);
    const student = () => this.#loaded()?.student ?? null;
    this.#feed = new StudentFeed({ state, services, student });
    const read = (id: string) => readProfile(services.db, id);
    this.#profile = new ProfileReader({ student, read, adopt: (profile) => this.#adopt(profile) });
  }

  get limits(): PracticeLimits {
    return this.#limits;
  }

  /** To be called once, before anything else: plans anew whatever waits here, as the alarm may be lost. Never throws. */
  async repair(): Promise<void> {
    await this.#alarm.restore();
    await this.#arm();
  }

  /** What is stored, with the sessions ended whose time had run out before now, whether the alarm came or not. */
  awake(nowMs: number): Memory | null {
    for (;;) {
      const memory = this.#loaded();
      const expired = memory && expireOne(memory.student, this.#limits, nowMs);
      if (!memory || !expired) return memory;
      this.commit(memory, expired);
    }
  }

  /** The skill's questions as they are kept here: of one version, or of the newest. */
  storedPool(memory: Memory, skillId: number, version: number | "newest"): Pool | undefined {
    const { sql } = this.#state.storage;
    return version === "newest" ? readNewestPool(sql, memory, skillId) : readPool(sql, memory, skillId, version);
  }

  /** The questions that a session is of, each with its key. */
  poolOf(session: Session): Pool {
    return poolOfSession(this.#state.storage.sql, this.#loaded(), session);
  }

  /** What was kept of the event with this number. */
  eventOf(seq: number): ReturnType<typeof readEvent> {
    return readEvent(this.#state.storage.sql, seq);
  }

  /** Stores a session that was just opened, and with the first everything about its student. */
  async open(opening: { memory: Memory | null; change: Change; record?: StudentRecord; pool?: Pool }): Promise<void> {
    const { memory, change, record, pool } = opening;
    const { sql } = this.#state.storage;
    this.#transaction(() => {
      const base = memory ?? createMemory(sql, change.student, record?.drainedSeq ?? 0);
      if (pool) savePool(sql, base, change.session.skillId, pool);
      this.#write(base, change);
    });
    this.#feed.introduce(record?.classroomIds ?? [], Date.now());
    await this.#arm();
  }

  /** Takes over the student's profile from the record. */
  readProfile(): Promise<void> {
    return this.#profile.read();
  }

  #adopt(profile: Profile): void {
    const memory = this.#loaded();
    if (!memory) return;
    this.#transaction(() => {
      this.#memory = saveProfile(this.#state.storage.sql, memory, profile);
    });
  }

  /** What the student is at, for a class that looks; from then on it is told of changes, until when it said. */
  watch(command: WatchCommand): Report {
    const nowMs = Date.now();
    this.awake(nowMs);
    return this.#feed.watch(command, nowMs);
  }

  /** Ends what has expired, sends what Postgres lacks, lets go what may leave. Never throws: the platform would give up. */
  async ring(): Promise<void> {
    this.#alarm.forget();
    try {
      const nowMs = Date.now();
      const memory = this.awake(nowMs);
      // Before a session leaves, Postgres is asked whether it has it still: it may have been put back meanwhile.
      const isToAsk = memory !== null && isAnyToLeave(this.#state.storage.sql, memory, nowMs);
      if (isToAsk) this.#drain = { ...this.#drain, plannedMs: nowMs };
      await this.#flush();
      this.#saveMark();
      if (!isToAsk || this.#drain.failures === 0) await this.#leave(Date.now());
    } catch (error) {
      this.#memory = undefined;
      this.#delayDrain(error);
    } finally {
      await this.#arm();
    }
  }

  /** Sends what is due, once whatever is being sent has arrived or failed. Never throws. */
  async #flush(): Promise<void> {
    await this.#flushing;
    this.#flushing ??= this.#sendBatch()
      .catch((error) => this.#delayDrain(error))
      .finally(() => {
        this.#flushing = null;
      });
    await this.#flushing;
  }

  /** Sends one batch of what is due; where there is more, another flush is due at once. */
  async #sendBatch(): Promise<void> {
    const { sql } = this.#state.storage;
    const sending = this.#loaded();
    if (!sending || this.#drain.plannedMs === null || this.#drain.plannedMs > Date.now()) return;
    const sent = nextBatch(sql, sending);
    // What happens while the request is under way plans its own flush.
    this.#drain = { ...this.#drain, plannedMs: null };
    if (needsMark(sending, sent)) this.#saveMark();
    const reply = await applyEvents(this.#services.db, sent.batch);
    const memory = this.#loaded();
    if (!memory) return;
    const settlement = settlementOf(sent.batch, reply);
    const told = { student: memory.student.id, settlement };
    if (settlement.kind !== "drained") log("warn", "put_back", told);
    else if (settlement.parked.length > 0) log("error", "events_parked", told);
    const isCurrent = this.#transaction(() => settle(sql, memory, { sent, settlement, nowMs: Date.now() }));
    if (!isCurrent) this.#memory = undefined;
    void this.#profile.follow(reply.profile);
    this.#drain = { plannedMs: this.#drain.plannedMs, failures: 0 };
    const left = this.#loaded();
    if (left && this.#drain.plannedMs === null && left.lastSeq > left.drainedSeq) {
      this.#drain = { plannedMs: Date.now(), failures: 0 };
    }
  }

  #saveMark(): void {
    const memory = this.#loaded();
    if (memory) this.#transaction(() => saveMark(this.#state.storage.sql, memory));
  }

  #delayDrain(error: unknown): void {
    const failures = this.#drain.failures + 1;
    this.#drain = { plannedMs: Date.now() + pauseMs(failures, Math.random()), failures };
    const name = error instanceof Error ? error.name : String(error);
    log("warn", "drain_failed", { student: this.#state.id.name, failures, name, code: pgError(error)?.code });
  }

  /** Deletes what has been kept long enough, and with the last session everything. */
  async #leave(nowMs: number): Promise<void> {
    const { sql } = this.#state.storage;
    const memory = this.#loaded();
    if (!memory) return;
    const sessions = sessionsOf(memory.student);
    const isOver = memory.student.isGuest && sessions.every(({ finished }) => finished?.reason === "EXPIRED");
    if (!isOver) {
      if (!this.#transaction(() => dismiss(sql, nowMs))) return;
      this.#memory = undefined;
      const left = this.#loaded();
      if (left && sessionsOf(left.student).length > 0) return;
    }
    this.#memory = null;
    this.#feed.forget();
    this.#drain = { plannedMs: null, failures: 0 };
    this.#alarm.forget();
    await this.#state.storage.deleteAll();
  }

  #loaded(): Memory | null {
    if (this.#memory !== undefined) return this.#memory;
    const memory = loadMemory(this.#state.storage);
    const isPending = memory !== null && !memory.student.isGuest && memory.lastSeq > memory.drainedSeq;
    this.#drain = { ...this.#drain, plannedMs: isPending ? (this.#drain.plannedMs ?? Date.now()) : null };
    this.#memory = memory;
    if (memory) this.#feed.restore();
    return memory;
  }

  /** Stores a change, if there is one, with what a repeat of its request gets. */
  commit(memory: Memory, change: Change | null, receipt?: Receipt): void {
    if (!change) return;
    const write = () => this.#write(memory, change, receipt);
    if (isOneRow(change)) this.#safely(write);
    else this.#transaction(write);
    this.#feed.changed();
    void this.#arm();
  }

  #write(memory: Memory, change: Change, receipt?: Receipt): void {
    const { sql } = this.#state.storage;
    const nowMs = Date.now();
    const written = saveChange(sql, memory, change, receipt);
    this.#memory = written;
    if (written.student.isGuest) {
      if (change.session.finished) {
        markRecorded(sql, written.lastSeq, nowMs);
        // It may leave before it would have expired: the alarm is worked out anew.
        this.#alarm.forget();
      }
    } else if (change.event) {
      this.#drain = { ...this.#drain, plannedMs: drainAtMs(this.#drain, change.event, nowMs) };
    }
  }

  /** All of `work` or nothing of it, in storage and in memory. */
  #transaction<T>(work: () => T): T {
    return this.#safely(() => this.#state.storage.transactionSync(work));
  }

  /** Where `work` throws, what is in memory is forgotten: what is stored holds. */
  #safely<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.#memory = undefined;
      throw error;
    }
  }

  /**
   * Sets the timer for the planned flush and the alarm for the next thing that waits; one that would ring sooner stays,
   * so that an answer seldom sets one. Never throws.
   */
  async #arm(): Promise<void> {
    try {
      // Before anything is read anew, which forgets the pause where nothing waits to be sent.
      const soonestMs = pauseEndMs(this.#drain);
      const memory = this.#loaded();
      if (!memory) return;
      // None after a failure: the alarm sees to it, so that an object need not stay in memory as long as Postgres is away.
      this.#timer.set(this.#drain.failures > 0 ? null : this.#drain.plannedMs);
      const isUnsettled = memory.storedMark < memory.drainedSeq || this.#flushing !== null;
      const rescueMs = rescueAtMs(this.#drain, isUnsettled, Date.now());
      if (this.#alarm.comesBy(rescueMs ?? Number.POSITIVE_INFINITY)) return;
      const live = [...memory.student.live.values()];
      const expiries = live.map((session) => expiresAtMs(session, this.#limits.expiryMs));
      const atMs = nextAlarmMs([rescueMs, nextDepartureMs(this.#state.storage.sql), ...expiries]);
      if (atMs !== null) await this.#alarm.set(Math.max(atMs, soonestMs));
    } catch (error) {
      await this.#alarm.setAllTheSame(error);
    }
  }

  /** Never throws: there is nobody to catch it. */
  async #flushOnTime(): Promise<void> {
    await this.#flush();
    await this.#arm();
  }
}
