import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { appWith, post } from "../worker/apps.ts";
import {
  type Answer,
  api,
  clearFaults,
  flushesOf,
  type Json,
  outboundRequests,
  register,
  setFault,
  sql,
} from "../worker/client.ts";
import { from, newAddress } from "../worker/people.ts";
import {
  age,
  answerCurrent,
  begin,
  eventsIn,
  finish,
  hasStored,
  heartbeat,
  next,
  objectOf,
  read,
  start,
  submit,
  wrongAnswer,
} from "../worker/practice.ts";

const DAY_MS = 24 * 3600 * 1000;
const guest = {};
const gist = (answer: Answer) => [answer.status, answer.json().error?.code];

/** Makes a guest's session older by so much, and lets the alarm ring. */
async function later(sessionId: string, ms: number): Promise<void> {
  await age(`guest:${sessionId}`, ms);
  await runDurableObjectAlarm(objectOf(`guest:${sessionId}`));
}

describe("a guest", () => {
  it("practises like anybody: start, answer, skip, heartbeat, read, finish", async () => {
    const session = await begin(guest);
    const reply = await answerCurrent(guest, session);
    expect(reply).toMatchObject({ is_correct: true, session: { id: session.id, correct_count: 1 } });
    expect((await next(guest, session.id, { skip: true })).json().data.question.id).not.toBe(reply.next_question.id);
    expect((await heartbeat(guest, session.id)).status).toBe(200);
    expect((await finish(guest, session.id)).json()).toEqual({ data: { ok: true } });
    expect((await read(guest, session.id)).json().data).toMatchObject({ finished_reason: "FINISHED" });
  });

  it("gets a new session with every start, also of the same skill at once", async () => {
    const ids = (await Promise.all([begin(guest), begin(guest), begin(guest)])).map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
  });

  it("gets a repeat's first reply like anybody", async () => {
    const session = await begin(guest);
    const submission = { questionId: 1, answer: { choice: "B" }, key: "k" };
    const replies = await Promise.all(Array.from({ length: 5 }, () => submit(guest, session.id, submission)));
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
  });

  it("answers 25 questions, then 402 from submit and next, never from start, and can still read and finish", async () => {
    let session = await begin(guest);
    for (let count = 0; count < 25; count++) session = (await answerCurrent(guest, session, false)).session;
    const question = session.current_question;
    const submission = { questionId: question.id, answer: await wrongAnswer(question) };
    expect(gist(await submit(guest, session.id, submission))).toEqual([402, "subscription_required"]);
    expect(gist(await next(guest, session.id))).toEqual([402, "subscription_required"]);
    expect(gist(await next(guest, session.id, { skip: true }))).toEqual([402, "subscription_required"]);
    expect((await read(guest, session.id)).json().data.questions_answered).toBe(25);
    expect((await finish(guest, session.id)).status).toBe(200);
    expect((await start(guest)).status).toBe(200);
  });

  it("leaves nothing in Postgres, and asks nothing of it once the session is under way", async () => {
    let session = await begin(guest);
    const asked = async () => ({ ...(await outboundRequests()), flushes: await flushesOf(`guest:${session.id}`) });
    const before = await asked();
    for (let count = 0; count < 3; count++) session = (await answerCurrent(guest, session)).session;
    await finish(guest, session.id);
    await evictDurableObject(objectOf(`guest:${session.id}`));
    await runDurableObjectAlarm(objectOf(`guest:${session.id}`));
    expect(await asked()).toEqual(before);
    expect(await sql("select 1 from practice_sessions where id = $1", [session.id])).toEqual([]);
    expect(await eventsIn(`guest:${session.id}`)).not.toEqual([]);
  });

  it("who stays away for 24 hours is forgotten, with all that was stored", async () => {
    const session = await begin(guest);
    await answerCurrent(guest, session);
    await later(session.id, DAY_MS - 60_000);
    expect((await read(guest, session.id)).status).toBe(200);
    await later(session.id, 60_000);
    expect(await hasStored(`guest:${session.id}`)).toBe(false);
    expect(gist(await read(guest, session.id))).toEqual([404, "not_found"]);
  });

  it("who has finished is forgotten a day later", async () => {
    const session = await begin(guest);
    await finish(guest, session.id);
    await later(session.id, DAY_MS - 60_000);
    expect((await read(guest, session.id)).status).toBe(200);
    await later(session.id, 60_000);
    expect(await hasStored(`guest:${session.id}`)).toBe(false);
  });

  it("who asks for a skill that is not there leaves nothing", async () => {
    expect(gist(await start(guest, 2_147_483_647))).toEqual([404, "not_found"]);
  });
});

