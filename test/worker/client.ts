import { exports } from "cloudflare:workers";
import { v4 as uuid } from "uuid";
import { expect } from "vitest";

type Sent = { token?: string | undefined; body?: unknown; raw?: BodyInit; headers?: Record<string, string> };

export type Answer = { status: number; headers: Headers; text: string; json: () => Json };

/** What came back, for a test to look into: a missing member shows as undefined in the assertion that meets it. */
// biome-ignore lint/suspicious/noExplicitAny: parsed JSON of any route, checked member by member by the assertions.
export type Json = any;

/** One request to the Worker under test. */
export async function call(method: string, path: string, sent: Sent = {}): Promise<Answer> {
  const headers = new Headers(sent.headers);
  if (sent.token !== undefined) headers.set("Authorization", `Bearer ${sent.token}`);
  const body = sent.raw ?? (sent.body === undefined ? undefined : JSON.stringify(sent.body));
  if (body !== undefined && !headers.has("Content-Type")) headers.set("Content-Type", "application/json");
  const init: RequestInit = { method, headers, ...(body === undefined ? {} : { body }) };
  return answerOf(await exports.default.fetch(new Request(`https://ascent.test${path}`, init)));
}

/** A response that was read whole. */
export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
}

/** The data of an answer that must be a success; its text tells why, where it is not. */
export function dataOf({ status, text, json }: Answer): Json {
  expect(status, text).toBe(200);
  return json().data;
}

export const api = (method: string, path: string, sent?: Sent) => call(method, `/api/v1${path}`, sent);

export type Account = { id: string; email: string; token: string };

/** Of everybody whom a test makes or the seed has. */
export const PASSWORD = "Password123!";

/** A new student (or parent), from an address of their own so that no limit is shared. */
export async function register(fields: Record<string, unknown> = {}): Promise<Account> {
  const email = `${uuid()}@example.com`;
  const answer = await api("POST", "/auth/register", {
    body: { email, password: PASSWORD, full_name: "Test Student", grade_level: 5, ...fields },
    headers: { "CF-Connecting-IP": uuid() },
  });
  if (answer.status !== 200) throw new Error(`register: ${answer.status} ${answer.text}`);
  const { user, access_token: token } = answer.json().data;
  return { id: user.id, email, token };
}

/** Signs in as one of the seeded accounts. */
export async function signIn(email: string): Promise<Account> {
  const answer = await api("POST", "/auth/login", {
    body: { email, password: PASSWORD },
    headers: { "CF-Connecting-IP": uuid() },
  });
  if (answer.status !== 200) throw new Error(`sign in: ${answer.status} ${answer.text}`);
  const { user, access_token: token } = answer.json().data;
  return { id: user.id, email, token };
}

type Fault = { target: "postgres" | "redis" | "all"; kind: string; ms?: number; times?: number };

/** Where the settings say that Postgres and Redis are: what stands in for both. */
export const PLATFORM = "http://127.0.0.1:8790";

/** Puts a fault before the stand-ins of Postgres and Redis, until `clearFaults`. */
export const setFault = (fault: Fault) => fetch(`${PLATFORM}/faults`, { method: "POST", body: JSON.stringify(fault) });

export const clearFaults = () => fetch(`${PLATFORM}/faults`, { method: "DELETE" });

/** How many requests are waiting at the stand-in of Postgres. */
export async function hanging(): Promise<number> {
  const report: Json = await (await fetch(`${PLATFORM}/faults`)).json();
  return report.postgres.inFlight;
}

/** How many requests the stand-ins have seen, flushes of students' objects left out. */
export async function outboundRequests(): Promise<{ postgres: number; redis: number }> {
  const { postgres, redis } = await stats();
  return { postgres: postgres.requests, redis: redis.requests };
}

/** How many flushes of this student's object the stand-ins have seen. */
export const flushesOf = async (studentId: string): Promise<number> => (await stats()).flushes[studentId] ?? 0;

const stats = async (): Promise<Json> => (await fetch(`${PLATFORM}/stats`)).json();

/** Runs SQL on the database behind the stand-in, past every fault. */
export async function sql<Row>(query: string, params: unknown[] = []): Promise<Row[]> {
  const response = await fetch(`${PLATFORM}/test-sql`, {
    method: "POST",
    body: JSON.stringify({ query, params }),
  });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}
