import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { v7 as uuid } from "uuid";
import { afterEach, describe, expect, it, vi } from "vitest";
import { StudentPractice } from "../../src/index.ts";
import { BATCH_EVENTS } from "../../src/practice/drain.ts";
import {
  type Account,
  clearFaults,
  hanging,
  type Json,
  outboundRequests,
  register,
  setFault,
  sql,
} from "../worker/client.ts";
import {
  answerCurrent,
  begin,
  eventsIn,
  finish,
  hasStored,
  heartbeat,
  inObject,
  next,
  objectOf,
  read,
  recordFrom,
  recordOf,
  start,
} from "../worker/practice.ts";
import { drainNow, onRecord, SOON } from "./on-record.ts";

afterEach(async () => {
  await clearFaults();
});

/** Keeps an object's flush waiting for Postgres, and every later one, until the faults are cleared. */
async function holdDrain(student: Account, session: Json): Promise<void> {
  await setFault({ target: "postgres", kind: "hang" });
  await answerCurrent(student, session);
  await expect.poll(hanging, SOON).toBe(1);
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
    const { id } = await begin(student);
    await onRecord(student.id);
    await holdDrain(student, (await read(student, id)).json().data);
    let session = (await read(student, id)).json().data;
    const before = await outboundRequests();
    for (let count = 0; count < 5; count++) {
      session = (await answerCurrent(student, session)).session;
      expect((await next(student, session.id, { skip: count % 2 === 0 })).status).toBe(200);
      expect((await heartbeat(student, session.id)).status).toBe(200);
      session = (await read(student, session.id)).json().data;
    }
    // Flushes are not among them: however many have given up by now, no reply can have waited for one.
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
    // Another test may have had this isolate read any skill that there is.
    const unread = 2_147_483_647;
    expect((await start(student, unread)).status).toBe(503);
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

  it("rings again while the object can read nothing of what it has stored, and nothing is lost", async () => {
    const student = await register();
    const session = await begin(student);
    await onRecord(student.id);
    await setFault({ target: "postgres", kind: "refuse" });
    await answerCurrent(student, session);
    await inObject(student.id, "ALTER TABLE sessions RENAME TO away");
    const rings = () =>
      runInDurableObject(objectOf(student.id), async (object, { storage }) => {
        if (!(object instanceof StudentPractice)) throw new Error("not a StudentPractice");
        await object.alarm();
        expect(await storage.getAlarm()).toBeGreaterThan(Date.now());
      });
    await rings();
    await evictDurableObject(objectOf(student.id));
    await rings();
    await inObject(student.id, "ALTER TABLE away RENAME TO sessions");
    await clearFaults();
    await drainNow(student.id);
    await onRecord(student.id);
  });

  it("rings again after a pause where the object cannot do what it rang for, and does it when it can", async () => {
    const student = await register();
    await finish(student, (await begin(student)).id);
    await onRecord(student.id);
    await expect
      .poll(() => inObject(student.id, "SELECT id FROM sessions WHERE recorded_at > 0"), SOON)
      .toHaveLength(1);
    await inObject(student.id, "UPDATE sessions SET recorded_at = 1");
    await inObject(
      student.id,
      "CREATE TRIGGER stuck BEFORE DELETE ON sessions BEGIN SELECT raise(ABORT, 'disk I/O error'); END",
    );
    await runInDurableObject(objectOf(student.id), async (object, { storage }) => {
      if (!(object instanceof StudentPractice)) throw new Error("not a StudentPractice");
      await object.alarm();
      expect(await storage.getAlarm()).toBeGreaterThan(Date.now());
    });
    expect(await hasStored(student.id)).toBe(true);
    await inObject(student.id, "DROP TRIGGER stuck");
    await expect.poll(() => hasStored(student.id), SOON).toBe(false);
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
    await onRecord(student.id);
    await holdDrain(student, first);
    await runInDurableObject(objectOf(student.id), async (object) => {
      if (!(object instanceof StudentPractice)) throw new Error("not a StudentPractice");
      const who = { studentId: student.id, isGuest: false, catalogVersion: null, anyVersion: true };
      // One a second, ending now: more at once are refused.
      const clock = vi.spyOn(Date, "now");
      const nowMs = Date.now();
      for (const second of Array.from({ length: 220 }).keys()) {
        clock.mockReturnValue(nowMs + (second - 220) * 1_000);
        const reply = await object.start({ ...who, skillId: 1, sessionId: uuid() });
        if (typeof reply !== "string") throw new Error("not started");
        await object.finish(JSON.parse(reply).id);
      }
      clock.mockRestore();
    });
    const events = await eventsIn(student.id);
    expect(events.length).toBeGreaterThan(400);
    await clearFaults();
    await onRecord(student.id);
    // Stored by the next alarm at the latest, and before so much was sent that it could not be told whose the mark is.
    const storedMark = () => inObject<{ drained_seq: number }>(student.id, "SELECT drained_seq FROM student");
    expect((await storedMark())[0]?.drained_seq).toBeGreaterThanOrEqual(events.length - 2 * BATCH_EVENTS);
    await runDurableObjectAlarm(objectOf(student.id));
    expect(await storedMark()).toEqual([{ drained_seq: events.length }]);
  });

  it("goes once, also when the object forgets again and again how far it was", async () => {
    const student = await register();
    let session = await begin(student);
    for (let count = 0; count < 4; count++) {
      session = (await answerCurrent(student, session)).session;
      await onRecord(student.id);
      await evictDurableObject(objectOf(student.id));
    }
    expect((await recordOf(student.id)).mark).toBe(5);
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
