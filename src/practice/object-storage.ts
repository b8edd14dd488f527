import { afterText, type EventColumns, eventColumns, type Progress, toAfter, toEvent } from "./event-rows.ts";
import type { PracticeEvent } from "./events.ts";
import { hasSchema, isNewest, migrate } from "./object-schema.ts";
import type { Pool } from "./pool.ts";
import type { Asked, Session } from "./session.ts";
import { type Change, INITIAL_PACE, type Pace, type Profile, type Student, sessionOf } from "./student.ts";

/** Everything that a student's object knows, in memory as it is in storage. */
export type Memory = {
  student: Student;
  /** Postgres has every event up to this number. */
  drainedSeq: number;
  /** The same as it is stored: it is stored now and then. */
  storedMark: number;
  /** How long the text was of what Postgres was sent beyond the stored mark. */
  textBeyondMark: number;
  lastSeq: number;
  /** The events that Postgres has not, oldest first; null where they are only in storage. */
  unsent: Unsent[] | null;
  /** How many events are there of credits alone. */
  credits: number;
  /** The number of the last write to `sessions` or `events`. */
  version: number;
  /** Which event holds a client's key: {@link keyOf} → seq. */
  readonly keys: Map<string, number>;
  readonly pools: Map<string, Pool>;
};

/** What an answer keeps of its request, so that a repeat is known. */
export type Receipt = { readonly key: string; readonly bodyHash: string };

/** An event that waits for its flush, with the length of its text. */
export type Unsent = { readonly seq: number; readonly event: PracticeEvent; readonly text: number };

/** Events that wait in memory: a flush takes them all after a second, unless Postgres is away. */
const MOST_UNSENT = 50;

/** A session's own row; the questions that it asked are in its events. */
type StoredSession = Omit<Session, "asked" | "wrongInARow"> & Partial<Pick<Session, "wrongInARow">>;

/** What tells a request of a session from all others: a client may use a key again in another session. */
export const keyOf = (sessionId: string, key: string) => `${sessionId} ${key}`;

/** What is stored, or null on an empty object. Writes nothing unless the schema has moved on since. */
export function loadMemory(storage: DurableObjectStorage): Memory | null {
  const { sql } = storage;
  if (!hasSchema(sql)) return null;
  if (!isNewest(sql)) storage.transactionSync(() => migrate(sql));
  const row = sql
    .exec<{ student_id: string; is_guest: number; profile: string; drained_seq: number }>(
      "SELECT student_id, is_guest, profile, drained_seq FROM student",
    )
    .one();
  const keys = new Map<string, number>();
  const askedBy = new Map<string, Asked[]>();
  let lastSeq = row.drained_seq;
  let credits = 0;
  for (const event of sql.exec<AskingColumns>(
    "SELECT seq, session_id, kind, question_id, generator, idempotency_key FROM events ORDER BY seq",
  )) {
    lastSeq = Math.max(lastSeq, event.seq);
    if (event.kind === "credited") credits += 1;
    if (event.idempotency_key !== null) keys.set(keyOf(event.session_id, event.idempotency_key), event.seq);
    if (event.question_id === null) continue;
    const asked = askedBy.get(event.session_id) ?? [];
    asked.push({
      questionId: event.question_id,
      generator: event.generator,
      answered: event.kind === "answered",
    });
    askedBy.set(event.session_id, asked);
  }
  const { live, over, pace, version } = loadSessions(sql, askedBy);
  const lastScores = new Map<number, number>();
  for (const { skill_id, score } of sql.exec<{ skill_id: number; score: number }>(
    "SELECT skill_id, score FROM last_scores",
  )) {
    lastScores.set(skill_id, score);
  }
  return {
    student: {
      id: row.student_id,
      isGuest: row.is_guest === 1,
      profile: JSON.parse(row.profile) as Profile,
      pace,
      lastScores,
      live,
      over,
    },
    drainedSeq: row.drained_seq,
    storedMark: row.drained_seq,
    textBeyondMark: 0,
    lastSeq,
    unsent: row.is_guest === 0 && lastSeq === row.drained_seq ? [] : null,
    credits,
    version,
    keys,
    pools: new Map(),
  };
}

