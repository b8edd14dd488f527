import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { type EventColumns, toEvent } from "../../src/practice/event-rows.ts";
import type { PracticeEvent } from "../../src/practice/events.ts";
import { bindings } from "./apps.ts";
import { type Answer, api, type Json, sql } from "./client.ts";

const PATH = "/practice/sessions";

/** Whoever practises: a signed-in student by their token, a guest without one. */
export type Caller = { token?: string | undefined };

export const start = (caller: Caller, skillId = 1): Promise<Answer> =>
  api("POST", PATH, { ...caller, body: { skill_id: skillId } });

/** The session that a start gives; the start must succeed. */
export async function begin(caller: Caller, skillId = 1): Promise<Json> {
  const answer = await start(caller, skillId);
  if (answer.status !== 200) throw new Error(`start: ${answer.status} ${answer.text}`);
  return answer.json().data;
}

export const read = (caller: Caller, sessionId: string) => api("GET", `${PATH}/${sessionId}`, caller);

export const next = (caller: Caller, sessionId: string, body?: unknown) =>
  api("POST", `${PATH}/${sessionId}/next`, { ...caller, body });

export const heartbeat = (caller: Caller, sessionId: string, body: unknown = {}) =>
  api("POST", `${PATH}/${sessionId}/heartbeat`, { ...caller, body });

export const finish = (caller: Caller, sessionId: string) => api("POST", `${PATH}/${sessionId}/finish`, caller);

type Submission = { questionId: number | string; answer: unknown; claimedSec?: number; key?: string };

export function submit(caller: Caller, sessionId: string, { questionId, answer, claimedSec = 5, key }: Submission) {
  return api("POST", `${PATH}/${sessionId}/submit`, {
    ...caller,
    body: { question_id: questionId, submitted_answer: answer, time_spent_sec: claimedSec },
    ...(key === undefined ? {} : { headers: { "Idempotency-Key": key } }),
  });
}

const keys = new Map<number, Json>();

/** The key of a question, as Postgres has it: a right answer. */
export async function rightAnswer(questionId: number): Promise<Json> {
  if (!keys.has(questionId)) {
    const rows = await sql<{ id: number; correct_answer: Json }>("select id, correct_answer from questions");
    for (const row of rows) keys.set(row.id, row.correct_answer);
  }
  const key = keys.get(questionId);
  if (!key) throw new Error(`no question ${questionId}`);
  return key;
}

/** An answer that can be read and is wrong. */
export async function wrongAnswer(question: Json): Promise<Json> {
  switch (question.type) {
    case "MCQ": {
      const { choice } = await rightAnswer(question.id);
      return { choice: question.data.choices.find(({ id }: Json) => id !== choice).id };
    }
    case "MULTI_SELECT":
      return { choices: [] };
    case "NUMERIC":
      return { value: -987_654 };
    default:
      return { text: "certainly not this" };
  }
}

/** Answers the current question of a session, right or wrong, and gives the reply's data. */
export async function answerCurrent(caller: Caller, session: Json, isRight = true): Promise<Json> {
  const question = session.current_question;
  const answer = isRight ? await rightAnswer(question.id) : await wrongAnswer(question);
  const reply = await submit(caller, session.id, { questionId: question.id, answer });
  if (reply.status !== 200) throw new Error(`submit: ${reply.status} ${reply.text}`);
  return reply.json().data;
}

/** The object of a student, or of a guest's session by `guest:<session id>`. */
export const objectOf = (name: string) => bindings.STUDENT_PRACTICE.getByName(name);

/** What SQL finds in an object's storage. */
export const inObject = <Row extends Record<string, SqlStorageValue>>(name: string, query: string): Promise<Row[]> =>
  runInDurableObject(objectOf(name), (_object, state) => state.storage.sql.exec<Row>(query).toArray());

/** Changes what an object has stored and makes it read that anew. */
export async function alter(name: string, statement: string, ...params: (string | number)[]): Promise<void> {
  const stub = objectOf(name);
  await runInDurableObject(stub, (_object, { storage }) => {
    storage.sql.exec(statement, ...params);
  });
  await evictDurableObject(stub);
}

/** Makes all sessions of an object so much older. */
export async function age(name: string, ms: number): Promise<void> {
  await alter(name, "UPDATE events SET after = json_set(after, '$[0]', json_extract(after, '$[0]') - ?)", ms);
  await alter(
    name,
    `UPDATE sessions SET recorded_at = recorded_at - ?1, state = json_set(state,
       '$.startedAtMs', json_extract(state, '$.startedAtMs') - ?1, '$.lastActivityMs', json_extract(state, '$.lastActivityMs') - ?1)`,
    ms,
  );
}

/** Puts an object out of memory: what it knows next is what it stored. */
export const evict = (name: string): Promise<void> => evictDurableObject(objectOf(name));

