import type { DrainBatch, NumberedEvent, Settlement } from "./drain.ts";
import type { Attempt, PracticeEvent } from "./events.ts";
import type { Memory } from "./object-storage.ts";
import { questionOf } from "./pool.ts";
import { poolOfSession } from "./pool-storage.ts";
import type { KeyedQuestion } from "./question.ts";
import type { Session } from "./session.ts";

/** Events of one flush at most: some 300 kB, a statement of a few tens of milliseconds. */
const BATCH_EVENTS = 200;

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
  return { studentId: memory.student.id, sentSeq: memory.sentSeq, events, sessions: [...sessions.values()] };
}

/** Notes, before a batch leaves, how far it goes: from then on Postgres may have it, whatever becomes of the reply. */
export function noteSent(sql: SqlStorage, memory: Memory, { events }: DrainBatch): void {
  const last = events.at(-1)?.seq ?? 0;
  if (last <= memory.sentSeq) return;
  sql.exec("UPDATE student SET sent_seq = ?", last);
  memory.sentSeq = last;
}

function askedQuestion(sql: SqlStorage, memory: Memory, session: Session, put: Attempt): KeyedQuestion {
  return questionOf(poolOfSession(sql, memory, session), put);
}

/** Notes how far Postgres is; false where the memory must be loaded anew because the events got other numbers. */
export function settle(sql: SqlStorage, memory: Memory, settlement: Settlement, nowMs: number): boolean {
  switch (settlement.kind) {
    case "drained":
      sql.exec("UPDATE student SET drained_seq = ?", settlement.upTo);
      for (const seq of settlement.parked) sql.exec("UPDATE events SET parked = 1 WHERE seq = ?", seq);
      markRecorded(sql, settlement.upTo, nowMs);
      memory.drainedSeq = settlement.upTo;
      return true;
    case "renumber": {
      const shift = settlement.mark - memory.drainedSeq;
      // By way of negative numbers, so that no two events ever have the same.
      sql.exec("UPDATE events SET seq = -(seq + ?) WHERE seq > ?", shift, memory.drainedSeq);
      sql.exec("UPDATE events SET seq = -seq WHERE seq < 0");
      sql.exec("UPDATE student SET drained_seq = ?1, sent_seq = ?1", settlement.mark);
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
