import { v7 as uuid } from "uuid";
import { describe, expect, it } from "vitest";
import { applyEvents as applyEventsBy } from "../../src/practice/apply-events.ts";
import type { DrainBatch, FlushReply } from "../../src/practice/drain.ts";
import type { PracticeEvent } from "../../src/practice/events.ts";
import { APPLY_FUNCTION } from "../../src/practice/record/apply-function.ts";
import type { Session } from "../../src/practice/session.ts";
import { sharedServices } from "../../src/services.ts";
import { bindings } from "../worker/apps.ts";
import { type Json, register, sql } from "../worker/client.ts";
import { recordFrom, recordOf, type StoredEvent } from "../worker/practice.ts";
import { batchOf, type Life, lifeOf } from "./life.ts";
import { twoChoices } from "./questions.ts";

const { db } = sharedServices(bindings);

const ALL = 24;

/** An event as an object that was put back sends it again. */
const resent = ({ event, ...stored }: StoredEvent): StoredEvent => ({
  ...stored,
  seq: stored.seq + ALL,
  event: { ...event, isResent: true },
});

/** A reply but for the profile, which goes with each. */
const gist = ({ profile, ...rest }: FlushReply) => rest;

it("comes to the same where the database lacks the function that applies it", async () => {
  const [{ id }, life, lack] = [await register(), lifeOf(ALL), { untilMs: 0 }];
  await sql(`drop function ${APPLY_FUNCTION.name}`);
  try {
    const reply = await applyEventsBy(db, batchOf(id, life, 0, 10), lack);
    expect(gist(reply)).toEqual({ mark: 10, isAhead: false, rejected: [] });
  } finally {
    await sql(APPLY_FUNCTION.definition);
  }
  // It is not looked for again at once.
  expect(lack.untilMs).toBeGreaterThan(Date.now());
  await applyEventsBy(db, batchOf(id, life, 5, ALL), lack);
  expect(await recordOf(id)).toEqual(recordFrom(life.events));
});

