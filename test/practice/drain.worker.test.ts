import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { v7 as uuid } from "uuid";
import { afterEach, describe, expect, it } from "vitest";
import type { Bindings } from "../../src/bindings.ts";
import { StudentPractice } from "../../src/index.ts";
import { applyEvents } from "../../src/practice/apply-events.ts";
import type { DrainBatch, NumberedEvent } from "../../src/practice/drain.ts";
import type { PracticeEvent } from "../../src/practice/events.ts";
import { openSession, type Session } from "../../src/practice/session.ts";
import { sharedServices } from "../../src/services.ts";
import { type Account, clearFaults, type Json, outboundRequests, register, setFault, sql } from "../worker/client.ts";
import {
  answerCurrent,
  begin,
  eventsIn,
  finish,
  heartbeat,
  inObject,
  next,
  objectOf,
  read,
  recordFrom,
  recordOf,
  rightAnswer,
  type StoredEvent,
  start,
  submit,
} from "../worker/practice.ts";
import { twoChoices } from "./questions.ts";

afterEach(async () => {
  await clearFaults();
});

const { db } = sharedServices(env as unknown as Bindings);

const SOON = { timeout: 15_000, interval: 100 };

/** Resolves when the record of a student is just what their object's events come to. */
const onRecord = async (studentId: string) =>
  expect.poll(() => recordOf(studentId), SOON).toEqual(recordFrom(await eventsIn(studentId)));

/** Makes an object send at once what it has, as if its time had come. */
async function drainNow(studentId: string): Promise<void> {
  await evictDurableObject(objectOf(studentId));
  await runDurableObjectAlarm(objectOf(studentId));
}

/** A session in which some was answered, skipped, waited and finished. */
async function practised(student: Account, skillId = 1): Promise<Json> {
  let session = await begin(student, skillId);
  for (const isRight of [true, true, false, true]) session = (await answerCurrent(student, session, isRight)).session;
  await next(student, session.id, { skip: true });
  await heartbeat(student, session.id);
  await finish(student, session.id);
  return session;
}

describe("while a student practises", () => {
  it("nothing is asked of Postgres and Redis before the reply to an answer, a next, a heartbeat or a read", async () => {
    const student = await register();
    let session = await begin(student);
    await runInDurableObject(objectOf(student.id), async (_object, { storage }) => {
      // The drain comes after the reply: it is put off, so that what is counted is the reply's own.
      await storage.setAlarm(Date.now() + 3_600_000);
    });
    const before = await outboundRequests();
    for (let count = 0; count < 5; count++) {
      session = (await answerCurrent(student, session)).session;
      await next(student, session.id, { skip: count % 2 === 0 });
      await heartbeat(student, session.id);
      session = (await read(student, session.id)).json().data;
    }
    // The test itself looks the right answers up past the stand-ins' counters.
    expect(await outboundRequests()).toEqual(before);
  });

  it("with Postgres and Redis refusing every connection all goes on, and comes on record once when they are back", async () => {
    const student = await register();
    let session = await begin(student, 1);
    await setFault({ target: "all", kind: "refuse" });
    for (let count = 0; count < 3; count++) session = (await answerCurrent(student, session)).session;
    await drainNow(student.id);
    expect((await next(student, session.id, { skip: true })).status).toBe(200);
    expect((await heartbeat(student, session.id)).status).toBe(200);
    session = (await read(student, session.id)).json().data;
    session = (await answerCurrent(student, session, false)).session;
    expect((await finish(student, session.id)).status).toBe(200);
    const again = await begin(student, 1);
    expect(again.smartscore).toBe(session.smartscore);
    await answerCurrent(student, again);
    expect((await start(student, 2)).status).toBe(503);
    expect(recordFrom(await eventsIn(student.id)).attempts).toHaveLength(5);
    expect((await recordOf(student.id)).attempts).toEqual([]);
    await clearFaults();
    await onRecord(student.id);
  });

  it("a student never seen before is told 503 while Postgres is away, with when to try again, and nothing is stored", async () => {
    const student = await register();
    await setFault({ target: "postgres", kind: "refuse" });
    const refused = await start(student);
    expect([refused.status, refused.json().error.code]).toEqual([503, "service_unavailable"]);
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
    await clearFaults();
    expect((await start(student)).status).toBe(200);
  });
});

