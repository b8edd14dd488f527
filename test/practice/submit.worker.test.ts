import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { StudentPractice } from "../../src/index.ts";
import { type Account, api, type Json, register } from "../worker/client.ts";
import {
  answerCurrent,
  begin,
  eventsIn,
  finish,
  heartbeat,
  next,
  objectOf,
  read,
  rightAnswer,
  submit,
  wrongAnswer,
} from "../worker/practice.ts";

/** A new student with a session of skill 1 under way. */
async function practising(): Promise<Account & { session: Json }> {
  const account = await register();
  return { ...account, session: await begin(account) };
}

const codeOf = (answer: { json: () => Json }) => answer.json().error?.code;

const answersIn = async (studentId: string) =>
  (await eventsIn(studentId)).filter(({ event }) => event.kind === "answered");

describe("an answer sent with a key", () => {
  it("twenty times at once is one attempt, and every reply is the same, byte for byte", async () => {
    const student = await practising();
    const submission = { questionId: 1, answer: { choice: "B" }, key: "page-load-1" };
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => submit(student, student.session.id, submission)),
    );
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
    expect(replies.filter(({ headers }) => headers.get("Idempotent-Replayed") === "true")).toHaveLength(19);
    expect(replies.filter(({ headers }) => headers.has("Idempotent-Replayed"))).toHaveLength(19);
    expect(await answersIn(student.id)).toHaveLength(1);
  });

  it("again later, after other answers and after the object was evicted, gets the first reply", async () => {
    const student = await practising();
    const submission = { questionId: 1, answer: { choice: "B" }, key: "k" };
    const first = await submit(student, student.session.id, submission);
    const { session } = first.json().data;
    await answerCurrent(student, session);
    await finish(student, session.id);
    await evictDurableObject(objectOf(student.id));
    const again = await submit(student, session.id, submission);
    expect([again.status, again.text]).toEqual([200, first.text]);
    expect(again.headers.get("Idempotent-Replayed")).toBe("true");
    expect(await answersIn(student.id)).toHaveLength(2);
  });

  it("with another body is 422, and changes nothing", async () => {
    const student = await practising();
    const submission = { questionId: 1, answer: { choice: "B" }, key: "k" };
    await submit(student, student.session.id, submission);
    const before = (await read(student, student.session.id)).text;
    for (const other of [{ answer: { choice: "A" } }, { claimedSec: 6 }, { questionId: 2 }]) {
      const refused = await submit(student, student.session.id, { ...submission, ...other });
      expect([refused.status, codeOf(refused)]).toEqual([422, "idempotency_mismatch"]);
    }
    expect((await read(student, student.session.id)).text).toBe(before);
  });

  it("that was refused is decided anew under the same key", async () => {
    const student = await practising();
    const refused = await submit(student, student.session.id, { questionId: 2, answer: { value: 108 }, key: "k" });
    expect([refused.status, codeOf(refused)]).toEqual([409, "question_not_current"]);
    const unreadable = await submit(student, student.session.id, { questionId: 1, answer: { choice: "Z" }, key: "k" });
    expect([unreadable.status, codeOf(unreadable)]).toEqual([400, "validation_error"]);
    const accepted = await submit(student, student.session.id, { questionId: 1, answer: { choice: "B" }, key: "k" });
    expect(accepted.status).toBe(200);
    expect(accepted.headers.has("Idempotent-Replayed")).toBe(false);
  });

  it("that an earlier session had is a new one in this session", async () => {
    const student = await practising();
    await submit(student, student.session.id, { questionId: 1, answer: { choice: "B" }, key: "k" });
    const other = await begin(student, 2);
    const accepted = await submit(student, other.id, { questionId: 3, answer: { choice: "C" }, key: "k" });
    expect(accepted.status).toBe(200);
    expect(accepted.headers.has("Idempotent-Replayed")).toBe(false);
  });

  it.each(["", " ", "a b", "é", "x".repeat(256)])("%j, which is no key, is 400", async (key) => {
    const student = await register();
    const refused = await api("POST", `/practice/sessions/${crypto.randomUUID()}/submit`, {
      ...student,
      body: { question_id: 1, submitted_answer: { choice: "B" }, time_spent_sec: 1 },
      headers: { "Idempotency-Key": key },
    });
    expect([refused.status, codeOf(refused)]).toEqual([400, "validation_error"]);
  });

  it("is none on start, next, heartbeat and finish: there the key is ignored, whatever it is", async () => {
    const student = await practising();
    const headers = { "Idempotency-Key": "one key per page load" };
    const path = `/practice/sessions/${student.session.id}`;
    const replies = [
      await api("POST", "/practice/sessions", { ...student, headers, body: { skill_id: 2 } }),
      await api("POST", `${path}/next`, { ...student, headers, body: { skip: true } }),
      await api("POST", `${path}/next`, { ...student, headers, body: { skip: true } }),
      await api("POST", `${path}/heartbeat`, { ...student, headers, body: {} }),
      await api("POST", `${path}/finish`, { ...student, headers }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(replies[2]?.text).not.toBe(replies[1]?.text);
    expect(replies.some(({ headers: got }) => got.has("Idempotent-Replayed"))).toBe(false);
  });
});

