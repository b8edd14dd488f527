import { type SQL, sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type { Database } from "../db/client.ts";
import type { DrainBatch, FlushReply, NumberedEvent } from "./drain.ts";
import type { Session } from "./session.ts";
import { sessionState } from "./session-view.ts";

const dialect = new PgDialect();

/**
 * Puts a batch of a student's events on record: one request, two statements in one READ COMMITTED transaction. The first
 * locks the student's mark; the second, whose snapshot is younger than that lock, takes only what is beyond the mark and
 * moves it. So a batch may come any number of times, late, or beside another, and counts once. Where the mark is beyond
 * all that the object ever sent, its numbers stand for other events, and nothing is taken.
 * Throws where Postgres cannot be reached; what it can never take is in the reply.
 */
export async function applyEvents(db: Database, batch: DrainBatch): Promise<FlushReply> {
  const [, applied] = await db.http.transaction(
    [lockMark(batch.studentId), applyBeyondMark(batch)].map((statement) => {
      const { sql: text, params } = dialect.sqlToQuery(statement);
      return db.http.query(text, params);
    }),
    { isolationLevel: "ReadCommitted" },
  );
  const [row] = applied as { mark: string | number | null; is_ahead: boolean; rejected: number[] }[];
  if (!row) throw new Error("the statement that applies events returned no row");
  return { mark: row.mark === null ? null : Number(row.mark), isAhead: row.is_ahead, rejected: row.rejected };
}

const lockMark = (studentId: string): SQL => sql`
  INSERT INTO practice_marks (student_id, drained_seq, as_of)
  SELECT id, 0, 'epoch' FROM users WHERE id = ${studentId}
  ON CONFLICT (student_id) DO UPDATE SET drained_seq = practice_marks.drained_seq`;

const applyBeyondMark = (batch: DrainBatch): SQL => sql`
  WITH batch AS (SELECT ${JSON.stringify(toRecords(batch))}::jsonb AS body),
  mark AS (
    SELECT student_id, drained_seq, drained_seq > ${batch.sentSeq}::bigint AS is_ahead
    FROM practice_marks WHERE student_id = ${batch.studentId}
  ),
  fresh AS (
    SELECT mark.student_id, event.*
    FROM batch, mark, jsonb_to_recordset(body -> 'events') AS event(
      seq bigint, kind text, session_id uuid, skill_id integer, at timestamptz, day date, credit_ms bigint,
      question_id bigint, attempt_id uuid, level smallint, question jsonb, correct_answer jsonb, submitted_answer jsonb,
      is_correct boolean, mistake_type text, time_spent_sec integer, score_before smallint, score_after smallint,
      reason text)
    WHERE event.seq > mark.drained_seq AND NOT mark.is_ahead
  ),
  known AS (SELECT fresh.* FROM fresh JOIN skills ON skills.id = fresh.skill_id),
  saved_sessions AS (
    INSERT INTO practice_sessions (id, student_id, skill_id, started_at, finished_at, finished_reason, last_activity_at,
      active_ms, inactivity_threshold_sec, answered, correct, smartscore, best_smartscore, streak, max_streak,
      last_question_id, state)
    SELECT session.id, mark.student_id, session.skill_id, started_at, finished_at, finished_reason, last_activity_at,
      active_ms, inactivity_threshold_sec, answered, correct, smartscore, best_smartscore, streak, max_streak,
      last_question_id, state
    FROM batch, mark, jsonb_to_recordset(body -> 'sessions') AS session(
      id uuid, skill_id integer, started_at timestamptz, finished_at timestamptz, finished_reason text,
      last_activity_at timestamptz, active_ms bigint, inactivity_threshold_sec integer, answered integer,
      correct integer, smartscore smallint, best_smartscore smallint, streak integer, max_streak integer,
      last_question_id bigint, state jsonb)
    WHERE session.id IN (SELECT session_id FROM known)
    ON CONFLICT (id) DO UPDATE SET finished_at = excluded.finished_at, finished_reason = excluded.finished_reason,
      last_activity_at = excluded.last_activity_at, active_ms = excluded.active_ms, answered = excluded.answered,
      correct = excluded.correct, smartscore = excluded.smartscore, best_smartscore = excluded.best_smartscore,
      streak = excluded.streak, max_streak = excluded.max_streak, last_question_id = excluded.last_question_id,
      state = excluded.state
    RETURNING id, skill_id, smartscore, best_smartscore
  ),
  saved_attempts AS (
    INSERT INTO attempts (id, session_id, student_id, skill_id, question_id, level, question, correct_answer,
      submitted_answer, is_correct, mistake_type, answered_at, day, time_spent_sec, smartscore_before,
      smartscore_after, change_reason)
    SELECT attempt_id, session_id, student_id, skill_id, question_id, level, question, correct_answer,
      submitted_answer, is_correct, mistake_type, at, day, time_spent_sec, score_before, score_after, reason
    FROM known WHERE kind = 'answered'
    ON CONFLICT (id) DO NOTHING
    RETURNING id
  ),
  saved_skips AS (
    INSERT INTO skips (student_id, seq, session_id, question_id, skipped_at)
    SELECT student_id, seq, session_id, question_id, at FROM known WHERE kind = 'skipped'
    ON CONFLICT DO NOTHING
  ),
  counted AS (
    SELECT known.*, saved_attempts.id IS NOT NULL AS is_attempt,
      saved_attempts.id IS NOT NULL AND known.is_correct AS is_right
    FROM known LEFT JOIN saved_attempts ON saved_attempts.id = known.attempt_id
  ),
  gains AS (
    SELECT student_id, skill_id, (array_agg(session_id ORDER BY seq DESC))[1] AS last_session,
      count(*) FILTER (WHERE is_attempt) AS questions, count(*) FILTER (WHERE is_right) AS correct,
      sum(credit_ms) AS active_ms, max(at) AS practiced_at
    FROM counted WHERE is_attempt OR credit_ms > 0 GROUP BY student_id, skill_id
  ),
  saved_progress AS (
    INSERT INTO skill_progress AS progress (student_id, skill_id, best_smartscore, last_smartscore, questions, correct,
      active_ms, last_practiced_at)
    SELECT gains.student_id, gains.skill_id, best.smartscore, saved_sessions.smartscore, gains.questions,
      gains.correct, gains.active_ms, gains.practiced_at
    FROM gains JOIN saved_sessions ON saved_sessions.id = gains.last_session
    JOIN (SELECT skill_id, max(best_smartscore) AS smartscore FROM saved_sessions GROUP BY skill_id) AS best
      ON best.skill_id = gains.skill_id
    ON CONFLICT (student_id, skill_id) DO UPDATE SET
      best_smartscore = greatest(progress.best_smartscore, excluded.best_smartscore),
      last_smartscore = excluded.last_smartscore,
      questions = progress.questions + excluded.questions,
      correct = progress.correct + excluded.correct,
      active_ms = progress.active_ms + excluded.active_ms,
      last_practiced_at = greatest(progress.last_practiced_at, excluded.last_practiced_at)
  ),
  saved_days AS (
    INSERT INTO practice_days AS total (student_id, day, questions, correct, active_ms)
    SELECT student_id, day, count(*) FILTER (WHERE is_attempt), count(*) FILTER (WHERE is_right), sum(credit_ms)
    FROM counted WHERE is_attempt OR credit_ms > 0 GROUP BY student_id, day
    ON CONFLICT (student_id, day) DO UPDATE SET questions = total.questions + excluded.questions,
      correct = total.correct + excluded.correct, active_ms = total.active_ms + excluded.active_ms
  ),
  moved AS (
    UPDATE practice_marks SET drained_seq = newest.seq, as_of = greatest(as_of, newest.at)
    FROM (SELECT max(seq) AS seq, max(at) AS at FROM fresh) AS newest
    WHERE student_id = ${batch.studentId} AND newest.seq IS NOT NULL
    RETURNING practice_marks.drained_seq
  )
  SELECT coalesce((SELECT drained_seq FROM moved), (SELECT drained_seq FROM mark)) AS mark,
    coalesce((SELECT is_ahead FROM mark), false) AS is_ahead,
    coalesce((SELECT jsonb_agg(seq) FROM fresh WHERE skill_id NOT IN (SELECT id FROM skills)), '[]') AS rejected`;

function toRecords({ events, sessions }: DrainBatch) {
  return { events: events.map(toEventRecord), sessions: sessions.map(toSessionRecord) };
}

function toEventRecord({ seq, skillId, event, question }: NumberedEvent) {
  const base = {
    seq,
    kind: event.kind,
    session_id: event.sessionId,
    skill_id: skillId,
    at: iso(event.atMs),
    day: event.day,
    credit_ms: event.creditMs,
  };
  if (event.kind === "skipped") return { ...base, question_id: event.questionId };
  if (event.kind !== "answered" || !question) return base;
  return {
    ...base,
    question_id: event.questionId,
    attempt_id: event.attemptId,
    level: question.level,
    question: { type: question.type, prompt: question.prompt, data: question.data, explanation: question.explanation },
    correct_answer: question.correctAnswer,
    submitted_answer: event.submitted,
    is_correct: event.correct,
    mistake_type: event.mistakeType,
    time_spent_sec: event.timeSpentSec,
    score_before: event.scoreBefore,
    score_after: event.scoreAfter,
    reason: event.reason,
  };
}

function toSessionRecord(session: Session) {
  return {
    id: session.id,
    skill_id: session.skillId,
    started_at: iso(session.startedAtMs),
    finished_at: session.finished ? iso(session.finished.atMs) : null,
    finished_reason: session.finished?.reason ?? null,
    last_activity_at: iso(session.lastActivityMs),
    active_ms: session.activeMs,
    inactivity_threshold_sec: session.capMs / 1000,
    answered: session.answered,
    correct: session.correct,
    smartscore: session.score.score,
    best_smartscore: session.bestScore,
    streak: session.score.streak,
    max_streak: session.maxStreak,
    last_question_id: session.lastQuestionId,
    state: sessionState(session.score),
  };
}

const iso = (ms: number) => new Date(ms).toISOString();
