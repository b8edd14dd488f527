import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { LiveClassroom } from "../../src/live/live-classroom.ts";
import { clearFaults, flushesOf, hanging, register, setFault } from "../worker/client.ts";
import { answerCurrent, begin, evict, finish, hasStored, heartbeat, inObject, objectOf } from "../worker/practice.ts";
import {
  alterHub,
  classOfOne,
  evictHub,
  hold,
  hubKeeps,
  hubOf,
  newClass,
  nextRingMs,
  passTime,
  ringHub,
  seatsOf,
  settled,
  watch,
} from "./live.ts";

/** Resolves when a student's object has said in its log, from now on, that it could not tell a class. */
async function toldInVain(): Promise<void> {
  const warn = vi.spyOn(console, "warn");
  onTestFinished(() => warn.mockRestore());
  await expect.poll(() => JSON.stringify(warn.mock.calls), { timeout: 5_000 }).toContain("class_not_told");
}

const watches = (studentId: string) => inObject(studentId, "SELECT classroom_id FROM watches");

describe("a student of a class that is watched", () => {
  it("is followed from their very first start through every answer to the end of the session", async () => {
    const { id, teacher, student } = await classOfOne();
    const client = await watch(id, teacher);
    expect(await client.see(student.id)).toMatchObject({ status: "OFFLINE", skill_id: null });
    let session = await begin(student);
    expect(await client.see(student.id, ({ status }) => status === "ACTIVE")).toMatchObject({
      session_id: session.id,
      questions_answered: 0,
      smartscore: 0,
      zone: "LEARNING",
    });
    for (const isRight of [true, false]) {
      session = (await answerCurrent(student, session, isRight)).session;
      const seen = await client.see(student.id, (shown) => shown.questions_answered === session.questions_answered);
      expect(seen).toMatchObject({
        correct: session.correct_count,
        incorrect: session.wrong_count,
        smartscore: session.smartscore,
        last_activity_at: session.last_activity_at,
      });
    }
    await finish(student, session.id);
    expect(await client.see(student.id, ({ status }) => status === "OFFLINE")).toMatchObject({
      session_id: session.id,
      questions_answered: 2,
    });
  });

  it("may need help after four wrong answers in a row, and no longer after a right one", async () => {
    const { id, teacher, student } = await classOfOne();
    let session = await begin(student);
    const client = await watch(id, teacher);
    for (let count = 0; count < 4; count++) session = (await answerCurrent(student, session, false)).session;
    expect(await client.see(student.id, ({ status }) => status === "NEEDS_HELP")).toMatchObject({ incorrect: 4 });
    await answerCurrent(student, session);
    await client.see(student.id, ({ status }) => status === "ACTIVE");
  });

  it("tells of many changes at once in one message a second, and of the last for sure", async () => {
    const { id, teacher, student } = await classOfOne();
    let session = await begin(student);
    const client = await watch(id, teacher);
    const startedMs = performance.now();
    for (let count = 0; count < 6; count++) session = (await answerCurrent(student, session)).session;
    await client.see(student.id, ({ questions_answered }) => questions_answered === 6);
    const seconds = (performance.now() - startedMs) / 1000;
    expect(client.updates.length).toBeLessThanOrEqual(1 + Math.ceil(seconds));
  });

  it("is shown at most once a second, however often their class hears of them, and at last as they are", async () => {
    const { id, teacher, student } = await classOfOne();
    await begin(student);
    const client = await watch(id, teacher);
    const seat = JSON.parse((await seatsOf(id))[0] ?? "");
    const startedMs = performance.now();
    for (let answered = 1; answered <= 20; answered++) {
      const report = { atMs: Date.now(), doing: { ...seat.report.doing, answered } };
      expect(await hubOf(id).report(student.id, report)).toBe(true);
    }
    await client.see(student.id, ({ questions_answered }) => questions_answered === 20);
    const seconds = (performance.now() - startedMs) / 1000;
    expect(client.updates.length).toBeLessThanOrEqual(1 + Math.ceil(seconds));
  });

  it("is seen by each of their classes, and by no other", async () => {
    const student = await register();
    const [first, second, other] = [await newClass([student]), await newClass([student]), await newClass()];
    const clients = await Promise.all([first, second, other].map(({ id, teacher }) => watch(id, teacher)));
    await begin(student);
    await clients[0]?.see(student.id, ({ status }) => status === "ACTIVE");
    await clients[1]?.see(student.id, ({ status }) => status === "ACTIVE");
    expect(clients[2]?.picture.size).toBe(0);
  });

  it("is followed on after their object was put out of memory", async () => {
    const { id, teacher, student } = await classOfOne();
    const session = await begin(student);
    const client = await watch(id, teacher);
    await evict(student.id);
    await answerCurrent(student, session);
    await client.see(student.id, ({ questions_answered }) => questions_answered === 1);
  });

  it("is followed on when the class asks again while it is being told in vain", async () => {
    const { id, student } = await classOfOne();
    const session = await begin(student);
    const ask = () => objectOf(student.id).watch({ classroomId: id, untilMs: Date.now() + 1_800_000 });
    await ask();
    const release = await hold(hubOf(id));
    await answerCurrent(student, session);
    await settled(student.id);
    await ask();
    release();
    // Nobody looks yet: the class's object says to the student that it need not be told.
    expect(await hubOf(id).report(student.id, { atMs: 0, doing: null })).toBe(false);
    await settled(student.id);
    expect(await watches(student.id)).toEqual([{ classroom_id: id }]);
  });

  it("is told of again where the class's object failed to store it", async () => {
    const { id, teacher, student } = await classOfOne();
    const session = await begin(student);
    const client = await watch(id, teacher);
    await alterHub(id, "ALTER TABLE seats RENAME TO away");
    const inVain = toldInVain();
    await answerCurrent(student, session);
    await inVain;
    await alterHub(id, "ALTER TABLE away RENAME TO seats");
    await client.see(student.id, ({ questions_answered }) => questions_answered === 1);
  });

  it("is followed where the class's object failed to store something just as the first teacher came", async () => {
    const [held, student] = [await register(), await register()];
    const { id, teacher } = await newClass([held, student]);
    await begin(held);
    const session = await begin(student);
    await hold(objectOf(held.id));
    const coming = watch(id, teacher);
    await expect.poll(() => hubKeeps(id)).toBe(true);
    await alterHub(id, "ALTER TABLE seats RENAME TO away");
    const inVain = toldInVain();
    await answerCurrent(student, session);
    await inVain;
    await alterHub(id, "ALTER TABLE away RENAME TO seats");
    await (await coming).see(student.id, ({ questions_answered }) => questions_answered === 1);
  });

  it("does not keep the teacher waiting where their object does not answer, and is shown as soon as it does", async () => {
    const { id, teacher, student } = await classOfOne();
    await begin(student);
    const release = await hold(objectOf(student.id));
    const client = await watch(id, teacher);
    expect(client.picture.get(student.id)).toMatchObject({ status: "OFFLINE" });
    release();
    await client.see(student.id, ({ status }) => status === "ACTIVE");
  });

  it("is asked again soon where their object failed to answer", async () => {
    const { id, teacher, student } = await classOfOne();
    await begin(student);
    await inObject(student.id, "ALTER TABLE watches RENAME TO away");
    const client = await watch(id, teacher);
    expect(client.picture.get(student.id)).toMatchObject({ status: "OFFLINE" });
    await inObject(student.id, "ALTER TABLE away RENAME TO watches");
    await expect.poll(() => nextRingMs(id)).toBeLessThanOrEqual(Date.now() + 20_000);
    await alterHub(id, "UPDATE watch SET unheard = json_set(unheard, '$.nextAskMs', 1)");
    await evictHub(id);
    await ringHub(id);
    await client.see(student.id, ({ status }) => status === "ACTIVE");
  });

  it("is answered as ever where the class's object fails", async () => {
    const { id, teacher, student } = await classOfOne();
    const session = await begin(student);
    await watch(id, teacher);
    await runInDurableObject(hubOf(id), (_object, { storage }) => storage.sql.exec("DROP TABLE seats").toArray());
    const reply = await answerCurrent(student, session);
    expect(reply).toMatchObject({ is_correct: true, session: { questions_answered: 1 } });
    expect((await heartbeat(student, session.id)).status).toBe(200);
  });
});

