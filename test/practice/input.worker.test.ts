import { beforeAll, describe, expect, it } from "vitest";
import { type Account, type Answer, api, type Json, register, sql } from "../worker/client.ts";
import { begin, eventsIn, hasStored, read, submit } from "../worker/practice.ts";

const gist = (answer: Answer) => [answer.status, answer.json().error?.code];

/** 300 kB that come in chunks, their length unannounced. */
const inChunks = () =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      const spaces = new Uint8Array(30_000).fill(32);
      for (let count = 0; count < 10; count++) controller.enqueue(spaces);
      controller.close();
    },
  });

let student: Account;
let session: Json;
const path = (of = "") => `/practice/sessions/${session.id}${of}`;

beforeAll(async () => {
  student = await register();
  session = await begin(student);
});

/** Expects this reply, and that it changed nothing. */
async function expectRefusal(reply: () => Promise<Answer>, status: number, code: string): Promise<Answer> {
  const before = [(await read(student, session.id)).text, (await eventsIn(student.id)).length];
  const answer = await reply();
  expect(gist(answer), answer.text).toEqual([status, code]);
  expect(answer.json().request_id).toBe(answer.headers.get("X-Request-Id"));
  expect([(await read(student, session.id)).text, (await eventsIn(student.id)).length]).toEqual(before);
  return answer;
}

describe.each(["/submit", "/next", "/heartbeat", "start"])("the body of %s", (route) => {
  const send = (sent: Json) =>
    api("POST", route === "start" ? "/practice/sessions" : path(route), { ...student, ...sent });

  it.each(["{", '{"a":}', "[1,", "nope", "'{}'", '{"skip":true}}'])("%j, which is not JSON, is 400", async (raw) => {
    await expectRefusal(() => send({ raw }), 400, "validation_error");
  });

  it.each([[], "text", 5, null, true])("%j, which is no object, is 422", async (body) => {
    const answer = await expectRefusal(() => send({ raw: JSON.stringify(body) }), 422, "validation_error");
    expect(answer.json().error.details).toEqual([expect.objectContaining({ path: "", message: expect.any(String) })]);
  });

  it("of more than 256 kB is 413, announced or in chunks", async () => {
    const huge = JSON.stringify({ padding: "x".repeat(300_000) });
    await expectRefusal(() => send({ raw: huge }), 413, "payload_too_large");
    await expectRefusal(() => send({ raw: inChunks() }), 413, "payload_too_large");
  });

  it("of another type than JSON is 415", async () => {
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    await expectRefusal(() => send({ raw: "skip=true", headers }), 415, "unsupported_media_type");
  });
});

describe("starting", () => {
  it.each([
    {},
    { skill_id: "1" },
    { skill_id: 0 },
    { skill_id: -1 },
    { skill_id: 1.5 },
    { skill_id: null },
    { skill_id: 2_147_483_648 },
  ])("%j is 422, names the field, and stores nothing", async (body) => {
    const stranger = await register();
    const answer = await api("POST", "/practice/sessions", { ...stranger, body });
    expect(gist(answer)).toEqual([422, "validation_error"]);
    expect(answer.json().error.details).toEqual([expect.objectContaining({ path: "skill_id" })]);
    expect(await hasStored(stranger.id)).toBe(false);
  });
});

