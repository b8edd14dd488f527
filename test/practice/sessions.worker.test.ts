import { describe, expect, it } from "vitest";
import { sessionSchema } from "../../src/practice/schemas.ts";
import { type Answer, api, register, sql } from "../worker/client.ts";
import {
  answerCurrent,
  begin,
  eventsIn,
  evict,
  finish,
  hasStored,
  heartbeat,
  inObject,
  next,
  objectOf,
  read,
  rightAnswer,
  start,
  submit,
} from "../worker/practice.ts";

const codeOf = (answer: Answer) => answer.json().error?.code;
const gist = (answer: Answer) => [answer.status, codeOf(answer)];

describe("starting", () => {
  it("ten times at once gives one session, for a student never seen before too", async () => {
    const student = await register();
    const replies = await Promise.all(Array.from({ length: 10 }, () => start(student)));
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(new Set(replies.map((reply) => reply.json().data.id)).size).toBe(1);
    expect(await inObject(student.id, "SELECT count(*) AS sessions FROM sessions")).toEqual([{ sessions: 1 }]);
  });

  it("again resumes the unfinished session, with the same question, and credits no time", async () => {
    const student = await register();
    const { session } = await answerCurrent(student, await begin(student));
    const resumed = await begin(student);
    expect({ ...resumed, last_activity_at: "" }).toEqual({ ...session, last_activity_at: "" });
  });

  it("shows every field of a session, the first question being the lowest id at its level", async () => {
    const session = await begin(await register());
    expect(sessionSchema.strict().parse(session)).toEqual(session);
    expect(session).toMatchObject({
      skill_id: 1,
      finished_at: null,
      finished_reason: null,
      smartscore: 0,
      questions_answered: 0,
      current_zone: "LEARNING",
      last_question_id: null,
      active_time_seconds: 0,
      inactivity_threshold_seconds: 240,
      current_question: { id: 1, skill_id: 1, type: "MCQ", level: 2 },
    });
  });

  it("at once after finishing gives a new session with the score carried over", async () => {
    const student = await register();
    const { session } = await answerCurrent(student, await begin(student));
    expect((await finish(student, session.id)).json()).toEqual({ data: { ok: true } });
    const again = await begin(student);
    expect(again.id).not.toBe(session.id);
    expect(again).toMatchObject({
      smartscore: session.smartscore,
      best_smartscore: session.smartscore,
      questions_answered: 0,
      current_streak_correct: 0,
    });
  });

  it("two skills gives two sessions, each with its own question", async () => {
    const student = await register();
    const [first, second] = [await begin(student, 1), await begin(student, 2)];
    expect(second.id).not.toBe(first.id);
    expect(second.current_question.skill_id).toBe(2);
    expect((await begin(student, 1)).id).toBe(first.id);
  });

  it("a skill that is not there, not published or without questions stores nothing", async () => {
    const [hidden] = await sql<{ id: number }>(
      `insert into skills (subject_id, grade_id, code, title, is_published) values (1, 7, $1, 'Hidden', false) returning id`,
      [crypto.randomUUID()],
    );
    const [empty] = await sql<{ id: number }>(
      `insert into skills (subject_id, grade_id, code, title) values (1, 7, $1, 'Empty') returning id`,
      [crypto.randomUUID()],
    );
    const student = await register();
    expect(gist(await start(student, 2_147_483_647))).toEqual([404, "not_found"]);
    expect(gist(await start(student, hidden?.id))).toEqual([404, "not_found"]);
    expect(gist(await start(student, empty?.id))).toEqual([400, "no_questions_available"]);
    expect(await hasStored(student.id)).toBe(false);
  });

  it("with the token of an account that was deleted since is 401, and stores nothing", async () => {
    const student = await register();
    await sql("delete from users where id = $1", [student.id]);
    const answer = await start(student);
    expect([...gist(answer), answer.headers.get("WWW-Authenticate")]).toEqual([401, "unauthorized", "Bearer"]);
    expect(await hasStored(student.id)).toBe(false);
  });
});

describe("a finished session", () => {
  it("answers next, heartbeat and finish, unchanged, and refuses an answer", async () => {
    const student = await register();
    const { session } = await answerCurrent(student, await begin(student));
    await finish(student, session.id);
    const before = await read(student, session.id);
    expect(before.json().data).toMatchObject({ finished_reason: "FINISHED", current_question: null });
    expect((await next(student, session.id, { skip: true })).json()).toEqual({
      data: { finished: true, question: null },
    });
    expect((await heartbeat(student, session.id)).text).toBe(before.text);
    expect((await finish(student, session.id)).json()).toEqual({ data: { ok: true } });
    const questionId = session.current_question.id;
    expect(gist(await submit(student, session.id, { questionId, answer: await rightAnswer(questionId) }))).toEqual([
      409,
      "session_finished",
    ]);
    expect((await read(student, session.id)).text).toBe(before.text);
  });
});

