/**
 * What a student's object keeps, as an append-only list: a step that has shipped is never changed, a change is a step
 * more. Times are epoch milliseconds, everything else that nests is JSON.
 *
 * - `student`: one row. Who it is, the profile, and how far Postgres is (`drained_seq`; it may be further).
 * - `last_scores`: the last SmartScore on each skill whose session has ended.
 * - `sessions`: a session as of this row's last write, without the questions it asked (they are in `events`), and the
 *   student's pace as of then; `recorded_at` is when Postgres had all of a finished session.
 * - `events`: the outbox and the session's history. `after` is how the session and the pace stood after it: an event that
 *   does not end its session is all that is written, so an answer is one row. `version` orders the writes to both tables:
 *   the newest holds. An answer keeps the client's key and the SHA-256 of its body, and with `after` all that its reply
 *   is made from, so that a repeat gets the same bytes. `generator` is the template, and which of its questions. `event`
 *   and `after` are lists, in the order that event-rows.ts has.
 *   `parked` are those that Postgres can never take.
 * - `pools`: the questions and templates of a skill, keys included, as of one catalog version, in chunks under the row limit of 2 MB.
 * - `watches`: the classes whose live view is told of changes, and until when.
 */
export const STEPS: readonly string[] = [
  `CREATE TABLE student (
     id INTEGER PRIMARY KEY CHECK (id = 1), student_id TEXT NOT NULL, is_guest INTEGER NOT NULL,
     profile TEXT NOT NULL, drained_seq INTEGER NOT NULL, sent_seq INTEGER NOT NULL
   );
   CREATE TABLE last_scores (skill_id INTEGER PRIMARY KEY, score INTEGER NOT NULL);
   CREATE TABLE sessions (
     id TEXT PRIMARY KEY, skill_id INTEGER NOT NULL, pool_version INTEGER NOT NULL, finished_at INTEGER,
     recorded_at INTEGER, state TEXT NOT NULL, pace TEXT NOT NULL, version INTEGER NOT NULL
   ) WITHOUT ROWID;
   CREATE TABLE events (
     seq INTEGER PRIMARY KEY, session_id TEXT NOT NULL, kind TEXT NOT NULL, question_id INTEGER, generator TEXT,
     idempotency_key TEXT, body_hash TEXT, event TEXT NOT NULL, after TEXT NOT NULL, version INTEGER NOT NULL,
     parked INTEGER NOT NULL DEFAULT 0
   );
   CREATE TABLE pools (
     skill_id INTEGER NOT NULL, version INTEGER NOT NULL, chunk INTEGER NOT NULL, sources TEXT NOT NULL,
     PRIMARY KEY (skill_id, version, chunk)
   ) WITHOUT ROWID;`,
  `CREATE TABLE watches (classroom_id TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;`,
  "ALTER TABLE student DROP COLUMN sent_seq",
  `UPDATE events SET
     event = CASE kind WHEN 'answered' THEN json_array(
       event -> '$.atMs', event -> '$.day', event -> '$.creditMs', event -> '$.isResent',
       event -> '$.attemptId', event -> '$.made', event -> '$.submitted', event -> '$.correct', event -> '$.mistakeType',
       event -> '$.timeSpentSec', event -> '$.scoreBefore', event -> '$.scoreAfter', event -> '$.reason', event -> '$.message'
     ) ELSE json_array(event -> '$.atMs', event -> '$.day', event -> '$.creditMs', event -> '$.isResent') END,
     after = json_array(
       after -> '$.session.lastActivityMs', after -> '$.session.activeMs', after -> '$.session.score.score',
       after -> '$.session.score.streak', after -> '$.session.score.recentAccuracy', after -> '$.session.bestScore',
       after -> '$.session.answered', after -> '$.session.correct', after -> '$.session.maxStreak',
       coalesce(after ->> '$.session.wrongInARow', 0), after -> '$.session.lastQuestionId',
       CASE WHEN after ->> '$.session.current' IS NULL THEN NULL ELSE json_array(
         after -> '$.session.current.questionId', after -> '$.session.current.generator',
         after -> '$.session.current.made', after -> '$.session.current.shownAtMs') END,
       CASE WHEN after ->> '$.session.finished' IS NULL THEN NULL ELSE json_array(
         after -> '$.session.finished.atMs', after -> '$.session.finished.reason') END,
       after -> '$.pace.clockMs', json_array(after -> '$.pace.today.day', after -> '$.pace.today.answered'),
       json_array(after -> '$.pace.submits.startedAtMs', after -> '$.pace.submits.used'),
       json_array(after -> '$.pace.beats.startedAtMs', after -> '$.pace.beats.used'),
       json_array(coalesce(after ->> '$.pace.starts.startedAtMs', 0), coalesce(after ->> '$.pace.starts.used', 0))
     )`,
];

/** Whether anything was ever stored here: asking writes nothing. */
export function hasSchema(sql: SqlStorage): boolean {
  return sql.exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'").toArray().length > 0;
}

/** Whether a schema that is there is at its newest step: mostly it is, and an object that wakes has nothing more to do. */
export const isNewest = (sql: SqlStorage): boolean => stepsDone(sql) === STEPS.length;

/** Brings the schema to its newest step; call it inside a transaction. */
export function migrate(sql: SqlStorage): void {
  sql.exec("CREATE TABLE IF NOT EXISTS migrations (step INTEGER PRIMARY KEY)");
  const done = stepsDone(sql);
  for (const [index, statements] of STEPS.entries()) {
    if (index < done) continue;
    sql.exec(statements);
    sql.exec("INSERT INTO migrations (step) VALUES (?)", index + 1);
  }
}

const stepsDone = (sql: SqlStorage) =>
  sql.exec<{ steps: number }>("SELECT count(*) AS steps FROM migrations").one().steps;
