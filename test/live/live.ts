import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import { v7 as uuidv7 } from "uuid";
import { expect, onTestFinished } from "vitest";
import { LiveClient, type LiveSocket } from "../../bench/live/live-client.ts";
import { visitRequest } from "../../src/live/visit.ts";
import { newTeacher } from "../classrooms/school.ts";
import { bindings, servicesWith } from "../worker/apps.ts";
import { type Account, register, sql } from "../worker/client.ts";
import { objectOf } from "../worker/practice.ts";

export { newTeacher };

const { tokens } = servicesWith({});

export type Teacher = { readonly id: string; readonly token: string };
export type Class = { readonly id: string; readonly teacher: Teacher };

export const tokenOf = (userId: string, role: "STUDENT" | "TEACHER" | "PARENT" | "ADMIN", issuedMs = Date.now()) =>
  tokens.issue({ userId, role }, issuedMs);

/** Teachers who were made in one go, by their ids. */
export async function newTeachers(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => uuidv7());
  await sql(
    `insert into users (id, email, full_name, role, password_hash)
     select id, id || '@example.com', 'Tess Teacher', 'TEACHER', 'none' from unnest($1::uuid[]) as made(id)`,
    [ids],
  );
  return ids;
}

/** A class of these students, with a teacher of its own. */
export async function newClass(students: readonly Account[] = []): Promise<Class> {
  const teacher = await newTeacher();
  const id = uuidv7();
  await sql("insert into classrooms (id, teacher_id, title, grade_id) values ($1, $2, 'Live', 7)", [id, teacher.id]);
  for (const student of students) await enrol(id, student);
  return { id, teacher };
}

export const enrol = (classroomId: string, { id }: Account) =>
  sql("insert into enrolments (classroom_id, student_id) values ($1, $2)", [classroomId, id]);

export const letGo = (classroomId: string, { id }: Account) =>
  sql("delete from enrolments where classroom_id = $1 and student_id = $2", [classroomId, id]);

export const addTeachers = (classroomId: string, teacherIds: readonly string[]) =>
  sql("insert into classroom_teachers (classroom_id, teacher_id) select $1, unnest($2::uuid[])", [
    classroomId,
    teacherIds,
  ]);

/** A class with one student who has never practised. */
export async function classOfOne(): Promise<Class & { student: Account }> {
  const student = await register({ full_name: "Sam Student" });
  return { ...(await newClass([student])), student };
}

export const upgrade = (classroomId: string, protocols: string | undefined) =>
  exports.default.fetch(
    new Request(`https://ascent.test/api/v1/teacher/classrooms/${classroomId}/live`, {
      headers: { Upgrade: "websocket", ...(protocols === undefined ? {} : { "Sec-WebSocket-Protocol": protocols }) },
    }),
  );

/** A connection as it was opened: what comes first on it is not lost. */
async function connect(classroomId: string, token: string): Promise<LiveSocket> {
  const { webSocket, status } = await upgrade(classroomId, `ascent.v1, token.${token}`);
  if (!webSocket) throw new Error(`no connection: ${status}`);
  // Listeners are added in the turn in which it is handed over; what has come is delivered after that.
  webSocket.accept();
  return webSocket;
}

/** A teacher who watches a class until the test ends. */
export async function watch(classroomId: string, { token }: Pick<Teacher, "token">): Promise<LiveClient> {
  const client = await LiveClient.watch(() => connect(classroomId, token));
  onTestFinished(() => client.stop());
  return client;
}

/** The code with which a connection is ended at once. */
export async function closeCode(classroomId: string, token: string): Promise<number | undefined> {
  const client = await watch(classroomId, { token });
  return client.closes[0];
}

/** The code with which a class's object itself ends a connection at once, whatever the Worker has found; null where it lets it be. */
export async function closeCodeOfHub(classroomId: string, teacherId: string): Promise<number | null> {
  const visit = visitRequest({ classroomId, teacherId, expiresAtMs: Date.now() + 60_000 });
  const { webSocket } = await hubOf(classroomId).fetch(visit);
  if (!webSocket) throw new Error("no connection");
  const first = new Promise<number | null>((resolve) => {
    webSocket.addEventListener("message", () => resolve(null));
    webSocket.addEventListener("close", ({ code }) => resolve(code));
  });
  webSocket.accept();
  const code = await first;
  webSocket.close();
  return code;
}

