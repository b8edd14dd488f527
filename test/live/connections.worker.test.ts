import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { classroomChanged } from "../../src/live/classroom-changed.ts";
import { servicesWith } from "../worker/apps.ts";
import { clearFaults, register, setFault, sql } from "../worker/client.ts";
import { answerCurrent, begin } from "../worker/practice.ts";
import {
  addTeachers,
  alterBadges,
  classOfOne,
  closeCode,
  closeCodeOfHub,
  enrol,
  evictHub,
  hubKeeps,
  hubOf,
  letGo,
  newClass,
  newTeacher,
  newTeachers,
  ringHub,
  tokenOf,
  watch,
} from "./live.ts";

const services = servicesWith({});

describe("a connection", () => {
  it("ends with 4401 when the token runs out", async () => {
    const { id, teacher } = await newClass();
    const client = await watch(id, teacher);
    await alterBadges(id, { expiresAtMs: Date.now() - 1 });
    await client.until(() => client.closes.length > 0);
    expect(client.closes).toEqual([4401]);
  });

  it("ends with 4408 after a minute without a ping, and stays with one", async () => {
    const { id, teacher } = await newClass();
    const [silent, alive] = [await watch(id, teacher), await watch(id, teacher)];
    alive.send("ping");
    await alive.until(() => alive.pongs === 1);
    await alterBadges(id, { connectedAtMs: Date.now() - 60_000 });
    await silent.until(() => silent.closes.length > 0);
    expect([silent.closes, alive.closes]).toEqual([[4408], []]);
  });

  it("takes no notice of garbage", async () => {
    const { id, teacher, student } = await classOfOne();
    const client = await watch(id, teacher);
    for (const garbage of ["", "PING", "{", '{"type":"snapshot"}', "\u0000", "💥"]) client.send(garbage);
    await begin(student);
    await client.see(student.id, ({ status }) => status === "ACTIVE");
    expect([client.snapshots, client.closes]).toEqual([1, []]);
  });

  it("ends with 4429 at the 31st message in a minute, whatever is put out of memory meanwhile; others stay", async () => {
    const { id, teacher } = await newClass();
    const [noisy, quiet] = [await watch(id, teacher), await watch(id, teacher)];
    for (let count = 0; count < 20; count++) noisy.send(`noise ${count}`);
    await evictHub(id);
    for (let count = 0; count < 11; count++) noisy.send(`noise ${count}`);
    await noisy.until(() => noisy.closes.length > 0);
    expect([noisy.closes, quiet.closes]).toEqual([[4429], []]);
  });

  it("ends with 4429 for one message that is too long", async () => {
    const { id, teacher } = await newClass();
    const client = await watch(id, teacher);
    client.send("x".repeat(1_025));
    await client.until(() => client.closes.length > 0);
    expect(client.closes).toEqual([4429]);
  });

  it("leaves nothing behind when it was the last", async () => {
    const { id, teacher } = await classOfOne();
    const [first, last] = [await watch(id, teacher), await watch(id, teacher)];
    await first.stop();
    expect(await hubKeeps(id)).toBe(true);
    await last.stop();
    await expect.poll(() => hubKeeps(id)).toBe(false);
  });
});

describe("many teachers", () => {
  it("fifty watch one class, and all see the same", async () => {
    const { id, student } = await classOfOne();
    const teacherIds = await newTeachers(50);
    await addTeachers(id, teacherIds);
    const clients = await Promise.all(
      teacherIds.map(async (teacherId) => watch(id, { token: await tokenOf(teacherId, "TEACHER") })),
    );
    await begin(student);
    const seen = await Promise.all(
      clients.map((client) => client.see(student.id, ({ status }) => status === "ACTIVE")),
    );
    expect(new Set(seen.map((shown) => JSON.stringify(shown))).size).toBe(1);
  });

  it("one of them may have ten connections, not eleven", async () => {
    const { id, teacher } = await newClass();
    for (let count = 0; count < 10; count++) expect((await watch(id, teacher)).snapshots).toBe(1);
    expect(await closeCode(id, teacher.token)).toBe(1013);
  });
});

describe("when the class changes", () => {
  it("a co-teacher who was taken out is cut off with 4403, the others are not", async () => {
    const { id, teacher } = await newClass();
    const coTeacher = await newTeacher();
    await addTeachers(id, [coTeacher.id]);
    const [owner, removed] = [await watch(id, teacher), await watch(id, coTeacher)];
    await sql("delete from classroom_teachers where teacher_id = $1", [coTeacher.id]);
    classroomChanged(services, id);
    await removed.until(() => removed.closes.length > 0);
    expect([removed.closes, owner.closes]).toEqual([[4403], []]);
  });

  it("everybody is cut off from one that is archived, and nothing is kept of it", async () => {
    const { id, teacher } = await classOfOne();
    const client = await watch(id, teacher);
    await sql("update classrooms set archived_at = now() where id = $1", [id]);
    classroomChanged(services, id);
    await client.until(() => client.closes.length > 0);
    expect(client.closes).toEqual([4403]);
    await expect.poll(() => hubKeeps(id)).toBe(false);
  });

  it("a student who left disappears and tells no more, and one who came appears", async () => {
    const [leaving, coming] = [await register(), await register()];
    const { id, teacher } = await newClass([leaving]);
    const [old, recent] = [await begin(leaving), await begin(coming)];
    const client = await watch(id, teacher);
    await letGo(id, leaving);
    await enrol(id, coming);
    classroomChanged(services, id);
    await client.see(coming.id, ({ status }) => status === "ACTIVE");
    expect([...client.picture.keys()]).toEqual([coming.id]);
    await answerCurrent(leaving, old);
    await answerCurrent(coming, recent);
    await client.see(coming.id, ({ questions_answered }) => questions_answered === 1);
    expect(client.updates.map(({ student_id }) => student_id)).not.toContain(leaving.id);
  });

  it("that is found out within two minutes by itself, and students are asked again", async () => {
    const [first, second] = [await register(), await register()];
    const { id, teacher } = await newClass([first]);
    const client = await watch(id, teacher);
    await enrol(id, second);
    await begin(second);
    await runInDurableObject(hubOf(id), (_object, { storage }) =>
      storage.sql.exec("UPDATE watch SET next_roll = 1").toArray(),
    );
    await evictHub(id);
    await ringHub(id);
    await client.see(second.id, ({ status }) => status === "ACTIVE");
  });

  it("a co-teacher of whom it was not told may connect beside those who watch, and a stranger may not", async () => {
    const { id, teacher } = await newClass();
    const owner = await watch(id, teacher);
    const coTeacher = await newTeacher();
    await addTeachers(id, [coTeacher.id]);
    expect((await watch(id, coTeacher)).snapshots).toBe(1);
    expect(await closeCodeOfHub(id, (await newTeacher()).id)).toBe(4403);
    expect(owner.closes).toEqual([]);
  });

  it("while Postgres is down all goes on as it was", async () => {
    const { id, teacher, student } = await classOfOne();
    const session = await begin(student);
    const client = await watch(id, teacher);
    await setFault({ target: "postgres", kind: "refuse" });
    try {
      await hubOf(id).recheck();
      await answerCurrent(student, session);
      await client.see(student.id, ({ questions_answered }) => questions_answered === 1);
      expect(client.closes).toEqual([]);
    } finally {
      await clearFaults();
    }
  });
});