describe("an answer sent without a key", () => {
  it("twenty times at once is one attempt: the others are told that it was answered", async () => {
    const student = await practising();
    const submission = { questionId: 1, answer: { choice: "B" } };
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => submit(student, student.session.id, submission)),
    );
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(replies.filter((reply) => reply.status === 409 && codeOf(reply) === "already_answered")).toHaveLength(19);
    expect(await answersIn(student.id)).toHaveLength(1);
  });

  it("is one attempt, and no repeat to its client, where the call to the object is made again as its reply was lost", async () => {
    const { id, session } = await practising();
    const command = { sessionId: session.id, questionId: 1, answer: { choice: "B" }, claimedSec: 1 };
    const call = () => objectOf(id).submit({ ...command, key: "worker:1", bodyHash: "" });
    const first = await call();
    expect(first).toBeTypeOf("string");
    expect(await call()).toBe(first);
    expect(await answersIn(id)).toHaveLength(1);
  });
});

describe("the reply to an answer", () => {
  it("tells whether it was right, why, the key, what the score did and what comes next", async () => {
    const student = await practising();
    const reply = (await submit(student, student.session.id, { questionId: 1, answer: { choice: "A" } })).json().data;
    expect(reply).toMatchObject({
      is_correct: false,
      explanation: expect.stringMatching(/\w/),
      correct_answer: "56",
      correct_answer_data: { choice: "B" },
      score_change: { delta: 0, message: expect.stringMatching(/\w/) },
      finished: false,
    });
    expect(reply.next_question).toEqual(reply.session.current_question);
    expect(reply.session).toMatchObject({
      questions_answered: 1,
      correct_count: 0,
      wrong_count: 1,
      total_questions_answered: 1,
      total_correct: 0,
      total_incorrect: 1,
      last_question_id: 1,
    });
    expect((await read(student, student.session.id)).json().data).toEqual(reply.session);
  });

  it("at mastery finishes the session, and the next one starts at 90", async () => {
    const student = await practising();
    let { session } = student;
    while (session.current_question) session = (await answerCurrent(student, session)).session;
    expect(session).toMatchObject({ smartscore: 100, finished_reason: "MASTERED", current_question: null });
    expect(session.finished_at).not.toBeNull();
    expect(await begin(student)).toMatchObject({ smartscore: 90, current_streak_correct: 0, best_smartscore: 90 });
  });
});

describe("an answer to another question than the current one", () => {
  it("is 409 and changes nothing, whether it was answered, put aside or never asked", async () => {
    const student = await practising();
    const { session } = await answerCurrent(student, student.session);
    const skipped = session.current_question;
    await next(student, session.id, { skip: true });
    const before = (await read(student, session.id)).text;
    const events = (await eventsIn(student.id)).length;
    for (const [questionId, code] of [
      [1, "already_answered"],
      [skipped.id, "question_not_current"],
      [999_999, "question_not_current"],
    ] as const) {
      const refused = await submit(student, session.id, { questionId, answer: { choice: "B" } });
      expect([refused.status, codeOf(refused)]).toEqual([409, code]);
    }
    expect((await read(student, session.id)).text).toBe(before);
    expect(await eventsIn(student.id)).toHaveLength(events);
  });
});

