import { describe, expect, it } from "vitest";
import { z } from "zod";
import { api, clearFaults, register, setFault, sql } from "../worker/client.ts";
import { expectError } from "../worker/people.ts";
import { answerCurrent, begin } from "../worker/practice.ts";
import {
  addTeachers,
  classOfOne,
  closeCode,
  closeCodeOfHub,
  hubKeeps,
  newClass,
  newTeacher,
  tokenOf,
  upgrade,
  watch,
} from "./live.ts";

const NOWHERE = "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001";

const liveStudent = z.strictObject({
  student_id: z.uuid(),
  full_name: z.string(),
  status: z.enum(["ACTIVE", "IDLE", "NEEDS_HELP", "OFFLINE"]),
  session_id: z.uuid().nullable(),
  skill_id: z.int().nullable(),
  questions_answered: z.int(),
  correct: z.int(),
  incorrect: z.int(),
  smartscore: z.int().nullable(),
  zone: z.enum(["LEARNING", "REFINING", "CHALLENGE"]).nullable(),
  last_activity_at: z.iso.datetime().nullable(),
});
const snapshotReply = z.strictObject({
  data: z.strictObject({ at: z.iso.datetime(), students: z.array(liveStudent) }),
});

const readLive = (classroomId: string, token: string, query = "", headers: Record<string, string> = {}) =>
  api("GET", `/teacher/classrooms/${classroomId}/live${query}`, { token, headers });

describe("a teacher who connects", () => {
  it("gets our subprotocol, the headers of every response and the whole class by name", async () => {
    const [zoe, ann] = [await register({ full_name: "Zoe" }), await register({ full_name: "Ann" })];
    const { id, teacher } = await newClass([zoe, ann]);
    const session = await begin(zoe, 1);
    await answerCurrent(zoe, session);
    const response = await upgrade(id, `ascent.v1, token.${teacher.token}`);
    expect(response.status).toBe(101);
    expect(response.headers.get("Sec-WebSocket-Protocol")).toBe("ascent.v1");
    expect(response.headers.get("X-Request-Id")).toBeTruthy();
    response.webSocket?.accept();
    response.webSocket?.close();

    const client = await watch(id, teacher);
    const students = [...client.picture.values()];
    expect(students.map((student) => liveStudent.parse(student).full_name)).toEqual(["Ann", "Zoe"]);
    expect(students[0]).toMatchObject({
      student_id: ann.id,
      status: "OFFLINE",
      session_id: null,
      last_activity_at: null,
    });
    expect(students[1]).toMatchObject({
      status: "ACTIVE",
      session_id: session.id,
      skill_id: 1,
      questions_answered: 1,
      correct: 1,
      incorrect: 0,
      zone: "LEARNING",
    });
  });

  it("gets a pong for a ping", async () => {
    const { id, teacher } = await newClass();
    const client = await watch(id, teacher);
    client.send("ping");
    await client.until(() => client.pongs === 1);
  });

  it("may be a co-teacher", async () => {
    const { id } = await newClass();
    const coTeacher = await newTeacher();
    await addTeachers(id, [coTeacher.id]);
    expect((await watch(id, coTeacher)).snapshots).toBe(1);
  });
});

describe("who may not connect learns why from the close code", () => {
  it("4401 for a token that is none or has run out", async () => {
    const { id, teacher } = await newClass();
    const old = await tokenOf(teacher.id, "TEACHER", Date.now() - 86_400_000);
    expect([await closeCode(id, "garbage"), await closeCode(id, old)]).toEqual([4401, 4401]);
  });

  it.each(["STUDENT", "PARENT", "ADMIN"] as const)("4403 for a %s", async (role) => {
    const { id, teacher } = await newClass();
    expect(await closeCode(id, await tokenOf(teacher.id, role))).toBe(4403);
  });

  it("4403 for a teacher whose account was deactivated, though the token holds on, at the door and within", async () => {
    const { id, teacher } = await newClass();
    await sql("update users set is_active = false where id = $1", [teacher.id]);
    expect([await closeCode(id, teacher.token), await closeCodeOfHub(id, teacher.id)]).toEqual([4403, 4403]);
    expect(await hubKeeps(id)).toBe(false);
  });

  it("4403 for another's class, one that is archived and one that does not exist", async () => {
    const { id, teacher } = await newClass();
    const another = await newTeacher();
    expect(await closeCode(id, another.token)).toBe(4403);
    expect(await closeCode(NOWHERE, another.token)).toBe(4403);
    await sql("update classrooms set archived_at = now() where id = $1", [id]);
    expect(await closeCode(id, teacher.token)).toBe(4403);
    expect(await hubKeeps(id)).toBe(false);
  });
});