/** Keeps an object from taking any call until the function that is returned is called, or the test ends. */
export async function hold(stub: DurableObjectStub): Promise<() => void> {
  let isHeld = true;
  const release = () => {
    isHeld = false;
  };
  onTestFinished(release);
  let isIn = false;
  // What is called here returns only when the object is let go again. Promises do not pass from one object to another.
  void runInDurableObject(stub, (_object, state) => {
    isIn = true;
    return state.blockConcurrencyWhile(async () => {
      while (isHeld) await new Promise((wake) => setTimeout(wake, 20));
    });
  });
  await expect.poll(() => isIn).toBe(true);
  return release;
}

/** Resolves when what a student's last command set off has left their object, and what came back on it is taken. */
export const settled = (studentId: string) =>
  runInDurableObject(objectOf(studentId), () => new Promise<void>((resolve) => setTimeout(resolve, 50)));

/** Changes what a class's object has stored, behind its back. */
export const alterHub = (classroomId: string, statement: string) =>
  runInDurableObject(hubOf(classroomId), (_object, { storage }) => {
    storage.sql.exec(statement);
  });

/** What a class's object has stored of each of its students. */
export const seatsOf = (classroomId: string): Promise<string[]> =>
  runInDurableObject(hubOf(classroomId), (_object, { storage }) =>
    storage.sql
      .exec<{ seat: string }>("SELECT seat FROM seats ORDER BY place")
      .toArray()
      .map(({ seat }) => seat),
  );

export const hubOf = (classroomId: string) => bindings.LIVE_CLASSROOMS.getByName(classroomId);

/** Puts a class's object out of memory; its connections stay. */
export const evictHub = (classroomId: string) => evictDurableObject(hubOf(classroomId));

/** When a class's object rings next; null where it does not. */
export const nextRingMs = (classroomId: string): Promise<number | null> =>
  runInDurableObject(hubOf(classroomId), (_object, { storage }) => storage.getAlarm());

/** Rings a class's object as its alarm would, which must be set: while somebody looks, to within a minute for their pings. */
export async function ringHub(classroomId: string): Promise<void> {
  const ringMs = await nextRingMs(classroomId);
  expect(ringMs).not.toBeNull();
  expect(ringMs).toBeLessThanOrEqual(Date.now() + 60_000);
  await runDurableObjectAlarm(hubOf(classroomId));
}

/** Whether a class's object keeps anything, an alarm included. */
export const hubKeeps = (classroomId: string): Promise<boolean> =>
  runInDurableObject(hubOf(classroomId), async (_object, { storage }) => {
    const tables = storage.sql.exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf\\_%' ESCAPE '\\'");
    return tables.toArray().length > 0 || (await storage.getAlarm()) !== null;
  });

/** Lets so much time pass for what a class's object knows of its students, and rings. */
export async function passTime(classroomId: string, ms: number): Promise<void> {
  await runInDurableObject(hubOf(classroomId), (_object, { storage }) => {
    storage.sql.exec(
      `UPDATE seats SET seat = json_set(seat,
         '$.report.doing.lastActivityMs', json_extract(seat, '$.report.doing.lastActivityMs') - ?1,
         '$.report.doing.lastActiveMs', json_extract(seat, '$.report.doing.lastActiveMs') - ?1)
       WHERE json_extract(seat, '$.report.doing.lastActivityMs') IS NOT NULL`,
      ms,
    );
  });
  await evictHub(classroomId);
  await ringHub(classroomId);
}

/** Changes what a class's object knows of all its connections, and rings. */
export async function alterBadges(classroomId: string, fields: Record<string, unknown>): Promise<void> {
  await runInDurableObject(hubOf(classroomId), (_object, state) => {
    for (const socket of state.getWebSockets()) {
      socket.serializeAttachment({ ...socket.deserializeAttachment(), ...fields });
    }
  });
  await evictHub(classroomId);
  await ringHub(classroomId);
}
