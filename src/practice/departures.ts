import type { Memory } from "./object-storage.ts";

/** A finished session leaves so long after Postgres has it. */
const KEPT_MS = 24 * 3600 * 1000;

/** Notes of finished sessions that all of them is in Postgres, or for a guest, that nothing ever will be. */
export function markRecorded(sql: SqlStorage, drainedSeq: number, nowMs: number): void {
  sql.exec(
    `UPDATE sessions SET recorded_at = ? WHERE finished_at IS NOT NULL AND recorded_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM events WHERE events.session_id = sessions.id AND events.seq > ?)`,
    nowMs,
    drainedSeq,
  );
}

/** Notes of finished sessions that Postgres lacks some of it: what came after this number. */
export function markUnrecorded(sql: SqlStorage, drainedSeq: number): void {
  sql.exec(
    "UPDATE sessions SET recorded_at = NULL WHERE id IN (SELECT session_id FROM events WHERE seq > ?)",
    drainedSeq,
  );
}

/** When the next finished session may leave; null where none waits. */
export function nextDepartureMs(sql: SqlStorage): number | null {
  const { at } = sql.exec<{ at: number | null }>("SELECT min(recorded_at) AS at FROM sessions").one();
  return at === null ? null : at + KEPT_MS;
}

/** Whether a student's session may leave now, if Postgres has it still; a guest's is nowhere else. */
export function isAnyToLeave(sql: SqlStorage, { student }: Memory, nowMs: number): boolean {
  const departureMs = nextDepartureMs(sql);
  return !student.isGuest && departureMs !== null && departureMs <= nowMs;
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
