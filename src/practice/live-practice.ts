import { pgError } from "../db/errors.ts";
import { log } from "../http/log.ts";
import type { Services } from "../services.ts";
import { applyEvents } from "./apply-events.ts";
import { drainAtMs, nextAlarmMs, pauseMs, settlementOf } from "./drain.ts";
import { type PracticeLimits, practiceLimits } from "./limits.ts";
import {
  createMemory,
  loadMemory,
  type Memory,
  type Receipt,
  readEvent,
  saveChange,
  saveProfile,
} from "./object-storage.ts";
import { dismiss, markRecorded, nextBatch, nextDepartureMs, noteSent, settle } from "./outbox.ts";
import type { Pool } from "./pool.ts";
import { poolOfSession, readNewestPool, readPool, savePool } from "./pool-storage.ts";
import { expiresAtMs, type Session } from "./session.ts";
import { type Change, expireOne, type Profile } from "./student.ts";

/** An alarm that is so late will not come: the platform drops one that failed too often. */
const LOST_ALARM_MS = 60_000;

/**
 * One student's practice as an object keeps it: in memory, in storage, and on its way to Postgres. Every change is one
 * transaction, and nothing is in memory that is not stored. Whatever waits (a flush, an expiry, a departure) has the
 * object's one alarm.
 */
export class LivePractice {
  readonly #state: DurableObjectState;
  readonly #services: Services;
  readonly #limits: PracticeLimits;
  /** Undefined until it is read, null while nothing is stored. */
  #memory: Memory | null | undefined;
  /** When the alarm rings; null where none is set. */
  #alarmAtMs: number | null = null;
  /** When the next flush is due (null: nothing to flush), and how many have failed in a row. */
  #drain: { plannedMs: number | null; failures: number } = { plannedMs: null, failures: 0 };

  constructor(state: DurableObjectState, services: Services) {
    this.#state = state;
    this.#services = services;
    this.#limits = practiceLimits(services.settings);
  }

  get limits(): PracticeLimits {
    return this.#limits;
  }

  /** To be called once, before anything else: plans anew whatever waits here, as the platform may have lost its alarm. */
  async repair(): Promise<void> {
    if (!this.#loaded()) return;
    this.#alarmAtMs = await this.#state.storage.getAlarm();
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
  async open(opening: { memory: Memory | null; change: Change; drainedSeq: number; pool?: Pool }): Promise<void> {
    const { memory, change, drainedSeq, pool } = opening;
    const { sql } = this.#state.storage;
    this.#transaction(() => {
      const base = memory ?? createMemory(sql, change.student, drainedSeq);
      if (pool) savePool(sql, base, change.session.skillId, pool);
      this.#write(base, change);
    });
    await this.#arm();
  }

  setProfile(profile: Profile): void {
    const memory = this.#loaded();
    if (!memory) return;
    this.#transaction(() => {
      this.#memory = saveProfile(this.#state.storage.sql, memory, profile);
    });
  }

  /** Ends what has expired, sends what Postgres has not, lets go what may leave. Never throws: the platform would give up. */
  async ring(): Promise<void> {
    this.#alarmAtMs = null;
    try {
      const memory = this.awake(Date.now());
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
    const { sql } = this.#state.storage;
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
    if (reply.mark === null || reply.rejected.length > 0) {
      log("error", "events_parked", { student: memory.student.id, settlement });
    }
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
    log("warn", "drain_failed", { student: this.#state.id.name, failures, name, code: pgError(error)?.code });
  }

  /** Deletes what has been kept long enough, and with the last session everything. */
  async #leave(nowMs: number): Promise<void> {
    const { sql } = this.#state.storage;
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
    await this.#state.storage.deleteAll();
  }

  #loaded(): Memory | null {
    if (this.#memory !== undefined) return this.#memory;
    const memory = loadMemory(this.#state.storage);
    const isPending = memory !== null && !memory.student.isGuest && memory.lastSeq > memory.drainedSeq;
    this.#drain = { ...this.#drain, plannedMs: isPending ? (this.#drain.plannedMs ?? Date.now()) : null };
    this.#memory = memory;
    return memory;
  }

  /** Stores a change, if there is one, with what a repeat of its request gets. */
  commit(memory: Memory, change: Change | null, receipt?: Receipt): void {
    if (!change) return;
    this.#transaction(() => this.#write(memory, change, receipt));
    void this.#arm();
  }

  #write(memory: Memory, change: Change | null, receipt?: Receipt): void {
    if (!change) return;
    const { sql } = this.#state.storage;
    const nowMs = Date.now();
    const written = saveChange(sql, memory, change, receipt);
    this.#memory = written;
    if (written.student.isGuest) {
      if (change.session.finished) {
        markRecorded(sql, written.lastSeq, nowMs);
        // It may leave before it would have expired: the alarm is worked out anew.
        this.#alarmAtMs = null;
      }
    } else if (change.event) {
      this.#drain = { ...this.#drain, plannedMs: drainAtMs(this.#drain, change.event, nowMs) };
    }
  }

  /** All of `work` or nothing of it, in storage and in memory. */
  #transaction<T>(work: () => T): T {
    try {
      return this.#state.storage.transactionSync(work);
    } catch (error) {
      this.#memory = undefined;
      throw error;
    }
  }

  /** Sets the alarm to the next thing that waits; one that would ring sooner stays, so that an answer seldom sets one. */
  async #arm(): Promise<void> {
    const memory = this.#loaded();
    if (!memory || this.#alarmComesIn(this.#drain.plannedMs ?? Number.POSITIVE_INFINITY)) return;
    const expiries = [...memory.student.sessions.values()].map((session) =>
      session.finished ? null : expiresAtMs(session, this.#limits.expiryMs),
    );
    const atMs = nextAlarmMs([this.#drain.plannedMs, nextDepartureMs(this.#state.storage.sql), ...expiries]);
    if (atMs === null) return;
    this.#alarmAtMs = atMs;
    await this.#state.storage.setAlarm(atMs);
  }

  /** Whether an alarm is set that will ring by then. */
  #alarmComesIn(atMs: number): boolean {
    const alarmAtMs = this.#alarmAtMs;
    return alarmAtMs !== null && alarmAtMs <= atMs && alarmAtMs > Date.now() - LOST_ALARM_MS;
  }
}

const hasExpired = ({ finished }: Session) => finished?.reason === "EXPIRED";
