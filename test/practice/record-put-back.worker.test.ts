import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it } from "vitest";
import { type Account, clearFaults, type Json, register, setFault, sql } from "../worker/client.ts";
import {
  alter,
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
} from "../worker/practice.ts";
import { drainNow, onRecord, SOON } from "./on-record.ts";
import { copyOf, putBack } from "./put-back.ts";

const DAY_MS = 24 * 3600 * 1000;

afterEach(async () => {
  await clearFaults();
});

/** Answers, puts a question aside, and stays. */
async function practise(student: Account, { id }: Json, answers: number): Promise<void> {
  for (let count = 0; count < answers; count++) {
    const { session } = await answerCurrent(student, (await read(student, id)).json().data);
    await heartbeat(student, session.id);
    if (count % 3 === 0) await next(student, session.id, { skip: true });
  }
}

const wonBy = (studentId: string) =>
  sql<Json>(
    `select kind, skill_id, threshold from awards where student_id = $1
     union all select type, skill_id, 0 from certificates where student_id = $1 order by 1, 2, 3`,
    [studentId],
  );

const numbersIn = async (studentId: string) => (await eventsIn(studentId)).map(({ seq }) => seq);

/** A day later, as far as the object can tell. */
async function aDayLater(studentId: string): Promise<void> {
  await alter(studentId, "UPDATE sessions SET recorded_at = recorded_at - ?", DAY_MS);
  await runDurableObjectAlarm(objectOf(studentId));
}

/** A finished session that is on record, with the record as it was while it was under way. */
async function finishedSince(student: Account): Promise<{ session: Json; copy: Awaited<ReturnType<typeof copyOf>> }> {
  const session = await begin(student);
  await practise(student, session, 2);
  await onRecord(student.id);
  const copy = await copyOf(sql, [student.id]);
  await practise(student, session, 2);
  await finish(student, session.id);
  await onRecord(student.id);
  await expect
    .poll(() => inObject(student.id, "SELECT count(*) AS n FROM sessions WHERE recorded_at > 0"), SOON)
    .toEqual([{ n: 1 }]);
  return { session, copy };
}

describe("a record that was put back to an earlier moment", () => {
  it("gets all that the object holds since with the student's next answer, once, and what it had earned", async () => {
    const student = await register();
    const [first, other] = [await begin(student, 1), await begin(student, 2)];
    await practise(student, first, 3);
    await onRecord(student.id);
    const copy = await copyOf(sql, [student.id]);
    await practise(student, first, 9);
    await practise(student, other, 2);
    await finish(student, other.id);
    await onRecord(student.id);
    const won = await wonBy(student.id);
    expect(won).toContainEqual({ kind: "RIBBON", skill_id: 1, threshold: 70 });

    await putBack(sql, [student.id], copy);
    expect(await wonBy(student.id)).not.toContainEqual({ kind: "RIBBON", skill_id: 1, threshold: 70 });
    const numbers = await numbersIn(student.id);
    await practise(student, first, 1);
    await onRecord(student.id);
    expect(await wonBy(student.id)).toEqual(won);
    expect((await numbersIn(student.id)).slice(0, numbers.length)).toEqual(numbers);
    // From then on it goes on as ever.
    await practise(student, first, 1);
    await onRecord(student.id);
  });

  it("gets it too where the object forgot how far it was, and where replies are lost on the way", async () => {
    const student = await register();
    const session = await begin(student);
    await onRecord(student.id);
    const copy = await copyOf(sql, [student.id]);
    await practise(student, session, 3);
    await drainNow(student.id);
    await onRecord(student.id);
    await putBack(sql, [student.id], copy);
    await setFault({ target: "postgres", kind: "drop_reply", times: 2 });
    await practise(student, session, 1);
    for (let count = 0; count < 4; count++) await drainNow(student.id);
    await onRecord(student.id);
  });

  it("gets it from a student who does not come back too, before the session leaves its object", async () => {
    const student = await register();
    const { session, copy } = await finishedSince(student);
    const before = (await read(student, session.id)).text;
    await putBack(sql, [student.id], copy);
    await aDayLater(student.id);
    await onRecord(student.id);
    expect(await inObject(student.id, "SELECT id FROM sessions")).toEqual([{ id: session.id }]);
    await expect
      .poll(() => inObject(student.id, "SELECT id FROM sessions WHERE recorded_at > 0"), SOON)
      .toHaveLength(1);
    await aDayLater(student.id);
    expect(await hasStored(student.id)).toBe(false);
    expect((await read(student, session.id)).text).toBe(before);
  });

  it("lacks what has left since, gets the rest, and numbers go on", async () => {
    const student = await register();
    await begin(student, 2);
    await onRecord(student.id);
    const { copy } = await finishedSince(student);
    await aDayLater(student.id);
    const live = await begin(student, 2);
    await practise(student, live, 1);
    await drainNow(student.id);
    await putBack(sql, [student.id], copy);
    const held = async () =>
      recordFrom((await eventsIn(student.id)).filter(({ event }) => event.sessionId === live.id));
    await practise(student, live, 1);
    const { attempts, mark } = await held();
    await expect.poll(() => recordOf(student.id), SOON).toMatchObject({ mark });
    expect((await recordOf(student.id)).attempts).toEqual(expect.arrayContaining(attempts));
    await practise(student, live, 1);
    await expect.poll(async () => (await recordOf(student.id)).mark, SOON).toBe((await held()).mark);
  });
});

describe("a session whose time to leave has come", () => {
  it("stays while Postgres cannot say that it has it still, and tries again after a pause", async () => {
    const student = await register();
    await finishedSince(student);
    await setFault({ target: "postgres", kind: "refuse" });
    await aDayLater(student.id);
    expect(await hasStored(student.id)).toBe(true);
    await runInDurableObject(objectOf(student.id), async (_object, { storage }) => {
      expect(await storage.getAlarm()).toBeGreaterThan(Date.now());
    });
    await clearFaults();
    await expect.poll(() => hasStored(student.id), SOON).toBe(false);
  });
});
