import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callsOf } from "../../bench/prove/calls.ts";
import { type Heard, type Sent, send } from "../../bench/prove/client.ts";
import { clearFaults, setFault } from "../../bench/prove/platform.ts";
import type { Call, Fate } from "../../bench/prove/recipe.ts";
import { type Stack, startStack } from "../../dev/stack.ts";

/** Who waits for Postgres waits for nothing else; who is served needs the one thread of the embedded Postgres. */
const AT_ONCE = { postgres: 60, redis: 3 };

let dir: string;
let stack: Stack;

/** A product of its own: these calls change and delete what other tests count on. */
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "ascent-faults-"));
  const settings = { ARGON2_MEMORY_KIB: "64", ARGON2_ITERATIONS: "1" };
  stack = await startStack({ dir, demo: true, settings, onLine: () => {} });
}, 240_000);
afterAll(async () => {
  await stack.stop();
  await rm(dir, { recursive: true });
});

const statusOf = (fate: Fate, { name }: Call) => (fate === "503" ? 503 : name === "GET /nowhere" ? 404 : 200);

/** Each call's name, its status and how its reply breaks the conventions, if it does. */
async function heardWhile(target: "postgres" | "redis", prepared: readonly (readonly [Call, Sent])[]) {
  const platformUrl = stack.platformUrl ?? "";
  const heard = new Map<Call, Heard>();
  const queue = [...prepared];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) heard.set(next[0], await send(stack.baseUrl, next[1]));
  };
  await setFault(platformUrl, { target, kind: "hang" });
  await Promise.all(Array.from({ length: AT_ONCE[target] }, work));
  await clearFaults(platformUrl);
  return prepared.map(([call]) => ({
    name: call.name,
    status: heard.get(call)?.status,
    fault: heard.get(call)?.fault,
  }));
}

/** Makes what each call needs, and asks twice for what is kept for everybody, as daily use does. */
async function prepare(calls: readonly Call[]) {
  const prepared: (readonly [Call, Sent])[] = [];
  for (const call of calls) prepared.push([call, await call.prepare(stack.baseUrl)]);
  const forEverybody = prepared.filter(([, { method, token }]) => method === "GET" && token === undefined);
  for (const [, sent] of [...forEverybody, ...forEverybody]) await send(stack.baseUrl, sent);
  return prepared;
}

test.each([
  ["postgres", "withoutPostgres"],
  ["redis", "withoutRedis"],
] as const)(
  "every route of the product answers as it should while %s hangs",
  { timeout: 240_000 },
  async (target, fate) => {
    const calls = await callsOf(stack.baseUrl);
    const expected = calls.map((call) => ({ name: call.name, status: statusOf(call[fate], call), fault: undefined }));
    expect(await heardWhile(target, await prepare(calls))).toEqual(expected);
  },
);
