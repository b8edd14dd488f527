import { BATCH_EVENTS, type DrainBatch, type NumberedEvent, type Settlement } from "./drain.ts";
import type { Attempt, PracticeEvent } from "./events.ts";
import type { Memory } from "./object-storage.ts";
import { questionOf } from "./pool.ts";
import { poolOfSession } from "./pool-storage.ts";
import type { KeyedQuestion } from "./question.ts";
import type { Session } from "./session.ts";

/** A finished session leaves so long after Postgres has it. */
const KEPT_MS = 24 * 3600 * 1000;

/** The oldest events that Postgres has not, with their questions and their sessions as they stand; null where there is none. */
export function nextBatch(sql: SqlStorage, memory: Memory): DrainBatch | null {
  const rows = sql
    .exec<{ seq: number; event: string }>(
      "SELECT seq, event FROM events WHERE seq > ? ORDER BY seq LIMIT ?",
      memory.drainedSeq,
      BATCH_EVENTS,
    )
    .toArray();
  const events: NumberedEvent[] = [];
  const sessions = new Map<string, Session>();
  for (const row of rows) {
    const event = JSON.parse(row.event) as PracticeEvent;
    const session = memory.student.sessions.get(event.sessionId);
    if (!session) continue;
    sessions.set(session.id, session);
    events.push({
      seq: row.seq,
      skillId: session.skillId,
      event,
      question: event.kind === "answered" ? askedQuestion(sql, memory, session, event) : null,
    });
  }
  if (events.length === 0) return null;
  return { studentId: memory.student.id, afterSeq: memory.drainedSeq, events, sessions: [...sessions.values()] };
}

/**
 * Stores how far Postgres is. Until then an object that forgot it sends the same again, which changes nothing; a write
 * of its own for every flush would cost the disk as much as an answer.
 */
export function saveMark(sql: SqlStorage, memory: Memory): void {
  if (memory.storedMark === memory.drainedSeq) return;
  sql.exec("UPDATE student SET drained_seq = ?", memory.drainedSeq);
  memory.storedMark = memory.drainedSeq;
}

/**
 * Whether a batch goes so far that, were all forgotten after it, the next one would not reach what Postgres then has:
 * the mark must be stored first, as by that event Postgres knows that the numbers are still this object's.
 */
export const needsMark = (memory: Memory, { events }: DrainBatch): boolean =>
  (events.at(-1)?.seq ?? 0) > memory.storedMark + BATCH_EVENTS;

function askedQuestion(sql: SqlStorage, memory: Memory, session: Session, put: Attempt): KeyedQuestion {
  return questionOf(poolOfSession(sql, memory, session), put);
}

/** Notes how far Postgres is; false where the memory must be loaded anew because the events got other numbers. */
export function settle(
  sql: SqlStorage,
  memory: Memory,
  { batch, settlement, nowMs }: { batch: DrainBatch; settlement: Settlement; nowMs: number },
): boolean {
  switch (settlement.kind) {
    case "drained":
      memory.drainedSeq = settlement.upTo;
      for (const seq of settlement.parked) sql.exec("UPDATE events SET parked = 1 WHERE seq = ?", seq);
      if (batch.sessions.some(({ finished }) => finished)) {
        saveMark(sql, memory);
        markRecorded(sql, settlement.upTo, nowMs);
      }
      return true;
    case "renumber": {
      const shift = settlement.mark - memory.drainedSeq;
      // By way of negative numbers, so that no two events ever have the same.
      sql.exec("UPDATE events SET seq = -(seq + ?) WHERE seq > ?", shift, memory.drainedSeq);
      sql.exec("UPDATE events SET seq = -seq WHERE seq < 0");
      sql.exec("UPDATE student SET drained_seq = ?", settlement.mark);
      return false;
    }
  }
}

/** Notes of finished sessions that all of them is in Postgres, or for a guest, that nothing ever will be. */
export function markRecorded(sql: SqlStorage, drainedSeq: number, nowMs: number): void {
  sql.exec(
    `UPDATE sessions SET recorded_at = ? WHERE finished_at IS NOT NULL AND recorded_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM events WHERE events.session_id = sessions.id AND events.seq > ?)`,
    nowMs,
    drainedSeq,
  );
}

/** When the next finished session may leave; null where none waits. */
export function nextDepartureMs(sql: SqlStorage): number | null {
  const { at } = sql.exec<{ at: number | null }>("SELECT min(recorded_at) AS at FROM sessions").one();
  return at === null ? null : at + KEPT_MS;
}

/** Deletes the sessions whose time has come, with their events and pools; true where some were. */
export function dismiss(sql: SqlStorage, nowMs: number): boolean {
  const due = sql.exec<{ id: string }>("SELECT id FROM sessions WHERE recorded_at <= ?", nowMs - KEPT_MS).toArray();
  for (const { id } of due) {
    sql.exec("DELETE FROM events WHERE session_id = ?", id);
    sql.exec("DELETE FROM sessions WHERE id = ?", id);
  }
  if (due.length > 0) {
    sql.exec(
      `DELETE FROM pools WHERE NOT EXISTS (SELECT 1 FROM sessions
         WHERE sessions.skill_id = pools.skill_id AND sessions.pool_version = pools.version)`,
    );
  }
  return due.length > 0;
}