describe("a flush whose", () => {
  it.each(["refuse", "http_500", "drop_reply", "wrong"])(
    "request meets `%s` three times over leaves everything on record just once",
    async (kind) => {
      const student = await register();
      await begin(student);
      await setFault({ target: "postgres", kind, times: 3 });
      await practised(student);
      for (let count = 0; count < 4; count++) {
        await drainNow(student.id);
        await heartbeat(student, (await begin(student, 1)).id);
      }
      await onRecord(student.id);
    },
  );

  it("request hangs does not hold up the student, and all is on record when it has been given up", async () => {
    const student = await register();
    const session = await begin(student);
    await onRecord(student.id);
    await setFault({ target: "postgres", kind: "hang", times: 1 });
    const { session: answered } = await answerCurrent(student, session);
    await expect.poll(async () => (await hanging()) > 0, SOON).toBe(true);
    for (let count = 0; count < 3; count++) expect((await heartbeat(student, answered.id)).status).toBe(200);
    await clearFaults();
    await onRecord(student.id);
  });

  const hanging = async () => {
    const report: Json = await (await fetch("http://127.0.0.1:8790/faults")).json();
    return report.postgres.inFlight;
  };
});

describe("an alarm", () => {
  it("that fails again and again is armed again each time, and never throws: the platform would give it up", async () => {
    const student = await register();
    await begin(student);
    await setFault({ target: "postgres", kind: "refuse" });
    await practised(student);
    for (let count = 0; count < 9; count++) {
      await evictDurableObject(objectOf(student.id));
      await runInDurableObject(objectOf(student.id), async (object, { storage }) => {
        if (!(object instanceof StudentPractice)) throw new Error("not a StudentPractice");
        await object.alarm();
        expect(await storage.getAlarm()).toBeGreaterThan(Date.now());
      });
    }
    await clearFaults();
    await onRecord(student.id);
  });

  it("that the platform has forgotten is set anew when the object wakes, without any command", async () => {
    const student = await register();
    await begin(student);
    await setFault({ target: "postgres", kind: "refuse" });
    await practised(student);
    await runInDurableObject(objectOf(student.id), (_object, { storage }) => storage.deleteAlarm());
    await clearFaults();
    await evictDurableObject(objectOf(student.id));
    await onRecord(student.id);
  });
});

describe("more than one batch can hold", () => {
  it("goes to Postgres in several, one after the other, without any further request", async () => {
    const student = await register();
    const first = await begin(student);
    await setFault({ target: "postgres", kind: "refuse" });
    await answerCurrent(student, first);
    await runInDurableObject(objectOf(student.id), async (object) => {
      if (!(object instanceof StudentPractice)) throw new Error("not a StudentPractice");
      const who = { studentId: student.id, isGuest: false, catalogVersion: null, anyVersion: true };
      for (const skillId of Array.from({ length: 220 }, () => 1)) {
        const reply = await object.start({ ...who, skillId, sessionId: uuid() });
        if (reply.ok !== true) throw new Error("not started");
        await object.finish(JSON.parse(reply.body).id);
      }
    });
    const events = await eventsIn(student.id);
    expect(events.length).toBeGreaterThan(400);
    await evictDurableObject(objectOf(student.id));
    await clearFaults();
    await onRecord(student.id);
    expect(await inObject(student.id, "SELECT drained_seq FROM student")).toEqual([{ drained_seq: events.length }]);
  });

  it("goes once, also when two alarms ring at once", async () => {
    const student = await register();
    await setFault({ target: "postgres", kind: "delay", ms: 50 });
    await practised(student);
    await runInDurableObject(objectOf(student.id), async (object) => {
      if (!(object instanceof StudentPractice)) throw new Error("not a StudentPractice");
      await Promise.all([object.alarm(), object.alarm(), object.alarm()]);
    });
    await clearFaults();
    await onRecord(student.id);
  });
});