describe("while nobody looks", () => {
  it("a student who begins for the first time tells their class so, once, and nothing after that; it keeps nothing", async () => {
    const report = vi.spyOn(LiveClassroom.prototype, "report");
    onTestFinished(() => report.mockRestore());
    const { id, student } = await classOfOne();
    const told = () => report.mock.calls.filter(([studentId]) => studentId === student.id).length;
    const session = await begin(student);
    await expect.poll(told).toBe(1);
    await settled(student.id);
    await answerCurrent(student, session);
    await settled(student.id);
    expect(told()).toBe(1);
    expect(await watches(student.id)).toEqual([]);
    expect(await hubKeeps(id)).toBe(false);
  });

  it("an object without any session stores nothing, though a class has asked it", async () => {
    const { id, teacher, student } = await classOfOne();
    await watch(id, teacher);
    expect(await hasStored(student.id)).toBe(false);
  });

  it("a student's object forgets those who have gone, with the next change", async () => {
    const { id, teacher, student } = await classOfOne();
    const session = await begin(student);
    const client = await watch(id, teacher);
    expect(await watches(student.id)).toEqual([{ classroom_id: id }]);
    await client.stop();
    await expect.poll(() => hubKeeps(id)).toBe(false);
    await answerCurrent(student, session);
    await expect.poll(() => watches(student.id)).toEqual([]);
  });
});

