/**
 * `npm run prove:faults`: calls every route while Redis or Postgres hangs, refuses, fails, talks nonsense or is slow, on a
 * running isolate and on one that has just begun, and prints each status and how much longer it took. Exits with 1 where
 * a status is not what it should be, a reply breaks the conventions or takes too long, or sign-in is not limited.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand, say, step } from "../../dev/local/say.ts";
import { conclude } from "../../dev/local/tally.ts";
import type { Fault, Target } from "../../dev/platform/faults.ts";
import { type Stack, startStack } from "../../dev/stack.ts";
import { callsOf } from "./calls.ts";
import { type Heard, newAddress, send } from "./client.ts";
import { newEmail, newPerson } from "./people.ts";
import { clearFaults, setFault } from "./platform.ts";
import type { Call, Fate } from "./recipe.ts";

type Trial = {
  readonly name: string;
  /** What the calls are judged by. */
  readonly target: Target;
  readonly fault: Fault;
  /** Whether Redis has the same fault as Postgres. */
  readonly isBoth?: boolean;
  readonly isCold: boolean;
};
/** A call under a trial: what was heard and how much longer it took than when all was well. */
type Result = { readonly heard: Heard; readonly longerMs: number; readonly faults: readonly string[] };

/** How much longer a route may take. */
const LONGER_MS: Record<Target, number> = { redis: 500, postgres: 5_000 };
/** A call that took too long is made again, so often: a busy machine is no fault. */
const RETRIES = 2;
const AT_ONCE = 16;
const SIGN_INS = 10;
/** Asked for all the same, but never used up. */
const MANY = { REPORT_RATE_LIMIT: "100000", PDF_RATE_LIMIT: "100000" };

const trials: Trial[] = [
  ...trialsOf("redis", [
    ["hangs", { kind: "hang" }],
    ["refuses", { kind: "refuse" }],
    ["500", { kind: "http_500" }],
    ["wrong", { kind: "wrong" }],
    ["slow", { kind: "delay", ms: 1_000 }],
  ]),
  { name: "hangs, cold", target: "redis", fault: { kind: "hang" }, isCold: true },
  ...trialsOf("postgres", [
    ["hangs", { kind: "hang" }],
    ["refuses", { kind: "refuse" }],
    ["500", { kind: "http_500" }],
    ["wrong", { kind: "wrong" }],
  ]),
  { name: "hangs, cold", target: "postgres", fault: { kind: "hang" }, isCold: true },
  { name: "refuses, cold", target: "postgres", fault: { kind: "refuse" }, isCold: true },
  { name: "and Redis hang", target: "postgres", fault: { kind: "hang" }, isBoth: true, isCold: false },
];

function trialsOf(target: Target, kinds: readonly (readonly [string, Fault])[]): Trial[] {
  return kinds.map(([name, fault]) => ({ name, target, fault, isCold: false }));
}

async function prove(stack: Stack) {
  const calls = await callsOf(stack.baseUrl);
  await healthyTimes(stack, calls, false);
  const healthy = await step("All is well", () => healthyTimes(stack, calls, false));
  const healthyCold = await step("All is well, cold", () => healthyTimes(stack, calls, true));
  const results = new Map<Trial, Map<Call, Result>>();
  const limits: string[] = [];
  for (const trial of trials) {
    await step(titleOf(trial), async () => {
      results.set(trial, await runTrial(stack, calls, trial, trial.isCold ? healthyCold : healthy));
      if (trial.target === "redis") limits.push(...(await signInFaults(stack, trial)));
    });
  }
  for (const target of ["redis", "postgres"] as const) printTable(target, calls, healthy, results);
  const failures = [
    ...trials.flatMap((trial) =>
      [...(results.get(trial) ?? [])].flatMap(([call, { faults }]) =>
        faults.map((fault) => `${titleOf(trial)}: ${call.name}: ${fault}`),
      ),
    ),
    ...limits,
  ];
  return { passed: trials.length * (calls.length + 1) - failures.length, failures };
}

const titleOf = ({ target, name }: Trial) => `${target === "redis" ? "Redis" : "Postgres"} ${name}`;

/** How long each call takes when all is well; rejects where one does not succeed. */
async function healthyTimes(stack: Stack, calls: readonly Call[], isCold: boolean): Promise<Map<Call, number>> {
  const times = new Map<Call, number>();
  const prepared = await preparedAll(stack, calls);
  if (isCold) await restart(stack);
  for (const [call, sent] of prepared) {
    const { status, text, fault, ms } = await send(stack.baseUrl, sent);
    const isRight = status === 200 || (status === 404 && sent.path === "/nowhere");
    if (!isRight || fault !== undefined) {
      throw new Error(
        `${call.name} answers ${fault ?? `${status} ${text.slice(0, 300)}`} when all is well: bench/prove/calls.ts needs a valid call of it`,
      );
    }
    times.set(call, ms);
  }
  return times;
}

async function preparedAll({ baseUrl }: Stack, calls: readonly Call[]) {
  const prepared = [];
  for (const call of calls) prepared.push([call, await call.prepare(baseUrl)] as const);
  // As daily use does, asks for what is kept for everybody; twice, since what was made above changes the catalog.
  const forEverybody = prepared.filter(([, { method, token }]) => method === "GET" && token === undefined);
  for (const [, sent] of [...forEverybody, ...forEverybody]) await send(baseUrl, sent);
  return prepared;
}

async function restart(stack: Stack): Promise<void> {
  await stack.killWorkerd();
  await stack.serving();
}

