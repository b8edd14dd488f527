import { v7 as uuidv7 } from "uuid";
import { applyEvents } from "../../src/practice/apply-events.ts";
import type { DrainBatch, NumberedEvent } from "../../src/practice/drain.ts";
import type { PracticeEvent } from "../../src/practice/events.ts";
import { localDay } from "../../src/practice/local-day.ts";
import { openSession, type Session } from "../../src/practice/session.ts";
import { twoChoices } from "../practice/questions.ts";
import { servicesWith } from "../worker/apps.ts";
import { sql } from "../worker/client.ts";

const { db } = servicesWith({});

/** One thing that a student did: an answer that led to a SmartScore, or time without one. */
export type Deed = {
  readonly skillId: number;
  readonly atMs: number;
  readonly day: string;
  readonly creditMs: number;
  /** The SmartScore that the answer led to; left out where nothing was answered. */
  readonly score?: number;
};

export type Life = { readonly events: readonly NumberedEvent[]; readonly sessions: readonly Session[] };

/** A student's deeds as the events of their object, in one session a skill, numbered after `mark`. */
export function lifeOf(deeds: readonly Deed[], mark = 0): Life {
  const sessions = new Map<number, Session>();
  const events = deeds.map((deed, index): NumberedEvent => {
    const before = sessions.get(deed.skillId) ?? newSession(deed);
    const score = deed.score ?? before.score.score;
    sessions.set(deed.skillId, {
      ...before,
      score: { ...before.score, score },
      bestScore: Math.max(before.bestScore, score),
    });
    const { atMs, day, creditMs, skillId } = deed;
    const base = { sessionId: before.id, atMs, day, creditMs };
    const seq = mark + index + 1;
    if (deed.score === undefined) return { seq, skillId, event: { kind: "credited", ...base }, question: null };
    const event = answered({ ...base, scoreBefore: before.score.score, scoreAfter: score });
    return { seq, skillId, event, question: twoChoices(1, 2) };
  });
  return { events, sessions: [...sessions.values()] };
}

const newSession = ({ skillId, atMs }: Deed): Session =>
  openSession({
    id: uuidv7(),
    skillId,
    pool: { version: 1, questions: [twoChoices(1, 2)], templates: [] },
    seed: 1,
    startScore: 0,
    capMs: 240_000,
    nowMs: atMs,
  });

type Answered = Pick<Extract<PracticeEvent, { kind: "answered" }>, "scoreBefore" | "scoreAfter"> &
  Pick<PracticeEvent, "sessionId" | "atMs" | "day" | "creditMs">;

const answered = (base: Answered): PracticeEvent => ({
  kind: "answered",
  ...base,
  attemptId: uuidv7(),
  questionId: 1,
  generator: null,
  made: null,
  submitted: { choice: "A" },
  correct: base.scoreAfter >= base.scoreBefore,
  mistakeType: null,
  timeSpentSec: 3,
  reason: "zone",
  message: "",
});

/** The batch of the events after one number up to another, of an object that has sent all of them before. */
export function batchOf(studentId: string, { events, sessions }: Life, from: number, to: number): DrainBatch {
  const some = events.slice(from, to);
  return {
    studentId,
    afterSeq: (some[0]?.seq ?? 1) - 1,
    events: some,
    sessions: sessions.filter(({ id }) => some.some(({ event }) => event.sessionId === id)),
  };
}

export const drain = (batch: DrainBatch) => applyEvents(db, batch);

/** Lets a student answer on one skill so that its SmartScore goes through these, a minute apart, from this moment on, where their days go by this zone. */
export async function practise(
  studentId: string,
  scores: readonly number[],
  {
    skillId = 1,
    at = "2026-03-02T12:00:00.000Z",
    timeZone = "UTC",
  }: { skillId?: number; at?: string; timeZone?: string } = {},
): Promise<void> {
  const [mark] = await sql<{ seq: number }>(
    "select drained_seq::int as seq from practice_marks where student_id = $1",
    [studentId],
  );
  const deeds = scores.map((score, index): Deed => {
    const atMs = Date.parse(at) + index * 60_000;
    return { skillId, atMs, day: localDay(atMs, timeZone), creditMs: 60_000, score };
  });
  const life = lifeOf(deeds, mark?.seq ?? 0);
  await drain(batchOf(studentId, life, 0, deeds.length));
}

/** One award as a line: what, of which skill, and when. */
export const lineOf = (kind: string, skillId: number | null, threshold: number, atMs: number) =>
  `${new Date(atMs).toISOString()} ${kind} ${threshold}${skillId === null ? "" : ` in skill ${skillId}`}`;

/** What the record says that a student has been given, as lines. */
export async function awardsOf(studentId: string): Promise<string[]> {
  const rows = await sql<{ kind: string; skill_id: number | null; threshold: number; ms: number }>(
    "select kind, skill_id, threshold, (extract(epoch from earned_at) * 1000)::float8 as ms from awards where student_id = $1",
    [studentId],
  );
  return rows.map(({ kind, skill_id, threshold, ms }) => lineOf(kind, skill_id, threshold, ms)).sort();
}

export type CertificateRow = {
  code: string;
  type: string;
  skill_id: number;
  student_name: string;
  ms: number;
  day: string;
  awarded_by: string | null;
  is_revoked: boolean;
};

/** A student's certificates, revoked ones too, in the order of skill and type. */
export const certificatesOf = (studentId: string): Promise<CertificateRow[]> =>
  sql<CertificateRow>(
    `select code, type, skill_id, student_name, (extract(epoch from earned_at) * 1000)::float8 as ms, day::text, awarded_by,
       revoked_at is not null as is_revoked
     from certificates where student_id = $1 order by skill_id, type`,
    [studentId],
  );
