import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { newSchool, watchClass } from "../../bench/live/school.ts";
import { dataOf, newAddress, send } from "../../bench/prove/client.ts";
import { newEmail, newPerson, PASSWORD, type Session, someSubmission, startSession } from "../../bench/prove/people.ts";
import { clearFaults, setFault, sql } from "../../bench/prove/platform.ts";
import { newStudents, type Practised, practise } from "../../bench/prove/practising.ts";
import { differencesInRecord, NO_DIFFERENCES } from "../../bench/prove/record.ts";
import { surviveKills } from "../../bench/prove/survive-kills.ts";
import { readVariables } from "../../dev/local/settings.ts";
import { type Stack, startStack } from "../../dev/stack.ts";
import { copyOf, putBack } from "../practice/put-back.ts";

const API = "/api/v1";

let dir: string;
let stack: Stack;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "ascent-kills-"));
  const settings = {
    SUBMIT_RATE_LIMIT: "0",
    HEARTBEAT_RATE_LIMIT: "0",
    ARGON2_MEMORY_KIB: "64",
    ARGON2_ITERATIONS: "1",
  };
  stack = await startStack({ dir, demo: false, settings, onLine: () => {} });
});
afterEach(() => clearFaults(stack.platformUrl ?? ""));
afterAll(async () => {
  await stack.stop();
  await rm(dir, { recursive: true });
});

const statusOf = async (
  method: string,
  path: string,
  sent: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
) => (await send(stack.baseUrl, { method, path: `${API}${path}`, ...sent })).status;

test("workerd that is killed while students answer has lost no answer that they were told is in, and doubled none", async () => {
  const { acknowledged, replayed, restartsMs, ...differences } = await surviveKills(stack, {
    kills: 2,
    students: 6,
    pauseMs: [300, 600],
  });
  expect(acknowledged).toBeGreaterThan(0);
  expect(differences).toEqual(NO_DIFFERENCES);
});

test("a Postgres that was put back to an earlier moment comes to hold all that students were told since, just once", async () => {
  const platformUrl = stack.platformUrl ?? "";
  const students = await newStudents(stack.baseUrl, 4);
  const ids = students.map(({ user }) => user.id);
  const query = <Row>(text: string, params: unknown[]) => sql<Row>(platformUrl, text, params);
  const practised: Practised[] = [];
  const spell = async () => {
    const further = await practise(stack.baseUrl, students, AbortSignal.timeout(400));
    for (const [index, { studentId, answers }] of further.entries()) {
      const before = practised[index]?.answers ?? [];
      practised[index] = { studentId, answers: [...before, ...answers], replayed: 0 };
    }
    expect(await differencesInRecord(platformUrl, practised)).toEqual(NO_DIFFERENCES);
  };
  await spell();
  const copy = await copyOf(query, ids);
  await spell();
  await putBack(query, ids, copy);
  await stack.killWorkerd();
  await stack.serving();
  await spell();
});

test("a teacher's page whose connection broke off with the runtime connects again and shows the class as it is", async () => {
  const { JWT_KEYS: jwtKeys = "" } = await readVariables(join(dir, "keys.vars"));
  const [room] = await newSchool({ platformUrl: stack.platformUrl ?? "", jwtKeys, classes: 1, studentsAClass: 2 });
  const [ana, ben] = room?.students ?? [];
  if (!room || !ana || !ben) throw new Error("there is no class of two");
  const answer = async (session: Session) => {
    const sent = { method: "POST", path: `${API}/practice/sessions/${session.id}/submit`, token: ana.token };
    const body = someSubmission(session.current_question);
    return (await dataOf<{ session: Session }>(send(stack.baseUrl, { ...sent, body }), "submit")).session;
  };
  let session = await startSession(stack.baseUrl, ana.token);
  const page = await watchClass(stack.baseUrl, room);
  onTestFinished(() => page.stop());
  session = await answer(session);
  await page.see(ana.id, ({ questions_answered }) => questions_answered === 1);

  await stack.killWorkerd();
  await stack.serving();
  session = await answer(session);
  await page.until(() => page.snapshots === 2);
  await page.see(ana.id, ({ questions_answered }) => questions_answered === 2);
  expect(page.picture.get(ben.id)?.status).toBe("OFFLINE");
  await answer(session);
  await page.see(ana.id, ({ questions_answered }) => questions_answered === 3);
  await startSession(stack.baseUrl, ben.token);
  await page.see(ben.id, ({ status }) => status === "ACTIVE");
});

describe("started while Postgres and Redis hang", () => {
  const CATALOG = ["/subjects", "/skills?page_size=5", "/skills/1"];

  test("it serves the catalog, goes on with practice, and is 503 for what needs Postgres", async () => {
    const email = newEmail();
    const { access_token: token } = await newPerson(stack.baseUrl, "STUDENT", email);
    const session = await startSession(stack.baseUrl, token);
    const guest = await startSession(stack.baseUrl, undefined);
    for (const path of CATALOG) expect(await statusOf("GET", path)).toBe(200);
    await setFault(stack.platformUrl ?? "", { target: "all", kind: "hang" });
    await stack.killWorkerd();
    await stack.serving();
    expect(await Promise.all(CATALOG.map((path) => statusOf("GET", path)))).toEqual(CATALOG.map(() => 200));
    const body = someSubmission(session.current_question);
    expect(await statusOf("POST", `/practice/sessions/${session.id}/submit`, { token, body })).toBe(200);
    expect(await statusOf("POST", "/practice/sessions", { token, body: { skill_id: 1 } })).toBe(200);
    expect(await statusOf("GET", `/practice/sessions/${guest.id}`)).toBe(200);
    expect(await statusOf("POST", "/auth/login", { body: { email, password: PASSWORD } })).toBe(503);
  });

  test("it limits sign-in from the first guess on", async () => {
    const email = newEmail();
    await newPerson(stack.baseUrl, "STUDENT", email);
    await setFault(stack.platformUrl ?? "", { target: "redis", kind: "hang" });
    await stack.killWorkerd();
    await stack.serving();
    const guess = { headers: { "CF-Connecting-IP": newAddress() }, body: { email, password: "Wrong123!" } };
    const guesses = [];
    for (let count = 0; count <= 10; count += 1) guesses.push(await statusOf("POST", "/auth/login", guess));
    expect(guesses[0]).toBe(401);
    expect(guesses.at(-1)).toBe(429);
  });
});