/** Whether an object has stored anything at all, an alarm included. */
export const hasStored = (name: string): Promise<boolean> =>
  runInDurableObject(objectOf(name), async (_object, { storage }) => {
    const tables = storage.sql
      .exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf\\_%' ESCAPE '\\'")
      .toArray();
    return tables.length > 0 || (await storage.getAlarm()) !== null || (await storage.list()).size > 0;
  });

export type StoredEvent = { seq: number; skillId: number; parked: boolean; event: PracticeEvent };

/** Every event that an object holds, oldest first. */
export async function eventsIn(name: string): Promise<StoredEvent[]> {
  const rows = await inObject<EventColumns & { seq: number; skill_id: number; parked: number }>(
    name,
    `SELECT events.*, skill_id FROM events JOIN sessions ON sessions.id = events.session_id ORDER BY seq`,
  );
  return rows.map((row) => ({
    seq: row.seq,
    skillId: row.skill_id,
    parked: row.parked === 1,
    event: toEvent(row),
  }));
}

/** One day's totals on one skill. */
type DayTotals = typeof NOTHING_YET & { day: string; skill_id: number };

const NOTHING_YET = {
  questions: 0,
  correct: 0,
  active_ms: 0,
  first_smartscore: null as number | null,
  last_smartscore: null as number | null,
  best_smartscore: null as number | null,
};

/** What the record must hold of a student who did just this, worked out here from the events alone. */
export function recordFrom(stored: readonly StoredEvent[]) {
  const progress = new Map<
    number,
    { questions: number; correct: number; active_ms: number; last: number; best: number }
  >();
  const days = new Map<string, DayTotals>();
  const attempts: string[] = [];
  const skips: number[] = [];
  for (const { seq, skillId, event } of stored) {
    const dayAndSkill = `${event.day} ${skillId}`;
    const day = days.get(dayAndSkill) ?? { day: event.day, skill_id: skillId, ...NOTHING_YET };
    const skill = progress.get(skillId) ?? { questions: 0, correct: 0, active_ms: 0, last: 0, best: 0 };
    day.active_ms += event.creditMs;
    skill.active_ms += event.creditMs;
    if (event.kind === "skipped") skips.push(seq);
    if (event.kind === "answered") {
      attempts.push(event.attemptId);
      for (const total of [day, skill]) {
        total.questions += 1;
        total.correct += event.correct ? 1 : 0;
      }
      day.first_smartscore ??= event.scoreBefore;
      day.last_smartscore = event.scoreAfter;
      day.best_smartscore = Math.max(day.best_smartscore ?? 0, event.scoreAfter);
      skill.last = event.scoreAfter;
      skill.best = Math.max(skill.best, event.scoreAfter, event.scoreBefore);
    }
    if (event.kind !== "answered" && event.creditMs === 0) continue;
    days.set(dayAndSkill, day);
    progress.set(skillId, skill);
  }
  return {
    attempts: attempts.sort(),
    skips,
    sessions: [...new Set(stored.map(({ event }) => event.sessionId))].sort(),
    progress: [...progress]
      .map(([skill_id, { last, best, ...totals }]) => ({
        skill_id,
        ...totals,
        last_smartscore: last,
        best_smartscore: best,
      }))
      .sort((a, b) => a.skill_id - b.skill_id),
    days: [...days.values()].sort((a, b) => a.day.localeCompare(b.day) || a.skill_id - b.skill_id),
    mark: stored.at(-1)?.seq ?? 0,
  };
}

/** What the record holds of a student, in the form of {@link recordFrom}. */
export async function recordOf(studentId: string): Promise<ReturnType<typeof recordFrom>> {
  const of = <Row>(query: string) => sql<Row>(query, [studentId]);
  const [attempts, skips, sessions, progress, days, marks] = await Promise.all([
    of<{ id: string }>("select id from attempts where student_id = $1 order by id"),
    of<{ seq: number }>("select seq::int from skips where student_id = $1 order by seq"),
    of<{ id: string }>("select id from practice_sessions where student_id = $1 order by id"),
    of<ReturnType<typeof recordFrom>["progress"][number]>(
      `select skill_id, questions, correct, active_ms::int, last_smartscore, best_smartscore
       from skill_progress where student_id = $1 order by skill_id`,
    ),
    of<ReturnType<typeof recordFrom>["days"][number]>(
      `select day::text, skill_id, questions, correct, active_ms::int, first_smartscore, last_smartscore, best_smartscore
       from practice_days where student_id = $1 order by day, skill_id`,
    ),
    of<{ seq: number }>("select drained_seq::int as seq from practice_marks where student_id = $1"),
  ]);
  return {
    attempts: attempts.map(({ id }) => id),
    skips: skips.map(({ seq }) => seq),
    sessions: sessions.map(({ id }) => id),
    progress,
    days,
    mark: marks[0]?.seq ?? 0,
  };
}