async function runTrial(
  stack: Stack,
  calls: readonly Call[],
  trial: Trial,
  healthy: ReadonlyMap<Call, number>,
): Promise<Map<Call, Result>> {
  const results = new Map<Call, Result>();
  const prepared = await preparedAll(stack, calls);
  await underFault(stack, trial, async () => {
    // Waiting for Postgres takes seconds: many wait at once. With Redis, half a second counts: one after the other.
    const width = trial.target === "postgres" ? AT_ONCE : 1;
    const queue = [...prepared];
    const work = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [call, sent] = next;
        const heard = await send(stack.baseUrl, sent);
        results.set(call, judged(call, trial, heard, healthy.get(call) ?? 0));
      }
    };
    await Promise.all(Array.from({ length: width }, work));
  });
  for (const [call, result] of results) {
    if (result.heard.fault === undefined && result.longerMs > LONGER_MS[trial.target]) {
      results.set(call, await fastest(stack, call, trial, result, healthy.get(call) ?? 0));
    }
  }
  return results;
}

async function underFault(stack: Stack, trial: Trial, work: () => Promise<void>): Promise<void> {
  const { target, fault, isBoth = false, isCold } = trial;
  const platformUrl = stack.platformUrl ?? "";
  await setFault(platformUrl, { target: isBoth ? "all" : target, ...fault });
  try {
    if (isCold) await restart(stack);
    await work();
  } finally {
    await clearFaults(platformUrl);
  }
}

async function fastest(stack: Stack, call: Call, trial: Trial, first: Result, healthyMs: number): Promise<Result> {
  let best = first;
  for (let again = 0; again < RETRIES && best.longerMs > LONGER_MS[trial.target]; again += 1) {
    const sent = await call.prepare(stack.baseUrl);
    await underFault(stack, trial, async () => {
      const result = judged(call, trial, await send(stack.baseUrl, sent), healthyMs);
      if (result.longerMs < best.longerMs) best = result;
    });
  }
  return best;
}

function judged(call: Call, trial: Trial, heard: Heard, healthyMs: number): Result {
  const longerMs = Math.max(0, heard.ms - healthyMs);
  const wanted = statusOf(fateOf(call, trial), call);
  const faults = [
    ...(heard.status === wanted ? [] : [`${heard.status} in place of ${wanted}: ${heard.text.slice(0, 200)}`]),
    ...(heard.fault === undefined ? [] : [heard.fault]),
    ...(longerMs <= LONGER_MS[trial.target] ? [] : [`${seconds(longerMs)} longer`]),
  ];
  return { heard, longerMs, faults };
}

function fateOf(call: Call, { target, isCold }: Trial): Fate {
  if (target === "redis") return call.withoutRedis;
  return isCold ? call.withoutPostgresCold : call.withoutPostgres;
}

const statusOf = (fate: Fate, call: Call) => (fate === "503" ? 503 : call.name === "GET /nowhere" ? 404 : 200);

/** Guesses one account's password once more often than may be: the last must be refused, and none may do harm. */
async function signInFaults(stack: Stack, trial: Trial): Promise<string[]> {
  const email = newEmail();
  await newPerson(stack.baseUrl, "STUDENT", email);
  const guess = {
    method: "POST",
    path: "/api/v1/auth/login",
    body: { email, password: "Wrong123!" },
    headers: { "CF-Connecting-IP": newAddress() },
  };
  const statuses: number[] = [];
  const faults: string[] = [];
  await underFault(stack, trial, async () => {
    for (let guesses = 0; guesses <= SIGN_INS; guesses += 1) {
      const heard = await send(stack.baseUrl, guess);
      statuses.push(heard.status);
      if (heard.fault !== undefined) faults.push(`${titleOf(trial)}: a wrong password: ${heard.fault}`);
    }
  });
  const isLimited = statuses.at(-1) === 429 && statuses.every((status) => status === 401 || status === 429);
  return isLimited ? faults : [...faults, `${titleOf(trial)}: wrong passwords are not limited: ${statuses.join(" ")}`];
}

function printTable(
  target: Target,
  calls: readonly Call[],
  healthy: ReadonlyMap<Call, number>,
  results: ReadonlyMap<Trial, ReadonlyMap<Call, Result>>,
): void {
  const shown = trials.filter((trial) => trial.target === target);
  const cells = (first: string, others: readonly string[]) =>
    `${first.padEnd(32)}${others.map((cell) => cell.padStart(15)).join("")}`;
  say();
  say(cells(target === "redis" ? "Redis" : "Postgres", ["all well", ...shown.map(({ name }) => name)]));
  for (const call of calls) {
    const row = shown.map((trial) => {
      const result = results.get(trial)?.get(call);
      if (!result) return "";
      return `${result.faults.length > 0 ? "✗ " : ""}${result.heard.status} +${seconds(result.longerMs)}`;
    });
    say(cells(call.name, [seconds(healthy.get(call) ?? 0), ...row]));
  }
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(3)} s`;

await runCommand(async () => {
  const dir = await mkdtemp(join(tmpdir(), "ascent-prove-faults-"));
  const stack = await startStack({
    dir,
    demo: true,
    settings: { ARGON2_MEMORY_KIB: "64", ARGON2_ITERATIONS: "1", AUTH_RATE_LIMIT: String(SIGN_INS), ...MANY },
    // What it logs of the faults is expected.
    onLine: () => {},
    step,
  });
  try {
    conclude(await prove(stack));
  } finally {
    await stack.stop();
    await rm(dir, { recursive: true });
  }
});