/** The sessions as their last writes left them, each from its own row or from its last event, whichever is newer. */
function loadSessions(sql: SqlStorage, askedBy: ReadonlyMap<string, Asked[]>) {
  const sessions = new Map<string, Session>();
  const versions = new Map<string, number>();
  let newest = { version: 0, pace: INITIAL_PACE };
  const keep = (session: Session, pace: Pace, version: number) => {
    sessions.set(session.id, session);
    versions.set(session.id, version);
    if (version > newest.version) newest = { version, pace };
  };
  for (const row of sql.exec<{ state: string; pace: string; version: number }>(
    "SELECT state, pace, version FROM sessions ORDER BY version",
  )) {
    // Sessions that were stored before mistakes in a row were counted begin with none.
    const state = { wrongInARow: 0, ...(JSON.parse(row.state) as StoredSession) };
    keep({ ...state, asked: askedBy.get(state.id) ?? [] }, paceOf(JSON.parse(row.pace)), row.version);
  }
  for (const row of sql.exec<{ session_id: string; after: string; version: number }>(
    `SELECT session_id, after, version FROM events
     WHERE seq IN (SELECT max(seq) FROM events GROUP BY session_id) ORDER BY version`,
  )) {
    const session = sessions.get(row.session_id);
    if (!session || row.version < (versions.get(session.id) ?? 0)) continue;
    const { progress, pace } = toAfter(row.after);
    keep({ ...session, ...progress }, pace, row.version);
  }
  const all = [...sessions];
  const live = new Map(all.filter(([, { finished }]) => !finished));
  const over = new Map(all.filter(([, { finished }]) => finished));
  return { live, over, ...newest };
}

/** A pace that was stored before starts were counted begins with none. */
const paceOf = (stored: Partial<Pace>): Pace => ({ ...INITIAL_PACE, ...stored });

type AskingColumns = Omit<EventColumns, "event"> & { readonly seq: number; readonly idempotency_key: string | null };

/** Makes the schema and the student's row; `drainedSeq` is how far Postgres says it is, so that numbers go on from there. */
export function createMemory(sql: SqlStorage, student: Student, drainedSeq: number): Memory {
  migrate(sql);
  sql.exec(
    "INSERT INTO student (id, student_id, is_guest, profile, drained_seq) VALUES (1, ?, ?, ?, ?)",
    student.id,
    student.isGuest ? 1 : 0,
    JSON.stringify(student.profile),
    drainedSeq,
  );
  for (const [skillId, score] of student.lastScores) saveLastScore(sql, skillId, score);
  return {
    student,
    drainedSeq,
    storedMark: drainedSeq,
    textBeyondMark: 0,
    lastSeq: drainedSeq,
    unsent: student.isGuest ? null : [],
    credits: 0,
    version: 0,
    keys: new Map(),
    pools: new Map(),
  };
}

/** Whether all of a change is in its event's row, which is a transaction by itself; any other writes the session's row too. */
export const isOneRow = ({ event, session }: Change) =>
  event !== null && event.kind !== "opened" && session.finished === null;

