/**
 * `npm run bench [-- rounds] [-- seconds]`: requests per second, latency and CPU a request of students who answer, on plain
 * workerd, beside floors on the same runtime in the same run, which get the same request and reply with as many bytes: one
 * without an object; one with an object call that writes two rows, which the ratios are to; and one that also reads what
 * it is sent and stores it, as whatever takes answers must. With every 40th answer a student ends the session and starts
 * another: these two count as requests, and latencies are those of answers. Each round starts fresh workerds and puts each
 * load on one after the other, so that a machine that changes its pace changes it for all; figures are medians over the
 * rounds. Then answers at the pace of people, each of which wakes its object. Prints tables, and the same as JSON in
 * .local/bench/answers.json.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { StackOptions } from "../dev/stack.ts";
import { bundleFloor, startFloor } from "./floor/stack.ts";
import { type Client, openClient } from "./load/client.ts";
import { cpuSeconds, median, quantile } from "./load/figures.ts";
import { closedLoop, type Measured, openLoop, type User } from "./load/loops.ts";
import { type StackApart, startStackApart } from "./load/stack-apart.ts";
import { practisingStudents } from "./load/students.ts";
import type { RowCounts } from "./rows/counts.ts";

const CLIENTS = [1, 10, 50];
const OPEN_CLIENTS = 50;
/** The open loop lasts so much longer: the runtime's long collections, of 0.2 s each, come once in some ten seconds. */
const OPEN_TIMES = 4;
const MOST_CLIENTS = Math.max(...CLIENTS, OPEN_CLIENTS);
/** Until the runtime has compiled what is used most. */
const WARM_UP_SECONDS = 8;
const SAMPLED_ANSWERS = 30;
/** Until the drain has sent what a load left: its CPU is the load's. */
const DRAIN_MS = 2_000;

const [rounds = 3, seconds = 5] = process.argv.slice(2).map(Number);
const parent = join(".local", "bench");
await mkdir(parent, { recursive: true });

/** What is measured, by the name it has in the table. */
const [BARE, FLOOR, STORING, ANSWER] = [
  "GET (bare Hono)",
  "POST (one object call)",
  "POST (stores it)",
  "answer",
] as const;
const SUBJECTS = [BARE, FLOOR, STORING, ANSWER];
type Subject = (typeof SUBJECTS)[number];
type Load = { readonly perSec: number; readonly p50: number; readonly p99: number; readonly cpuMs: number };
/** By subject and load: a number of clients, or `open`. */
type Round = { readonly loads: Record<Subject, Record<string, Load>>; readonly statements: number };

/**
 * As people practise: an answer now and then, between which the object leaves memory (after 10 s). Long enough that rows
 * which only now and then are written, as the rescue alarm's, count by their share.
 */
const AT_EASE = { students: 240, everySec: 12, seconds: 48 };

const floorBundle = await bundleFloor(await mkdtemp(join(parent, "build-")));
const collected: Round[] = [];
for (let round = 1; round <= rounds; round++) {
  console.log(`Round ${round} of ${rounds}`);
  collected.push(await measureRound());
}
const atEase = await answersAtEase();
await report();

/** Answers each of which wakes its object: what they cost, and the rows that they write. */
async function answersAtEase(): Promise<{ load: Load; rowsOfAnswers: number; rowsOfOthers: number }> {
  console.log("Answers at ease");
  return withStack({ entry: "bench/rows/index.ts" }, async ({ baseUrl, pid }, client) => {
    const { students: count, everySec, seconds: lasting } = AT_EASE;
    const students = await practisingStudents(client, count);
    await closedLoop(students.slice(0, OPEN_CLIENTS), WARM_UP_SECONDS);
    await sleep(everySec * 1000);
    const read = async () => (await (await fetch(`${baseUrl}/rows`)).json()) as RowCounts;
    const before = await read();
    const load = await measure(pid, () => openLoop(students, count / everySec, lasting));
    const after = await read();
    const answers = after.answers - before.answers;
    return {
      load,
      rowsOfAnswers: (after.byAnswers - before.byAnswers) / answers,
      rowsOfOthers: (after.byOthers - before.byOthers) / answers,
    };
  });
}