describe("a class's object that was put out of memory", () => {
  it("keeps its connections and goes on telling", async () => {
    const { id, teacher, student } = await classOfOne();
    const session = await begin(student);
    const client = await watch(id, teacher);
    await evictHub(id);
    await answerCurrent(student, session);
    await client.see(student.id, ({ questions_answered }) => questions_answered === 1);
    client.send("ping");
    await client.until(() => client.pongs === 1);
    expect([client.snapshots, client.closes]).toEqual([1, []]);
  });

  it("shows the whole class to who comes then", async () => {
    const { id, teacher, student } = await classOfOne();
    const session = await begin(student);
    const first = await watch(id, teacher);
    await answerCurrent(student, session);
    const seen = await first.see(student.id, ({ questions_answered }) => questions_answered === 1);
    await evictHub(id);
    expect((await watch(id, teacher)).picture.get(student.id)).toEqual(seen);
  });
});

describe("time alone", () => {
  it("makes a student IDLE also while Postgres keeps the class's object waiting for the roll", async () => {
    const { id, teacher, student } = await classOfOne();
    await begin(student);
    const client = await watch(id, teacher);
    await expect.poll(() => flushesOf(student.id)).toBe(1);
    await setFault({ target: "postgres", kind: "hang", times: 1 });
    try {
      await alterHub(id, "UPDATE watch SET next_roll = 1");
      let isOver = false;
      const passing = passTime(id, 60_000).then(() => {
        isOver = true;
      });
      await expect.poll(hanging).toBe(1);
      await client.see(student.id, ({ status }) => status === "IDLE");
      await expect.poll(() => isOver).toBe(true);
      await passing;
    } finally {
      await clearFaults();
    }
  });

  it("makes a student IDLE after a minute and OFFLINE after five, and an answer ACTIVE again", async () => {
    const { id, teacher, student } = await classOfOne();
    const session = await begin(student);
    const client = await watch(id, teacher);
    await passTime(id, 60_000);
    await client.see(student.id, ({ status }) => status === "IDLE");
    await passTime(id, 240_000);
    await client.see(student.id, ({ status }) => status === "OFFLINE");
    await answerCurrent(student, session);
    await client.see(student.id, ({ status }) => status === "ACTIVE");
    expect(client.updates.map(({ status }) => status)).toEqual(["IDLE", "OFFLINE", "ACTIVE"]);
  });
});
