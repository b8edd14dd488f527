/**
 * Active time: how much of a student's practice counts, by the server's clock alone.
 *
 * Everything here is in whole milliseconds, so that fractions of a second are not lost between two requests;
 * `wholeSeconds` is for showing a total, never for adding one up.
 *
 * Two clocks bound what can be credited: the student's clock, up to which their time has been credited in any session, and
 * a session's last activity. Neither ever moves backward. As each credit starts no earlier than the student's clock and
 * moves it to now, the credited stretches of one student never overlap: whatever the number of tabs, heartbeats and
 * retries, a minute credits at most a minute.
 */

/** The longest gap, in seconds, that still counts as practice, by grade (Pre-K is -1, K is 0); null is an unknown grade. */
export function inactivityCapSeconds(gradeLevel: number | null): number {
  if (gradeLevel === null) return 240;
  if (gradeLevel <= 2) return 120;
  if (gradeLevel <= 8) return 240;
  return 360;
}

export type ActivityClocks = {
  /** Up to when the student's time has been credited, in any of their sessions (epoch ms); 0 before the first credit. */
  studentClockMs: number;
  /** When this session last saw its student (epoch ms). */
  sessionLastActivityMs: number;
};

export type Credit = ActivityClocks & {
  /** What to add to this session's active time. */
  creditMs: number;
};

/** Submit, next, finish and an active heartbeat: credits the gap up to now, at most `capMs`, and moves both clocks to now. */
export function creditTime(moment: ActivityClocks & { nowMs: number; capMs: number }): Credit {
  const { studentClockMs, sessionLastActivityMs, nowMs, capMs } = moment;
  const gapMs = nowMs - Math.max(studentClockMs, sessionLastActivityMs);
  return {
    creditMs: Math.max(0, Math.min(gapMs, capMs)),
    studentClockMs: Math.max(studentClockMs, nowMs),
    sessionLastActivityMs: touch(sessionLastActivityMs, nowMs),
  };
}

/** A start, a resume and an inactive heartbeat: the session's new last activity; they credit nothing. */
export function touch(sessionLastActivityMs: number, nowMs: number): number {
  return Math.max(sessionLastActivityMs, nowMs);
}

/** A total as it is shown: the seconds that are full. */
export function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}