async function measureRound(): Promise<Round> {
  return withStack({}, async (stack, client) => {
    const students = await practisingStudents(client, MOST_CLIENTS);
    const { request, replyBytes } = await sampleAnswer(client);
    const floor = await startFloor(floorBundle, parent);
    const floorClient = openClient(floor.baseUrl);
    const posts = (path: string) =>
      floorUsers((index) => floorClient.send("POST", `/${path}/s${index}/${replyBytes}`, request));
    const users: Record<Subject, User[]> = {
      [BARE]: floorUsers(() => floorClient.send("GET", "/")),
      [FLOOR]: posts("objects"),
      [STORING]: posts("answers"),
      [ANSWER]: students,
    };
    const loads: Round["loads"] = { [BARE]: {}, [FLOOR]: {}, [STORING]: {}, [ANSWER]: {} };
    const pidOf = (subject: Subject) => (subject === ANSWER ? stack.pid : floor.pid);
    try {
      for (const subject of SUBJECTS) await closedLoop(users[subject], WARM_UP_SECONDS);
      for (const count of CLIENTS) {
        for (const subject of SUBJECTS) {
          const load = () => closedLoop(users[subject].slice(0, count), seconds);
          loads[subject][count] = await measure(pidOf(subject), load);
        }
      }
      const halfRate = (loads[FLOOR][OPEN_CLIENTS]?.perSec ?? 0) / 2;
      await resetStats(stack.platformUrl);
      for (const subject of SUBJECTS.slice(1)) {
        const load = () => openLoop(users[subject].slice(0, OPEN_CLIENTS), halfRate, seconds * OPEN_TIMES);
        loads[subject].open = await measure(pidOf(subject), load);
      }
      return { loads, statements: (await readStats(stack.platformUrl)) / (halfRate * seconds * OPEN_TIMES) };
    } finally {
      floorClient.close();
      await floor.stop();
    }
  });
}

/** An answer as it is sent, and how long the reply to one mostly is. */
async function sampleAnswer(client: Client) {
  const answers: { request: Parameters<Client["send"]>[2]; bytes: number }[] = [];
  const watched: Client = {
    ...client,
    send: async (method, path, request) => {
      const reply = await client.send(method, path, request);
      if (path.endsWith("/submit")) answers.push({ request, bytes: Buffer.byteLength(reply.body) });
      return reply;
    },
  };
  const [student] = await practisingStudents(watched, 1);
  for (let count = 0; count < SAMPLED_ANSWERS; count++) await student?.act();
  return { request: answers[0]?.request, replyBytes: Math.round(median(answers.map(({ bytes }) => bytes))) };
}

function floorUsers(send: (index: number) => ReturnType<Client["send"]>): User[] {
  return Array.from({ length: MOST_CLIENTS }, (_, index) => ({ act: () => expectOk(send(index)) }));
}