describe("an object that was put back to an older state", () => {
  type Rows = Record<string, SqlStorageValue>[];

  const copy = (studentId: string) =>
    runInDurableObject(objectOf(studentId), (_object, { storage: { sql: own } }) =>
      ["student", "last_scores", "sessions", "events"].map((table): [string, Rows] => [
        table,
        own.exec(`SELECT * FROM ${table}`).toArray(),
      ]),
    );

  async function putBack(studentId: string, tables: [string, Rows][]): Promise<void> {
    await runInDurableObject(objectOf(studentId), (_object, { storage }) =>
      storage.transactionSync(() => {
        for (const [table, rows] of tables) {
          storage.sql.exec(`DELETE FROM ${table}`);
          for (const row of rows) {
            const names = Object.keys(row);
            storage.sql.exec(
              `INSERT INTO ${table} (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`,
              ...Object.values(row),
            );
          }
        }
      }),
    );
    await evictDurableObject(objectOf(studentId));
  }

  it.each([
    { what: "less than it had done since", before: 3, after: 1 },
    { what: "just as much", before: 2, after: 2 },
    { what: "more", before: 1, after: 4 },
  ])("loses nothing of what is done from then on: $what", async ({ before, after }) => {
    const student = await register();
    let session = await begin(student);
    session = (await answerCurrent(student, session)).session;
    await drainNow(student.id);
    await onRecord(student.id);
    const old = await copy(student.id);
    for (let count = 0; count < before; count++) session = (await answerCurrent(student, session)).session;
    await drainNow(student.id);
    await onRecord(student.id);
    const lost = (await recordOf(student.id)).attempts;

    await setFault({ target: "postgres", kind: "refuse" });
    await putBack(student.id, old);
    session = (await read(student, session.id)).json().data;
    for (let count = 0; count < after; count++) session = (await answerCurrent(student, session)).session;
    await clearFaults();
    const now = recordFrom(await eventsIn(student.id)).attempts;
    expect(now).toHaveLength(1 + after);
    await expect
      .poll(async () => (await recordOf(student.id)).attempts, SOON)
      .toEqual([...new Set([...lost, ...now])].sort());
    // Answers keep their keys: a repeat after the renumbering still finds its first reply.
    const last = (await eventsIn(student.id)).at(-1);
    expect(last?.seq).toBe((await recordOf(student.id)).mark);
    const key = {
      questionId: session.current_question.id,
      answer: await rightAnswer(session.current_question.id),
      key: "k",
    };
    const first = await submit(student, session.id, key);
    expect((await submit(student, session.id, key)).text).toBe(first.text);
  });
});

describe("what Postgres can never take", () => {
  it("of a student who was deleted is parked, and the object comes to rest", async () => {
    const student = await register();
    await begin(student);
    await onRecord(student.id);
    await sql("delete from users where id = $1", [student.id]);
    await practised(student);
    await expect
      .poll(() => inObject(student.id, "SELECT count(*) AS parked FROM events WHERE parked = 1"), SOON)
      .toEqual([{ parked: (await eventsIn(student.id)).length - 1 }]);
    expect(await inObject(student.id, "SELECT count(*) AS open FROM sessions WHERE recorded_at IS NULL")).toEqual([
      { open: 0 },
    ]);
  });
});

/** A student's life as events made by hand, of two skills over two days, some of it ended. */
function lifeOf(count: number): { events: StoredEvent[]; sessions: Session[] } {
  const startMs = Date.UTC(2026, 2, 1, 23, 50);
  const sessions = [1, 2].map((skillId) =>
    openSession({
      id: uuid(),
      skillId,
      poolVersion: 1,
      pool: [twoChoices(1, 2)],
      seed: 1,
      startScore: 0,
      capMs: 240_000,
      nowMs: startMs,
    }),
  );
  const events: StoredEvent[] = sessions.map(({ id, skillId }, index) => ({
    seq: index + 1,
    skillId,
    parked: false,
    event: { kind: "opened", sessionId: id, atMs: startMs, day: "2026-03-01", creditMs: 0 },
  }));
  for (let index = events.length; index < count; index++) {
    const session = sessions[index % 2];
    if (!session) throw new Error("there are two");
    const atMs = startMs + index * 30_000;
    const base = {
      sessionId: session.id,
      atMs,
      day: new Date(atMs).toISOString().slice(0, 10),
      creditMs: 1_000 + index,
    };
    events.push({ seq: index + 1, skillId: session.skillId, parked: false, event: eventOf(index, base) });
  }
  const finalScore = (skillId: number) =>
    events.reduce(
      (score, { skillId: of, event }) => (of === skillId && event.kind === "answered" ? event.scoreAfter : score),
      0,
    );
  return {
    events,
    sessions: sessions.map((session) => ({
      ...session,
      bestScore: finalScore(session.skillId),
      score: { ...session.score, score: finalScore(session.skillId) },
    })),
  };
}

type Base = { sessionId: string; atMs: number; day: string; creditMs: number };