describe("an upgrade that offers no token, or not our subprotocol, is refused in JSON", () => {
  it.each([
    ["no subprotocol", undefined, 401],
    ["a foreign one", "graphql-ws", 401],
    ["ours alone", "ascent.v1", 401],
    ["a token alone", "token.abc", 400],
  ])("%s", async (_name, protocols, status) => {
    const { id } = await newClass();
    const response = await upgrade(id, protocols);
    const text = await response.text();
    const answer = { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
    expectError(answer, status, status === 401 ? "unauthorized" : "validation_error");
  });

  it("an id that is none", async () => {
    const response = await upgrade("7", "ascent.v1, token.abc");
    expect(response.status).toBe(400);
    await response.text();
  });
});

describe("without an upgrade", () => {
  it("the snapshot is JSON, or CSV for who asks for that, and nothing is kept of it", async () => {
    const { id, teacher, student } = await classOfOne();
    await answerCurrent(student, await begin(student), false);
    const json = await readLive(id, teacher.token);
    const { students } = snapshotReply.parse(json.json()).data;
    expect(students).toMatchObject([{ status: "ACTIVE", questions_answered: 1, incorrect: 1 }]);
    const csv = await readLive(id, teacher.token, "?format=csv");
    expect(csv.headers.get("Content-Type")).toBe("text/csv; charset=utf-8; header=present");
    expect(csv.headers.get("Content-Disposition")).toBe(`attachment; filename="live-${id}.csv"`);
    expect(csv.text).toBe(
      `${Object.keys(students[0] ?? {}).join(",")}\r\n${Object.values(students[0] ?? {}).join(",")}\r\n`,
    );
    expect((await readLive(id, teacher.token, "", { Accept: "text/csv" })).text).toBe(csv.text);
    expect(await hubKeeps(id)).toBe(false);
  });

  it("who looks at the same time as another, or in the seconds after, sees the same: the class is asked once", async () => {
    const { id, teacher, student } = await classOfOne();
    await begin(student);
    const texts = async () =>
      (await Promise.all([1, 2].map(() => readLive(id, teacher.token)))).map(({ text }) => text);
    expect(new Set([...(await texts()), ...(await texts())]).size).toBe(1);
  });

  it("is the picture of those who watch, while somebody does", async () => {
    const { id, teacher, student } = await classOfOne();
    const client = await watch(id, teacher);
    await begin(student);
    await client.see(student.id, ({ status }) => status === "ACTIVE");
    const { students } = (await readLive(id, teacher.token)).json().data;
    expect(students).toEqual([...client.picture.values()]);
  });

  it("is 404 of no class, 403 of another's and of an archived one", async () => {
    const { id, teacher } = await newClass();
    expectError(await readLive(NOWHERE, teacher.token), 404, "not_found");
    expectError(await readLive(id, (await newTeacher()).token), 403, "forbidden");
    await sql("update classrooms set archived_at = now() where id = $1", [id]);
    expectError(await readLive(id, teacher.token), 403, "forbidden");
  });

  it("is 503 while Postgres is down, and so is an upgrade", async () => {
    const { id, teacher } = await newClass();
    await setFault({ target: "postgres", kind: "refuse" });
    try {
      expectError(await readLive(id, teacher.token), 503, "service_unavailable");
      const response = await upgrade(id, `ascent.v1, token.${teacher.token}`);
      expect(response.status).toBe(503);
      await response.text();
    } finally {
      await clearFaults();
    }
  });
});