describe.each([
  { by: "the function", untilMs: 0 },
  { by: "the statements", untilMs: Number.POSITIVE_INFINITY },
])("a batch of events, applied by $by,", ({ untilMs }) => {
  const applyEvents = (to: typeof db, batch: DrainBatch) => applyEventsBy(to, batch, { untilMs });

  it("counts once, however often it comes", async () => {
    const [{ id }, life] = [await register(), lifeOf(ALL)];
    const batch = batchOf(id, life, 0, ALL);
    for (let count = 0; count < 3; count++) {
      expect(gist(await applyEvents(db, batch))).toEqual({ mark: ALL, isAhead: false, rejected: [] });
    }
    expect(await recordOf(id)).toEqual(recordFrom(life.events));
  });

  it("counts once, when forty of it come at once", async () => {
    const [{ id }, life] = [await register(), lifeOf(ALL)];
    const batch = batchOf(id, life, 0, ALL);
    const replies = await Promise.all(Array.from({ length: 40 }, () => applyEvents(db, batch)));
    expect(replies.map(gist)).toEqual(replies.map(() => ({ mark: ALL, isAhead: false, rejected: [] })));
    expect(await recordOf(id)).toEqual(recordFrom(life.events));
  });

  it("counts once, when it grows from try to try and the tries come in any order, or at once", async () => {
    const orders = [
      [24, 7, 15, 1],
      [1, 15, 7, 24],
      [7, 24, 24, 15],
    ];
    for (const order of orders) {
      const [{ id }, life] = [await register(), lifeOf(ALL)];
      for (const to of order) await applyEvents(db, batchOf(id, life, 0, to));
      expect(await recordOf(id)).toEqual(recordFrom(life.events));
    }
    const [{ id }, life] = [await register(), lifeOf(ALL)];
    await Promise.all([...orders.flat(), ...orders.flat()].map((to) => applyEvents(db, batchOf(id, life, 0, to))));
    expect(await recordOf(id)).toEqual(recordFrom(life.events));
  });

  it("comes to the same, one event at a time and all at once", async () => {
    const [one, other] = [await register(), await register()];
    const life = lifeOf(ALL);
    for (let to = 1; to <= ALL; to++) await applyEvents(db, batchOf(one.id, life, to - 1, to));
    const copies = new Map(life.sessions.map(({ id }) => [id, uuid()]));
    const again: Life = JSON.parse(
      JSON.stringify({
        events: life.events.map((stored) =>
          stored.event.kind === "answered" ? { ...stored, event: { ...stored.event, attemptId: uuid() } } : stored,
        ),
        sessions: life.sessions,
      }).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => copies.get(id) ?? id),
    );
    await applyEvents(db, batchOf(other.id, again, 0, ALL));
    const [{ progress, days, skips, mark }, whole] = [await recordOf(one.id), await recordOf(other.id)];
    expect(whole).toMatchObject({ progress, days, skips, mark });
  });

  it("that only opens a session after the last answer leaves the last score as the answer made it", async () => {
    const [{ id }, life] = [await register(), lifeOf(ALL)];
    const [answered] = life.sessions;
    if (!answered) throw new Error("there are two");
    const reopened: Session = { ...answered, id: uuid(), score: { ...answered.score, score: 0 }, bestScore: 0 };
    const opened: StoredEvent = {
      seq: ALL + 1,
      skillId: reopened.skillId,
      parked: false,
      event: { kind: "opened", sessionId: reopened.id, atMs: Date.UTC(2026, 2, 3), day: "2026-03-03", creditMs: 0 },
    };
    const grown = { events: [...life.events, opened], sessions: [...life.sessions, reopened] };
    await applyEvents(db, batchOf(id, grown, 0, ALL + 1));
    expect(await recordOf(id)).toEqual(recordFrom(grown.events));
  });

  it("that brings time alone to a session that began lower leaves the last score as the answer made it", async () => {
    const [{ id }, life] = [await register(), lifeOf(ALL)];
    const [answered] = life.sessions;
    if (!answered) throw new Error("there are two");
    const again: Session = { ...answered, id: uuid(), score: { ...answered.score, score: 0 }, bestScore: 0 };
    const base = { sessionId: again.id, day: "2026-03-03", creditMs: 0 };
    const events: PracticeEvent[] = [
      { kind: "opened", ...base, atMs: Date.UTC(2026, 2, 3) },
      { kind: "credited", ...base, atMs: Date.UTC(2026, 2, 3, 0, 0, 5), creditMs: 5_000 },
    ];
    const more = events.map((event, index) => ({
      seq: ALL + 1 + index,
      skillId: again.skillId,
      parked: false,
      event,
    }));
    const grown = { events: [...life.events, ...more], sessions: [...life.sessions, again] };
    await applyEvents(db, batchOf(id, grown, 0, ALL));
    await applyEvents(db, batchOf(id, grown, ALL, ALL + 2));
    expect(await recordOf(id)).toEqual(recordFrom(grown.events));
  });

  it("of a skill that does not exist is named, and keeps nothing else back", async () => {
    const [{ id }, life] = [await register(), lifeOf(ALL)];
    const bad = life.events.map((stored) => (stored.skillId === 2 ? { ...stored, skillId: 999_999 } : stored));
    const sessions = life.sessions.map((session) =>
      session.skillId === 2 ? { ...session, skillId: 999_999 } : session,
    );
    const reply = await applyEvents(db, batchOf(id, { events: bad, sessions }, 0, ALL));
    const rejected = bad.filter(({ skillId }) => skillId === 999_999).map(({ seq }) => seq);
    expect({ ...gist(reply), rejected: reply.rejected.toSorted((a, b) => a - b) }).toEqual({
      mark: ALL,
      isAhead: false,
      rejected,
    });
    const good = recordFrom(life.events.filter(({ skillId }) => skillId === 1));
    expect(await recordOf(id)).toEqual({ ...good, mark: ALL });
  });

  it("of a student who does not exist is told so, and leaves nothing", async () => {
    const [id, life] = [uuid(), lifeOf(ALL)];
    expect(await applyEvents(db, batchOf(id, life, 0, ALL))).toMatchObject({
      mark: null,
      isAhead: false,
      profile: null,
    });
    expect(await recordOf(id)).toEqual(recordFrom([]));
  });

  it("that comes again under new numbers, from an object that was put back, adds no answer, time or skip", async () => {
    const [{ id }, life] = [await register(), lifeOf(ALL)];
    await applyEvents(db, batchOf(id, life, 0, ALL));
    const before = await recordOf(id);
    const renumbered = { ...life, events: life.events.map(resent) };
    await applyEvents(db, { ...batchOf(id, renumbered, 3, ALL), afterSeq: ALL });
    expect(await recordOf(id)).toEqual({ ...before, mark: 2 * ALL });
  });

  it("is answered with the student's profile as the record has it", async () => {
    const [{ id }, life] = [await register(), lifeOf(ALL)];
    const profileAt = async (to: number) => (await applyEvents(db, batchOf(id, life, 0, to))).profile;
    expect(await profileAt(3)).toEqual({ gradeLevel: 5, timeZone: "UTC", plan: "FREE", isActive: true });
    await sql(
      "update users set grade_level = null, time_zone = 'Asia/Tokyo', plan = 'PREMIUM', is_active = false where id = $1",
      [id],
    );
    expect(await profileAt(4)).toEqual({ gradeLevel: null, timeZone: "Asia/Tokyo", plan: "PREMIUM", isActive: false });
  });

  it("that comes late, when the mark is beyond its end, is not taken", async () => {
    const [{ id }, life] = [await register(), lifeOf(ALL)];
    await applyEvents(db, batchOf(id, life, 0, 10));
    const before = await recordOf(id);
    expect(gist(await applyEvents(db, batchOf(id, life, 0, 7)))).toEqual({ mark: 10, isAhead: true, rejected: [] });
    expect(await recordOf(id)).toEqual(before);
  });

  it("that begins beyond the mark is not taken: Postgres was put back, and lacks what came before", async () => {
    const [{ id }, life] = [await register(), lifeOf(ALL)];
    await applyEvents(db, batchOf(id, life, 0, 7));
    const before = await recordOf(id);
    expect(gist(await applyEvents(db, batchOf(id, life, 10, ALL)))).toEqual({ mark: 7, isAhead: false, rejected: [] });
    expect(await recordOf(id)).toEqual(before);
  });

  it("may be without events: the reply says how far Postgres is", async () => {
    const [{ id }, life] = [await register(), lifeOf(ALL)];
    await applyEvents(db, batchOf(id, life, 0, 7));
    const before = await recordOf(id);
    expect(gist(await applyEvents(db, batchOf(id, life, 7, 7)))).toEqual({ mark: 7, isAhead: false, rejected: [] });
    expect(await recordOf(id)).toEqual(before);
  });

  it("from an object that Postgres has other events of is not taken, not even what lies beyond the mark", async () => {
    const [{ id }, life] = [await register(), lifeOf(ALL)];
    await applyEvents(db, batchOf(id, life, 0, 10));
    const before = await recordOf(id);
    const otherLife = lifeOf(ALL);
    expect(gist(await applyEvents(db, batchOf(id, otherLife, 5, ALL)))).toEqual({
      mark: 10,
      isAhead: true,
      rejected: [],
    });
    expect(await recordOf(id)).toEqual(before);
  });

  it("keeps an answer with its question as it stood, its key, its day and its claim", async () => {
    const [{ id }, life] = [await register(), lifeOf(3)];
    await applyEvents(db, batchOf(id, life, 0, 3));
    const rows = await sql<Json>(
      `select skill_id, question_id::int, level, question, correct_answer, submitted_answer, is_correct, day::text,
         time_spent_sec, smartscore_before, smartscore_after, change_reason from attempts where student_id = $1`,
      [id],
    );
    expect(rows).toEqual([
      {
        skill_id: 1,
        question_id: 1,
        level: 2,
        question: {
          type: "MCQ",
          prompt: "Question 1",
          data: twoChoices(1, 2).data,
          explanation: "Because of 1",
        },
        correct_answer: { choice: "A" },
        submitted_answer: { choice: "A" },
        is_correct: true,
        day: "2026-03-01",
        time_spent_sec: 3,
        smartscore_before: 1,
        smartscore_after: 2,
        change_reason: "zone",
      },
    ]);
  });
});