describe("limits", () => {
  it("the 31st accepted answer of a minute is 429 and says when to come back; repeats and refusals do not count", async () => {
    const student = await register();
    let session = await begin(student);
    for (let count = 0; count < 30; count++) {
      const question = session.current_question;
      expect((await submit(student, session.id, { questionId: 999_999, answer: {} })).status).toBe(409);
      const submission = { questionId: question.id, answer: await wrongAnswer(question), key: `k${count}` };
      const accepted = await submit(student, session.id, submission);
      expect(accepted.status).toBe(200);
      expect((await submit(student, session.id, submission)).headers.get("Idempotent-Replayed")).toBe("true");
      session = accepted.json().data.session;
    }
    const submission = {
      questionId: session.current_question.id,
      answer: await rightAnswer(session.current_question.id),
    };
    const refused = await submit(student, session.id, submission);
    expect([refused.status, codeOf(refused)]).toEqual([429, "rate_limited"]);
    const retryAfter = Number(refused.headers.get("Retry-After"));
    expect(retryAfter >= 1 && retryAfter <= 60).toBe(true);
    expect(refused.headers.get("RateLimit")).toBe(`"submit";r=0;t=${retryAfter}`);
    expect(refused.headers.get("RateLimit-Policy")).toBe('"submit";q=30;w=60');
    expect(refused.headers.get("Access-Control-Expose-Headers")).toMatch(/Retry-After.*RateLimit/);

    await evictDurableObject(objectOf(student.id));
    const other = await begin(student, 2);
    expect((await submit(student, other.id, { questionId: 3, answer: { choice: "A" } })).status).toBe(429);
    expect((await submit(student, session.id, { questionId: 1, answer: {}, key: "k0" })).status).toBe(422);
    expect((await read(student, session.id)).json().data).toMatchObject({ questions_answered: 30 });
  });

  it("the 61st next or heartbeat of a minute is 429, and costs neither an answer nor the session", async () => {
    const student = await practising();
    const { id } = student.session;
    for (let count = 0; count < 30; count++) {
      expect((await heartbeat(student, id, { is_active: count % 2 === 0 })).status).toBe(200);
      expect((await next(student, id)).status).toBe(200);
    }
    for (const refused of [await heartbeat(student, id), await next(student, id)]) {
      expect([refused.status, codeOf(refused)]).toEqual([429, "rate_limited"]);
      expect(refused.headers.get("RateLimit-Policy")).toBe('"heartbeat";q=60;w=60');
    }
    expect((await submit(student, id, { questionId: 1, answer: { choice: "B" } })).status).toBe(200);
    expect((await finish(student, id)).status).toBe(200);
  });
});

describe("an answer in storage", () => {
  let written: number[];
  beforeAll(async () => {
    const student = await practising();
    written = await runInDurableObject(objectOf(student.id), async (object, { storage }) => {
      if (!(object instanceof StudentPractice)) throw new Error("not a StudentPractice");
      const exec = storage.sql.exec;
      const setAlarm = storage.setAlarm;
      let cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = [];
      let alarms = 0;
      storage.sql.exec = (...call: Parameters<typeof exec>) => {
        const cursor = exec.apply(storage.sql, call);
        cursors.push(cursor);
        return cursor as never;
      };
      storage.setAlarm = (...call: Parameters<typeof setAlarm>) => {
        alarms += 1;
        return setAlarm.apply(storage, call);
      };
      const counts: number[] = [];
      let question = student.session.current_question;
      for (let count = 0; count < 10; count++) {
        [cursors, alarms] = [[], 0];
        const reply = await object.submit({
          sessionId: student.session.id,
          questionId: question.id,
          answer: await wrongAnswer(question),
          claimedSec: 1,
          key: `k${count}`,
          bodyHash: "x",
        });
        if (typeof reply !== "string") throw new Error("refused");
        counts.push(cursors.reduce((rows, cursor) => rows + cursor.rowsWritten, alarms));
        question = JSON.parse(reply).next_question;
      }
      storage.sql.exec = exec;
      storage.setAlarm = setAlarm;
      return counts;
    });
  });

  it("writes three rows at most, its alarm included", () => {
    expect(Math.max(...written)).toBeLessThanOrEqual(3);
    // The count is a real one: an answer cannot be kept in less than its event.
    expect(Math.min(...written)).toBeGreaterThanOrEqual(1);
  });
});