describe("where guests are not let in", () => {
  it("every practice route is 401 without a token", async () => {
    const app = appWith({ PRACTICE_GUESTS: "false" });
    const { id } = await begin(guest);
    for (const path of ["", `/${id}/submit`, `/${id}/next`, `/${id}/heartbeat`, `/${id}/finish`]) {
      const reply = await post(app, `/practice/sessions${path}`, { skill_id: 1 });
      expect([path, ...gist(reply)]).toEqual([path, 401, "unauthorized"]);
    }
    expect((await app.request(`/api/v1/practice/sessions/${id}`)).status).toBe(401);
  });
});

describe("starts of guests", () => {
  it("are limited per address, and only theirs: who is signed in starts from there as before", async () => {
    const app = appWith({ GUEST_START_LIMIT: "3" });
    const address = newAddress();
    const starts: Answer[] = [];
    for (let count = 0; count < 4; count++) {
      starts.push(await post(app, "/practice/sessions", { skill_id: 1 }, address));
    }
    expect(starts.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(Number(starts[3]?.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect((await post(app, "/practice/sessions", { skill_id: 1 })).status).toBe(200);
    const { token } = await register();
    const signedIn = await app.request("/api/v1/practice/sessions", {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}`, ...from(address) },
      body: JSON.stringify({ skill_id: 1 }),
    });
    expect(signedIn.status).toBe(200);
  });
});

describe("a start of a guest", () => {
  it("tries again where the catalog's version was not to be had", async () => {
    const app = appWith({});
    await setFault({ target: "postgres", kind: "refuse", times: 1 });
    expect((await post(app, "/practice/sessions", { skill_id: 1 })).status).toBe(200);
    await clearFaults();
  });
});

describe("between guests and those who are signed in", () => {
  const all = (caller: { token?: string }, id: string): Promise<Answer>[] => [
    read(caller, id),
    submit(caller, id, { questionId: 1, answer: { choice: "B" } }),
    next(caller, id, { skip: true }),
    heartbeat(caller, id),
    finish(caller, id),
  ];

  it("neither can act on the other's session", async () => {
    const student = await register();
    const [own, guests] = [await begin(student), await begin(guest)];
    const [before, guestsBefore] = [(await read(student, own.id)).text, (await read(guest, guests.id)).text];
    const replies = await Promise.all([...all(student, guests.id), ...all(guest, own.id)]);
    expect(replies.map(gist)).toEqual(replies.map(() => [404, "not_found"]));
    expect((await read(student, own.id)).text).toBe(before);
    expect((await read(guest, guests.id)).text).toBe(guestsBefore);
  });

  it("a bad token is 401 everywhere: it makes nobody a guest", async () => {
    const session = await begin(guest);
    const before = (await read(guest, session.id)).text;
    for (const token of ["", "x", "a.b.c"]) {
      const replies = await Promise.all([...all({ token }, session.id), start({ token })]);
      expect(replies.map(gist)).toEqual(replies.map(() => [401, "unauthorized"]));
    }
    const headers: Json[] = [{ Authorization: "Basic eDp5" }, { Authorization: "Bearer" }];
    for (const header of headers) {
      const reply = await api("POST", "/practice/sessions", { body: { skill_id: 1 }, headers: header });
      expect(gist(reply)).toEqual([401, "unauthorized"]);
    }
    expect((await read(guest, session.id)).text).toBe(before);
  });
});