async function withStack<T>(
  options: Pick<StackOptions, "entry">,
  work: (stack: StackApart, client: Client) => Promise<T>,
): Promise<T> {
  const dir = await mkdtemp(join(parent, "answers-"));
  const stack = await startStackApart({
    dir,
    demo: false,
    settings: {
      AUTH_RATE_LIMIT: "0",
      SUBMIT_RATE_LIMIT: "0",
      HEARTBEAT_RATE_LIMIT: "0",
      ARGON2_MEMORY_KIB: "64",
      ARGON2_ITERATIONS: "1",
    },
    databaseUrl: process.env.LOCAL_DATABASE_URL,
    redisUrl: process.env.LOCAL_REDIS_URL,
    ...options,
  });
  const client = openClient(stack.baseUrl);
  try {
    return await work(stack, client);
  } finally {
    client.close();
    await stack.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

async function measure(pid: number, run: () => Promise<Measured>): Promise<Load> {
  const before = cpuSeconds(pid);
  const { latenciesMs, requests, seconds: took } = await run();
  await sleep(DRAIN_MS);
  return {
    perSec: requests / took,
    p50: quantile(latenciesMs, 0.5),
    p99: quantile(latenciesMs, 0.99),
    cpuMs: ((cpuSeconds(pid) - before) * 1000) / requests,
  };
}

async function expectOk(sending: ReturnType<Client["send"]>): Promise<void> {
  const { status, body } = await sending;
  if (status !== 200) throw new Error(`The floor answered ${status} ${body.slice(0, 200)}`);
}

async function resetStats(platformUrl: string): Promise<void> {
  await fetch(`${platformUrl}/stats`, { method: "DELETE" });
}

async function readStats(platformUrl: string): Promise<number> {
  const stats = (await (await fetch(`${platformUrl}/stats`)).json()) as { postgres: { statements: number } };
  return stats.postgres.statements;
}

async function report(): Promise<void> {
  const names = [...CLIENTS.map(String), "open"];
  const table = SUBJECTS.flatMap((what) =>
    names.flatMap((name) => {
      const loads = collected.flatMap((round) => round.loads[what][name] ?? []);
      if (loads.length === 0) return [];
      const middle = (pick: (load: Load) => number) => median(loads.map(pick));
      return [{ what, clients: name, ...medians(middle) }];
    }),
  );
  console.log(
    "\nMedians of",
    rounds,
    "rounds of",
    seconds,
    `s; storage on disk; open: ${OPEN_CLIENTS} clients at half the floor's rate, ${OPEN_TIMES} times as long\n`,
  );
  console.log(
    `${"".padEnd(24)}${["clients", "per s", "p50 ms", "p99 ms", "CPU ms"].map((text) => text.padStart(9)).join("")}`,
  );
  for (const row of table) {
    const cells = [row.clients, row.perSec.toFixed(0), row.p50.toFixed(2), row.p99.toFixed(2), row.cpuMs.toFixed(3)];
    console.log(`${row.what.padEnd(24)}${cells.map((text) => text.padStart(9)).join("")}`);
  }
  const ratios = ratiosTo(FLOOR);
  const ratiosToStoring = ratiosTo(STORING);
  console.log(
    "\nAn answer against the floor of one object call, and against the one that stores it; round by round, the median:",
  );
  for (const [name, value] of Object.entries(ratios)) {
    const cells = [value, ratiosToStoring[name] ?? Number.NaN].map((ratio) => ratio.toFixed(3).padStart(8));
    console.log(`  ${name.padEnd(44)}${cells.join("")}`);
  }
  const statements = median(collected.map((round) => round.statements));
  console.log(`  ${"Postgres statements an answer".padEnd(44)}${statements.toFixed(3).padStart(8)}`);
  const { load, rowsOfAnswers, rowsOfOthers } = atEase;
  const eased = {
    "p50 in ms": load.p50,
    "p99 in ms": load.p99,
    "CPU in ms, its own flush included": load.cpuMs,
    "rows in its own transaction, alarm included, at most 3": rowsOfAnswers,
    "rows by the drain's mark, alarms, sessions' ends": rowsOfOthers,
  };
  console.log(
    `\nAn answer of one of ${AT_EASE.students} students who answer every ${AT_EASE.everySec} s, which wakes its object:`,
  );
  for (const [name, value] of Object.entries(eased)) console.log(`  ${name.padEnd(56)}${value.toFixed(3).padStart(8)}`);
  const figures = { rounds, seconds, loads: table, ratios, ratiosToStoring, statements, atEase };
  await writeFile(join(parent, "answers.json"), JSON.stringify(figures, null, 2));
}

function medians(middle: (pick: (load: Load) => number) => number): Load {
  return {
    perSec: middle((load) => load.perSec),
    p50: middle((load) => load.p50),
    p99: middle((load) => load.p99),
    cpuMs: middle((load) => load.cpuMs),
  };
}

function ratiosTo(floor: Subject): Record<string, number> {
  const ratio = (name: string, pick: (load: Load) => number) =>
    median(
      collected.map(({ loads }) => {
        const [mine, least] = [loads[ANSWER][name], loads[floor][name]];
        return mine && least ? pick(mine) / pick(least) : Number.NaN;
      }),
    );
  return {
    "throughput at saturation (50), at least 0.85": ratio("50", (load) => load.perSec),
    "p99 at half the floor's rate, at most 1.3": ratio("open", (load) => load.p99),
    "CPU a request at half the rate, at most 1.3": ratio("open", (load) => load.cpuMs),
    "CPU a request at saturation, at most 1.3": ratio("50", (load) => load.cpuMs),
  };
}