/** Writes a change and returns the memory after it; the memory given is left as it is until the transaction holds. */
export function saveChange(sql: SqlStorage, memory: Memory, change: Change, receipt?: Receipt): Memory {
  const { student, session, event } = change;
  const version = memory.version + 1;
  const seq = event ? memory.lastSeq + 1 : memory.lastSeq;
  let { unsent } = memory;
  if (event) {
    const columns = eventColumns(event);
    sql.exec(
      `INSERT INTO events (seq, session_id, kind, question_id, generator, idempotency_key, body_hash, event, after, version)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      seq,
      columns.session_id,
      columns.kind,
      columns.question_id,
      columns.generator,
      receipt?.key ?? null,
      receipt?.bodyHash ?? null,
      columns.event,
      afterText(session, student.pace),
      version,
    );
    unsent?.push({ seq, event, text: columns.event.length });
    if (unsent && unsent.length > MOST_UNSENT) unsent = null;
  }
  if (!isOneRow(change)) saveSession(sql, session, student.pace, version);
  if (session.finished) saveLastScore(sql, session.skillId, session.score.score);
  if (receipt) memory.keys.set(keyOf(session.id, receipt.key), seq);
  const credits = event?.kind === "credited" ? memory.credits + 1 : memory.credits;
  return { ...memory, student, version, lastSeq: seq, unsent, credits };
}

/** Deletes the credits that Postgres has: what they led to is then in their sessions' own rows. */
export function dropCredits(sql: SqlStorage, memory: Memory): void {
  const { student, drainedSeq, version } = memory;
  const drained = "FROM events WHERE kind = 'credited' AND seq <= ?";
  for (const { id } of sql.exec<{ id: string }>(`SELECT DISTINCT session_id AS id ${drained}`, drainedSeq).toArray()) {
    const session = sessionOf(student, id);
    if (session) saveSession(sql, session, student.pace, version);
  }
  sql.exec(`DELETE ${drained}`, drainedSeq);
  memory.credits = sql.exec<{ left: number }>("SELECT count(*) AS left FROM events WHERE kind = 'credited'").one().left;
}

function saveSession(sql: SqlStorage, session: Session, pace: Pace, version: number): void {
  const { asked: _inEvents, ...state } = session;
  sql.exec(
    `INSERT INTO sessions (id, skill_id, pool_version, finished_at, state, pace, version) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET finished_at = excluded.finished_at, state = excluded.state, pace = excluded.pace,
       version = excluded.version`,
    session.id,
    session.skillId,
    session.poolVersion,
    session.finished?.atMs ?? null,
    JSON.stringify(state),
    JSON.stringify(pace),
    version,
  );
}

/** Stores a profile and returns the memory with it. */
export function saveProfile(sql: SqlStorage, memory: Memory, profile: Profile): Memory {
  sql.exec("UPDATE student SET profile = ?", JSON.stringify(profile));
  return { ...memory, student: { ...memory.student, profile } };
}

function saveLastScore(sql: SqlStorage, skillId: number, score: number): void {
  sql.exec(
    `INSERT INTO last_scores (skill_id, score) VALUES (?, ?)
     ON CONFLICT (skill_id) DO UPDATE SET score = excluded.score WHERE score <> excluded.score`,
    skillId,
    score,
  );
}

/** The event with this number, the hash that came with its request, and what its session changed to. */
export function readEvent(sql: SqlStorage, seq: number): { event: PracticeEvent; bodyHash: string; after: Progress } {
  const row = sql
    .exec<EventColumns & { body_hash: string | null; after: string }>(
      "SELECT session_id, kind, question_id, generator, event, body_hash, after FROM events WHERE seq = ?",
      seq,
    )
    .one();
  return { event: toEvent(row), bodyHash: row.body_hash ?? "", after: toAfter(row.after).progress };
}

/** The oldest events that Postgres has not, at most so many. */
export function unsentEvents(sql: SqlStorage, memory: Memory, most: number): readonly Unsent[] {
  if (memory.unsent) return memory.unsent.slice(0, most);
  const rows = sql.exec<EventColumns & { seq: number }>(
    `SELECT seq, session_id, kind, question_id, generator, event FROM events WHERE seq > ? ORDER BY seq LIMIT ?`,
    memory.drainedSeq,
    most,
  );
  return [...rows].map((row) => ({ seq: row.seq, event: toEvent(row), text: row.event.length }));
}

/** Notes that Postgres has every event up to this number. */
export function noteDrained(memory: Memory, upTo: number): void {
  memory.drainedSeq = upTo;
  if (memory.unsent) memory.unsent = memory.unsent.filter(({ seq }) => seq > upTo);
  else if (!memory.student.isGuest && memory.lastSeq <= upTo) memory.unsent = [];
}