describe("next", () => {
  it("shows the current question again, without a body, with an empty one, and with {}", async () => {
    const student = await register();
    const session = await begin(student);
    const bodies = [{}, { body: {} }, { raw: "" }, { body: { skip: false } }];
    for (const sent of bodies) {
      const reply = await api("POST", `/practice/sessions/${session.id}/next`, { ...student, ...sent });
      expect([reply.status, reply.json().data]).toEqual([200, { finished: false, question: session.current_question }]);
    }
    // What `curl -d ''` sends.
    const form = { raw: "", headers: { "Content-Type": "application/x-www-form-urlencoded" } };
    for (const sent of [{ raw: "" }, form, { body: { client_ts: null } }]) {
      const beat = await api("POST", `/practice/sessions/${session.id}/heartbeat`, { ...student, ...sent });
      expect(beat.status, beat.text).toBe(200);
    }
  });

  it("with a body that is not announced as JSON is 415: a skip is not overheard", async () => {
    const student = await register();
    const session = await begin(student);
    const sent = { ...student, raw: '{"skip":true}', headers: { "Content-Type": "text/plain" } };
    expect(gist(await api("POST", `/practice/sessions/${session.id}/next`, sent))).toEqual([
      415,
      "unsupported_media_type",
    ]);
    expect((await read(student, session.id)).json().data.current_question).toEqual(session.current_question);
  });

  it("with skip, where the call to the object is made again as its reply was lost, skips no second question", async () => {
    const student = await register();
    const session = await begin(student);
    const call = () => objectOf(student.id).next({ sessionId: session.id, skip: true, key: "worker:1" });
    const first = await call();
    expect(await call()).toEqual(first);
    await evict(student.id);
    expect(await call()).toEqual(first);
    expect((await eventsIn(student.id)).filter(({ event }) => event.kind === "skipped")).toHaveLength(1);
  });

  it("with skip puts another in its place, and changes neither score nor counts", async () => {
    const student = await register();
    const { session } = await answerCurrent(student, await begin(student));
    const skipped = (await next(student, session.id, { skip: true })).json().data;
    expect(skipped.question.id).not.toBe(session.current_question.id);
    const after = (await read(student, session.id)).json().data;
    expect(after.current_question).toEqual(skipped.question);
    for (const field of ["smartscore", "questions_answered", "correct_count", "current_streak_correct"]) {
      expect(after[field]).toBe(session[field]);
    }
  });
});

describe("a session id", () => {
  const unknown = crypto.randomUUID();
  const routes: [string, string, unknown?][] = [
    ["GET", ""],
    ["POST", "/submit", { question_id: 1, submitted_answer: { choice: "B" }, time_spent_sec: 1 }],
    ["POST", "/next", { skip: true }],
    ["POST", "/heartbeat", {}],
    ["POST", "/finish"],
  ];
  const ask = (id: string, [method, path, body]: (typeof routes)[number], token?: string) =>
    api(method, `/practice/sessions/${id}${path}`, { token, body });

  it.each(routes)("that nobody knows is 404 and leaves nothing stored: %s %s", async (...route) => {
    const student = await register();
    expect(gist(await ask(unknown, route, student.token))).toEqual([404, "not_found"]);
    expect(gist(await ask(unknown, route))).toEqual([404, "not_found"]);
    expect(await hasStored(student.id)).toBe(false);
    expect(await hasStored(`guest:${unknown}`)).toBe(false);
  });

  it.each(routes)("that is none is 400: %s %s", async (...route) => {
    const student = await register();
    for (const id of ["1", "x", `${unknown}0`, "guest:1", "%00", "..%2f.."]) {
      expect(gist(await ask(id, route, student.token))).toEqual([400, "validation_error"]);
    }
  });

  it.each(routes)("of somebody else's session is 404, and changes nothing: %s %s", async (...route) => {
    const [owner, other] = [await register(), await register()];
    const session = await begin(owner);
    await begin(other);
    const before = (await read(owner, session.id)).text;
    expect(gist(await ask(session.id, route, other.token))).toEqual([404, "not_found"]);
    expect(gist(await ask(session.id, route))).toEqual([404, "not_found"]);
    expect((await read(owner, session.id)).text).toBe(before);
  });

  it.each(routes)("with a token that is no good is 401, and changes nothing: %s %s", async (...route) => {
    const owner = await register();
    const session = await begin(owner);
    const [head = "", claims = "", signature = ""] = owner.token.split(".");
    const none = `${btoa('{"alg":"none","typ":"at+jwt"}').replaceAll("=", "")}.${claims}.`;
    const forged = `${head}.${claims}.${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
    const before = (await read(owner, session.id)).text;
    for (const token of ["x", none, forged]) {
      expect(gist(await ask(session.id, route, token))).toEqual([401, "unauthorized"]);
    }
    expect((await read(owner, session.id)).text).toBe(before);
  });
});
