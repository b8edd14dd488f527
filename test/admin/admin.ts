import { expect } from "vitest";
import { bindings } from "../worker/apps.ts";
import { type Account, type Answer, api, dataOf, type Json, signIn } from "../worker/client.ts";
import { expectError } from "../worker/people.ts";

export { dataOf };

let signedIn: Promise<Account> | undefined;

/** The seeded admin. */
export function admin(): Promise<Account> {
  signedIn ??= signIn("admin@example.com");
  return signedIn;
}

/** A request of the seeded admin's to a route below `/admin`. */
export async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const { token } = await admin();
  return api(method, `/admin${path}`, { token, headers, ...(body === undefined ? {} : { body }) });
}

export const made = async (path: string, body: unknown) => dataOf(await ask("POST", path, body));

/** Expects that something refers to it: 409 with how much, by table. */
export function expectRefers(answer: Answer, refers: Record<string, number>) {
  expect(expectError(answer, 409, "conflict").details).toEqual({ refers });
}

let names = 0;
const run = Math.floor(Math.random() * 0xffffff).toString(16);

/** A slug, code or the like that nothing else has. */
export const fresh = (what: string) => `${what}-${run}-${++names}`;

export const withKey = (key: string = crypto.randomUUID()) => ({ "Idempotency-Key": key });

/** Runs a command on the Redis behind the Worker. */
export async function redis(...command: string[]): Promise<unknown> {
  const { UPSTASH_REDIS_REST_URL: url = "", UPSTASH_REDIS_REST_TOKEN: token } = bindings;
  const response = await fetch(url, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}` },
    body: JSON.stringify(command),
  });
  const { result } = await response.json<{ result: unknown }>();
  return result;
}

export const SKILL = { subject_id: 1, grade_id: 7 };

/** A skill of its own for a test, with as many NUMERIC questions as it says. */
export async function madeSkill(questions = 0): Promise<Json> {
  const skill = await made("/skills", { ...SKILL, code: fresh("T").slice(-20), title: "A skill of a test" });
  for (let n = 1; n <= questions; n += 1) await made("/questions", numeric(skill.id, n));
  return skill;
}

export const numeric = (skillId: number, n = 1) => ({
  skill_id: skillId,
  type: "NUMERIC",
  prompt: `What is ${n} + 1?`,
  data: {},
  correct_answer: { value: n + 1 },
  explanation: "",
  level: 1,
});
