import { afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import { newAddress, type Sent, send } from "../../bench/prove/client.ts";
import { newEmail, newPerson, PASSWORD, someSubmission, startSession, type Tokens } from "../../bench/prove/people.ts";
import { clearFaults, faultsMet, setFault } from "../../bench/prove/platform.ts";
import type { Acknowledged } from "../../bench/prove/practising.ts";
import { differencesInRecord, NO_DIFFERENCES } from "../../bench/prove/record.ts";
import type { Fault } from "../../dev/platform/faults.ts";

/** What the stack allows in a minute. */
const SIGN_INS = 10;

const REDIS_FAULTS: [what: string, fault: Fault][] = [
  ["hangs", { kind: "hang" }],
  ["refuses", { kind: "refuse" }],
  ["fails", { kind: "http_500" }],
  ["talks nonsense", { kind: "wrong" }],
  ["is slow", { kind: "delay", ms: 1_000 }],
];
const POSTGRES_FAULTS = REDIS_FAULTS.slice(0, 4);

const API = "/api/v1";
const breaks = (target: "redis" | "postgres", fault: Fault) => setFault(inject("platformUrl"), { target, ...fault });

/** The status of a reply that keeps the conventions: the envelope, the request id, `Retry-After` where it belongs. */
async function statusOf(method: string, path: string, sent: Partial<Sent> = {}): Promise<number> {
  const { status, fault } = await send(inject("baseUrl"), { method, path: `${API}${path}`, ...sent });
  expect({ call: `${method} ${path}`, fault }).toEqual({ call: `${method} ${path}`, fault: undefined });
  return status;
}

const CATALOG = ["/subjects", "/grades", "/topics", "/skills", "/skills/1"];
const readCatalog = () => Promise.all(CATALOG.map((path) => statusOf("GET", path)));

/** Answers the current question, asks for the next, sends a heartbeat and reads the session. */
async function practiseABit(
  token: string | undefined,
  sessionId: string,
  question: Parameters<typeof someSubmission>[0],
) {
  const path = `/practice/sessions/${sessionId}`;
  return [
    await statusOf("POST", `${path}/submit`, { token, body: someSubmission(question) }),
    await statusOf("POST", `${path}/next`, { token, body: { skip: true } }),
    await statusOf("POST", `${path}/heartbeat`, { token, body: {} }),
    await statusOf("GET", path, { token }),
    await statusOf("POST", `${path}/finish`, { token }),
  ];
}

const ALL_WELL = [200, 200, 200, 200, 200];

let person: Tokens & { email: string };

beforeAll(async () => {
  const email = newEmail();
  person = { ...(await newPerson(inject("baseUrl"), "STUDENT", email)), email };
});
afterEach(() => clearFaults(inject("platformUrl")));

describe.each(REDIS_FAULTS)("while Redis %s", (_what, fault) => {
  test("people sign in, and a password can be guessed no more often than before", async () => {
    const headers = { "CF-Connecting-IP": newAddress() };
    const guess = { headers, body: { email: person.email, password: "Wrong123!" } };
    await breaks("redis", fault);
    const body = { email: person.email, password: PASSWORD };
    expect(await statusOf("POST", "/auth/login", { body })).toBe(200);
    const guesses = [];
    for (let count = 0; count <= SIGN_INS; count += 1) guesses.push(await statusOf("POST", "/auth/login", guess));
    expect(guesses[0]).toBe(401);
    expect(guesses.at(-1)).toBe(429);
    expect(new Set(guesses)).toEqual(new Set([401, 429]));
  });

  test("the catalog is served", async () => {
    await breaks("redis", fault);
    expect(await readCatalog()).toEqual(ALL_WELL);
  });

  test("a guest starts and practises", async () => {
    await breaks("redis", fault);
    const { id, current_question } = await startSession(inject("baseUrl"), undefined);
    expect(await practiseABit(undefined, id, current_question)).toEqual(ALL_WELL);
  });

  test("a new student registers, starts and practises", async () => {
    await breaks("redis", fault);
    const { access_token: token } = await newPerson(inject("baseUrl"));
    const { id, current_question } = await startSession(inject("baseUrl"), token);
    expect(await practiseABit(token, id, current_question)).toEqual(ALL_WELL);
  });
});

describe.each(POSTGRES_FAULTS)("while Postgres %s", (_what, fault) => {
  test("what needs it is 503 and says when to come again", async () => {
    const { access_token: token, refresh_token, email } = person;
    const student = await newPerson(inject("baseUrl"));
    await breaks("postgres", fault);
    const calls: [string, string, Partial<Sent>?][] = [
      ["POST", "/auth/register", { body: { email: newEmail(), password: PASSWORD, full_name: "Pat Proof" } }],
      ["POST", "/auth/login", { body: { email, password: PASSWORD } }],
      ["POST", "/auth/refresh", { body: { refresh_token } }],
      ["POST", "/auth/logout", { body: { refresh_token } }],
      ["GET", "/users/me", { token }],
      ["PATCH", "/users/me", { token, body: { school: "Hilltop School" } }],
      ["POST", "/users/me/password", { token, body: { current_password: PASSWORD, new_password: "Better456!" } }],
      ["GET", "/skills/1/stats", { token }],
      ["GET", "/analytics/overview", { token }],
      ["GET", "/analytics/skills/1/questions-log", { token }],
      ["POST", "/practice/sessions", { token: student.access_token, body: { skill_id: 1 } }],
    ];
    const statuses = await Promise.all(calls.map((call) => statusOf(...call)));
    expect(statuses).toEqual(calls.map(() => 503));
  });

  test("the catalog is served as it was", async () => {
    await readCatalog();
    await breaks("postgres", fault);
    expect(await readCatalog()).toEqual(ALL_WELL);
  });

  test("a guest starts and practises", async () => {
    await startSession(inject("baseUrl"), undefined);
    await breaks("postgres", fault);
    const { id, current_question } = await startSession(inject("baseUrl"), undefined);
    expect(await practiseABit(undefined, id, current_question)).toEqual(ALL_WELL);
  });

  test("a student resumes and goes on", async () => {
    const { access_token: token } = await newPerson(inject("baseUrl"));
    await startSession(inject("baseUrl"), token);
    await breaks("postgres", fault);
    const { id, current_question } = await startSession(inject("baseUrl"), token);
    expect(await practiseABit(token, id, current_question)).toEqual(ALL_WELL);
  });
});

describe.each([...POSTGRES_FAULTS, ["loses its reply", { kind: "drop_reply" }] as const])(
  "after Postgres, to which answers were on their way, %s",
  (_what, fault) => {
    test("each answer is on record, exactly once", async () => {
      const platformUrl = inject("platformUrl");
      const { access_token: token, user } = await newPerson(inject("baseUrl"));
      const session = await startSession(inject("baseUrl"), token);
      const before = await faultsMet(platformUrl, "postgres");
      await breaks("postgres", fault);
      const answers: Acknowledged[] = [];
      let question = session.current_question;
      while (answers.length < 3) {
        const path = `${API}/practice/sessions/${session.id}/submit`;
        const heard = await send(inject("baseUrl"), { method: "POST", path, token, body: someSubmission(question) });
        expect(heard).toMatchObject({ status: 200, fault: undefined });
        const { data } = JSON.parse(heard.text);
        answers.push({
          sessionId: session.id,
          number: data.session.questions_answered,
          questionId: question.id,
          isCorrect: data.is_correct,
          smartscore: data.session.smartscore,
        });
        question = data.next_question;
      }
      expect(await statusOf("POST", `/practice/sessions/${session.id}/finish`, { token })).toBe(200);
      await expect.poll(() => faultsMet(platformUrl, "postgres"), { timeout: 20_000 }).toBeGreaterThan(before);
      await clearFaults(platformUrl);
      const practised = [{ studentId: user.id, answers, replayed: 0 }];
      expect(await differencesInRecord(platformUrl, practised)).toEqual(NO_DIFFERENCES);
    });
  },
);
