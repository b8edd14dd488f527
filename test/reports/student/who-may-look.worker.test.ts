import { v7 as uuidv7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { type Account, api, register, signIn, sql } from "../../worker/client.ts";
import { recordHistory } from "./history.ts";
import { overviewOf } from "./reports.ts";

const REPORTS = ["overview", "skills", "skills/1/questions-log", "all-questions"];

let student: Account;
let classmate: Account;
let teacher: Account;
let stranger: Account;
let parent: Account;
let admin: Account;

beforeAll(async () => {
  [student, classmate, teacher, stranger, parent] = await Promise.all([
    register(),
    register(),
    newTeacher(),
    newTeacher(),
    register({ role: "PARENT", grade_level: undefined }),
  ]);
  admin = await signIn("admin@example.com");
  await enrol(teacher, [student, classmate]);
  await recordHistory(student.id, [
    { skillId: 1, startedAt: "2026-01-01T10:00:00.000Z", deeds: [{ did: "answer", afterSec: 9, right: true }] },
  ]);
}, 30_000);

const look = (viewer: Account, path: string, studentId: string) =>
  api("GET", `/analytics/${path}?student_id=${studentId}`, { token: viewer.token });

/** An error without what differs from one request to the next. */
const said = ({ status, json }: Awaited<ReturnType<typeof look>>) => ({ status, error: json().error });

describe.each(REPORTS)("whose %s may be looked at", (path) => {
  it("by the student, with or without naming themselves, in any case", async () => {
    const plain = await api("GET", `/analytics/${path}`, { token: student.token });
    for (const id of [student.id, student.id.toUpperCase()]) {
      const named = await look(student, path, id);
      expect(named.status).toBe(200);
      expect(named.json().data).toEqual(plain.json().data);
      expect(named.json().meta.filters).toEqual({ student_id: student.id });
    }
  });

  it("by their teacher and an ADMIN, who see what the student sees", async () => {
    const own = await api("GET", `/analytics/${path}`, { token: student.token });
    for (const viewer of [teacher, admin]) {
      const seen = await look(viewer, path, student.id);
      expect(seen.status).toBe(200);
      expect(seen.json().data).toEqual(own.json().data);
    }
  });

  it("by nobody else, who cannot tell whether there is such a student", async () => {
    for (const viewer of [classmate, stranger, parent]) {
      const refused = await look(viewer, path, student.id);
      expect(said(refused)).toMatchObject({ status: 403, error: { code: "forbidden" } });
      expect(said(await look(viewer, path, uuidv7()))).toEqual(said(refused));
    }
    expect(said(await look(teacher, path, uuidv7()))).toMatchObject({ status: 403, error: { code: "forbidden" } });
  });

  it("not of a student who does not exist, of which an ADMIN is told", async () => {
    expect(said(await look(admin, path, uuidv7()))).toMatchObject({ status: 404, error: { code: "not_found" } });
  });
});

describe("a teacher's sight", () => {
  it("ends when the class is archived", async () => {
    const [owner, pupil] = await Promise.all([newTeacher(), register()]);
    const classroomId = await enrol(owner, [pupil]);
    expect((await look(owner, "overview", pupil.id)).status).toBe(200);
    await sql("update classrooms set archived_at = now() where id = $1", [classroomId]);
    expect((await look(owner, "overview", pupil.id)).status).toBe(403);
  });

  it("ends when the student leaves the class, but not while they are in another of the teacher's", async () => {
    const [owner, pupil] = await Promise.all([newTeacher(), register()]);
    const first = await enrol(owner, [pupil]);
    const second = await enrol(owner, [pupil]);
    const leave = (id: string) => sql("delete from enrolments where classroom_id = $1", [id]);
    await leave(first);
    expect((await look(owner, "overview", pupil.id)).status).toBe(200);
    await leave(second);
    expect((await look(owner, "overview", pupil.id)).status).toBe(403);
  });

  it("takes the role: who is no teacher any more sees no class", async () => {
    const [owner, pupil] = await Promise.all([newTeacher(), register()]);
    await enrol(owner, [pupil]);
    await sql("update users set role = 'PARENT' where id = $1", [owner.id]);
    expect((await look(await signIn(owner.email), "overview", pupil.id)).status).toBe(403);
  });
});

it("a teacher, a parent and an ADMIN who practise have reports of their own", async () => {
  for (const { token } of [teacher, parent, admin]) {
    expect((await overviewOf(token)).data.total_questions_answered).toBeGreaterThanOrEqual(0);
  }
});

it("an account that is gone is told to sign in", async () => {
  const gone = await register();
  await sql("delete from users where id = $1", [gone.id]);
  expect(said(await api("GET", "/analytics/overview", { token: gone.token }))).toMatchObject({
    status: 401,
    error: { code: "unauthorized" },
  });
});

async function newTeacher(): Promise<Account> {
  const account = await register();
  await sql("update users set role = 'TEACHER' where id = $1", [account.id]);
  return signIn(account.email);
}

async function enrol({ id }: Account, students: readonly Account[]): Promise<string> {
  const classroomId = uuidv7();
  await sql("insert into classrooms (id, teacher_id, title, grade_id) values ($1, $2, 'Test class', 7)", [
    classroomId,
    id,
  ]);
  await sql("insert into enrolments (classroom_id, student_id) select $1::uuid, unnest($2::uuid[])", [
    classroomId,
    students.map((student) => student.id),
  ]);
  return classroomId;
}