describe("submitting", () => {
  const good = { question_id: 1, submitted_answer: { choice: "B" }, time_spent_sec: 1 };
  const deep = (levels: number): Json => (levels === 0 ? "x" : { a: deep(levels - 1) });

  it.each<[string, Json]>([
    ["question_id", { question_id: undefined }],
    ["question_id", { question_id: "one" }],
    ["question_id", { question_id: 0 }],
    ["question_id", { question_id: 1.5 }],
    ["question_id", { question_id: null }],
    ["submitted_answer", { submitted_answer: undefined }],
    ["submitted_answer", { submitted_answer: "B" }],
    ["submitted_answer", { submitted_answer: ["B"] }],
    ["submitted_answer", { submitted_answer: null }],
    ["submitted_answer", { submitted_answer: { text: "x".repeat(5_000) } }],
    ["submitted_answer.text", { submitted_answer: { text: "a\u0000b" } }],
    ["submitted_answer.text", { submitted_answer: { text: "\ud800" } }],
    ["submitted_answer.text", { submitted_answer: { text: "\udc00\ud800" } }],
    ["submitted_answer", { submitted_answer: { "\ud800": 1 } }],
    ["submitted_answer.a.a.a", { submitted_answer: deep(100) }],
    ["time_spent_sec", { time_spent_sec: undefined }],
    ["time_spent_sec", { time_spent_sec: -1 }],
    ["time_spent_sec", { time_spent_sec: 3600.5 }],
    ["time_spent_sec", { time_spent_sec: Number.POSITIVE_INFINITY }],
    ["time_spent_sec", { time_spent_sec: "5" }],
  ])("what is wrong with %s is 422 and named (%#)", async (field, wrong) => {
    const answer = await expectRefusal(
      () => api("POST", path("/submit"), { ...student, body: { ...good, ...wrong } }),
      422,
      "validation_error",
    );
    expect(answer.json().error.details).toEqual([expect.objectContaining({ path: field })]);
  });

  it("an answer that nests without end is 422, however deep, and a number beyond all numbers is no answer", async () => {
    const bottomless = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
    const send = (answer: string) =>
      api("POST", path("/submit"), {
        ...student,
        raw: `{"question_id":1,"submitted_answer":${answer},"time_spent_sec":1}`,
      });
    await expectRefusal(() => send(bottomless), 422, "validation_error");
    await expectRefusal(() => send(`{"choice":${"[".repeat(20_000)}${"]".repeat(20_000)}}`), 422, "validation_error");
    await expectRefusal(() => send('{"choice":1e999}'), 400, "validation_error");
  });

  it("an answer of the wrong form for its question is 400, whatever the type, and says what is expected", async () => {
    const [skill] = await sql<{ id: number }>(
      "insert into skills (subject_id, grade_id, code, title) values (1, 7, $1, 'Forms') returning id",
      [crypto.randomUUID()],
    );
    const choices = [
      { id: "A", text: "a" },
      { id: "B", text: "b" },
    ];
    const types: [string, Json, Json, Json[]][] = [
      ["MCQ", { choices }, { choice: "A" }, [{}, { choice: "C" }, { choice: ["A"] }, { choices: ["A"] }]],
      ["MULTI_SELECT", { choices }, { choices: ["A"] }, [{}, { choices: "A" }, { choices: ["C"] }, { choice: "A" }]],
      ["NUMERIC", {}, { value: 5 }, [{}, { value: "five" }, { value: [5] }, { value: null }, { choice: "5" }]],
      ["TEXT", {}, { text: "noun" }, [{}, { text: "" }, { text: 5 }, { text: "x".repeat(501) }, { value: "noun" }]],
    ];
    for (const [type, data, key] of types) {
      await sql(
        `insert into questions (skill_id, type, prompt, data, correct_answer, level)
         values ($1, $2, 'Q', $3::text::jsonb, $4::text::jsonb, 2)`,
        [skill?.id, type, JSON.stringify(data), JSON.stringify(key)],
      );
    }
    const caller = await register();
    let at = await begin(caller, skill?.id);
    const met: string[] = [];
    while (met.length < types.length) {
      const question = at.current_question;
      const [type, , key, wrongForms] = types.find(([one]) => one === question.type) ?? [];
      const before = (await read(caller, at.id)).text;
      for (const answer of wrongForms ?? []) {
        const refused = await submit(caller, at.id, { questionId: question.id, answer });
        expect(gist(refused)).toEqual([400, "validation_error"]);
        expect(refused.json().error.details).toEqual([
          { path: "submitted_answer", message: expect.stringContaining("expected") },
        ]);
      }
      expect((await read(caller, at.id)).text).toBe(before);
      met.push(type ?? "");
      at = (await submit(caller, at.id, { questionId: question.id, answer: key })).json().data.session;
    }
    expect(met.sort()).toEqual(["MCQ", "MULTI_SELECT", "NUMERIC", "TEXT"]);
  });

  it("members with names that mean something to JavaScript are kept as any other, and come on record", async () => {
    const caller = await register();
    const { id } = await begin(caller);
    const raw =
      '{"question_id":1,"submitted_answer":{"choice":"B","__proto__":{"x":1},"constructor":"y"},"time_spent_sec":1}';
    expect((await api("POST", `/practice/sessions/${id}/submit`, { ...caller, raw })).status).toBe(200);
    await expect
      .poll(() => sql<Json>("select submitted_answer from attempts where student_id = $1", [caller.id]), {
        timeout: 10_000,
      })
      .toEqual([{ submitted_answer: expect.objectContaining({ choice: "B" }) }]);
  });
});

describe("what is said beside an answer", () => {
  it.each([{ skip: "yes" }, { skip: 1 }, { skip: null }])("next with %j is 422", async (body) => {
    await expectRefusal(() => api("POST", path("/next"), { ...student, body }), 422, "validation_error");
  });

  it.each([{ is_active: "no" }, { focus: 1 }, { interaction: null }, { client_ts: {} }])(
    "a heartbeat with %j is 422",
    async (body) => {
      await expectRefusal(() => api("POST", path("/heartbeat"), { ...student, body }), 422, "validation_error");
    },
  );

  it.each([{ client_ts: "2026-01-05T12:00:00Z" }, { client_ts: 1_767_614_400_000 }, { extra: "ignored" }])(
    "a heartbeat with %j is fine",
    async (body) => {
      expect((await api("POST", path("/heartbeat"), { ...student, body })).status).toBe(200);
    },
  );
});