function eventOf(index: number, base: Base): PracticeEvent {
  if (index % 5 === 3) return { kind: "skipped", ...base, creditMs: 0, questionId: 7 };
  if (index % 5 === 4) return { kind: "credited", ...base };
  return {
    kind: "answered",
    ...base,
    attemptId: uuid(),
    questionId: 1,
    submitted: { choice: "A" },
    correct: index % 3 !== 0,
    mistakeType: null,
    timeSpentSec: 3,
    scoreBefore: index - 1,
    scoreAfter: index,
    zoneBefore: "LEARNING",
    zoneAfter: "LEARNING",
    reason: "zone",
  };
}

type Life = ReturnType<typeof lifeOf>;

/** The batch of the events after one number up to another, as their object would send it. */
function batchOf(studentId: string, { events, sessions }: Life, from: number, to: number, sentSeq = from): DrainBatch {
  const some = events.slice(from, to);
  return {
    studentId,
    sentSeq,
    events: some.map(
      ({ seq, skillId, event }): NumberedEvent => ({
        seq,
        skillId,
        event,
        question: event.kind === "answered" ? twoChoices(1, 2) : null,
      }),
    ),
    sessions: sessions.filter(({ id }) => some.some(({ event }) => event.sessionId === id)),
  };
}

describe("a batch of events", () => {
  const ALL = 24;

  it("counts once, however often it comes", async () => {
    const [{ id }, life] = [await register(), lifeOf(ALL)];
    const batch = batchOf(id, life, 0, ALL);
    for (let count = 0; count < 3; count++) {
      expect(await applyEvents(db, { ...batch, sentSeq: count === 0 ? 0 : ALL })).toEqual({
        mark: ALL,
        isAhead: false,
        rejected: [],
      });
    }
    expect(await recordOf(id)).toEqual(recordFrom(life.events));
  });

  it("counts once, when forty of it come at once", async () => {
    const [{ id }, life] = [await register(), lifeOf(ALL)];
    const batch = batchOf(id, life, 0, ALL, ALL);
    const replies = await Promise.all(Array.from({ length: 40 }, () => applyEvents(db, batch)));
    expect(replies).toEqual(replies.map(() => ({ mark: ALL, isAhead: false, rejected: [] })));
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
      for (const to of order) await applyEvents(db, batchOf(id, life, 0, to, ALL));
      expect(await recordOf(id)).toEqual(recordFrom(life.events));
    }
    const [{ id }, life] = [await register(), lifeOf(ALL)];
    await Promise.all([...orders.flat(), ...orders.flat()].map((to) => applyEvents(db, batchOf(id, life, 0, to, ALL))));
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

  it("of a skill that does not exist is named, and keeps nothing else back", async () => {
    const [{ id }, life] = [await register(), lifeOf(ALL)];
    const bad = life.events.map((stored) => (stored.skillId === 2 ? { ...stored, skillId: 999_999 } : stored));
    const sessions = life.sessions.map((session) =>
      session.skillId === 2 ? { ...session, skillId: 999_999 } : session,
    );
    const reply = await applyEvents(db, batchOf(id, { events: bad, sessions }, 0, ALL));
    const rejected = bad.filter(({ skillId }) => skillId === 999_999).map(({ seq }) => seq);
    expect({ ...reply, rejected: reply.rejected.toSorted((a, b) => a - b) }).toEqual({
      mark: ALL,
      isAhead: false,
      rejected,
    });
    const good = recordFrom(life.events.filter(({ skillId }) => skillId === 1));
    expect(await recordOf(id)).toEqual({ ...good, mark: ALL });
  });

  it("of a student who does not exist is told so, and leaves nothing", async () => {
    const [id, life] = [uuid(), lifeOf(ALL)];
    expect(await applyEvents(db, batchOf(id, life, 0, ALL))).toMatchObject({ mark: null, isAhead: false });
    expect(await recordOf(id)).toEqual(recordFrom([]));
  });

  it("from an object that Postgres is ahead of is not taken, not even what lies beyond the mark", async () => {
    const [{ id }, life] = [await register(), lifeOf(ALL)];
    await applyEvents(db, batchOf(id, life, 0, 10));
    const before = await recordOf(id);
    const otherLife = lifeOf(ALL);
    expect(await applyEvents(db, batchOf(id, otherLife, 5, ALL, 5))).toEqual({ mark: 10, isAhead: true, rejected: [] });
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
