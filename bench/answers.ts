/**
 * `npm run bench [-- rounds] [-- seconds]`: answers per second, latency and CPU of an answer on plain workerd, beside two
 * floors on the same runtime in the same run. Each round starts fresh workerds; figures are medians over the rounds.
 * Prints a table, and the same as JSON in .local/bench/answers.json.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { StackOptions } from "../dev/stack.ts";
import type { Bundle } from "../dev/workerd/bundle.ts";
import { bundleFloor, startFloor } from "./floor/stack.ts";
import { type Client, openClient } from "./load/client.ts";
import { cpuSeconds, median, quantile } from "./load/figures.ts";
import { closedLoop, type Measured, openLoop, type User } from "./load/loops.ts";
import { type StackApart, startStackApart } from "./load/stack-apart.ts";
import { practisingStudents } from "./load/students.ts";
import type { RowCounts } from "./rows/counts.ts";

const CLIENTS = [1, 10, 50];
const OPEN_CLIENTS = 50;
/** What a reply to an answer weighs, so that the floor's weighs the same. */
const REPLY_BYTES = 2_000;
const WARM_UP_SECONDS = 2;

const [rounds = 3, seconds = 5] = process.argv.slice(2).map(Number);
const parent = join(".local", "bench");
await mkdir(parent, { recursive: true });

type Load = { readonly perSec: number; readonly p50: number; readonly p99: number; readonly cpuMs: number };
type Round = { readonly loads: Record<string, Load>; readonly extra: Record<string, number> };

/** Enough that rows which only now and then are written, as the rescue alarm's, count by their share. */
const COUNTED_SECONDS = 40;

const collected: Record<string, Round[]> = { "GET (bare Hono)": [], "POST (one object call)": [], answer: [] };
const floorBundle = await bundleFloor(await mkdtemp(join(parent, "build-")));

for (let round = 1; round <= rounds; round++) {
  console.log(`Round ${round} of ${rounds}`);
  const floors = await floorRound(floorBundle);
  collected["GET (bare Hono)"]?.push(floors.get);
  collected["POST (one object call)"]?.push(floors.post);
  const halfRate = (floors.post.loads[String(OPEN_CLIENTS)]?.perSec ?? 0) / 2;
  collected.answer?.push(await answerRound(halfRate));
}
const rows = await countRows();
await report();

/** Rows that an answer writes, each student at a class's pace of one every two seconds; counted apart, as counting takes time. */
async function countRows(): Promise<{ ofAnswers: number; ofOthers: number }> {
  console.log("Rows of an answer");
  return withStack({ entry: "bench/rows/index.ts" }, async ({ baseUrl }, client) => {
    const students = await practisingStudents(client, OPEN_CLIENTS);
    const read = async () => (await (await fetch(`${baseUrl}/rows`)).json()) as RowCounts;
    const before = await read();
    await openLoop(students, OPEN_CLIENTS / 2, COUNTED_SECONDS);
    const after = await read();
    const answers = after.answers - before.answers;
    return {
      ofAnswers: (after.byAnswers - before.byAnswers) / answers,
      ofOthers: (after.byOthers - before.byOthers) / answers,
    };
  });
}

async function floorRound(bundle: Bundle): Promise<{ get: Round; post: Round }> {
  const floor = await startFloor(bundle, parent);
  const client = openClient(floor.baseUrl);
  const bytes = REPLY_BYTES;
  const gets = (count: number): User[] =>
    Array.from({ length: count }, () => ({ act: () => expectOk(client.send("GET", "/")) }));
  const posts = (count: number): User[] =>
    Array.from({ length: count }, (_, index) => ({
      act: () => expectOk(client.send("POST", `/objects/s${index}/${bytes}`)),
    }));
  try {
    const get = { loads: await closedLoads(gets, floor.pid), extra: {} };
    const loads = await closedLoads(posts, floor.pid);
    const half = (loads[String(OPEN_CLIENTS)]?.perSec ?? 0) / 2;
    const open = await measure(floor.pid, () => openLoop(posts(OPEN_CLIENTS), half, seconds));
    return { get, post: { loads: { ...loads, open }, extra: {} } };
  } finally {
    client.close();
    await floor.stop();
  }
}

async function answerRound(halfRate: number): Promise<Round> {
  return withStack({}, async (stack, client) => {
    const { pid } = stack;
    const students = await practisingStudents(client, Math.max(...CLIENTS, OPEN_CLIENTS));
    const loads = await closedLoads((count) => students.slice(0, count), pid);
    await resetStats(stack.platformUrl);
    const open = await measure(pid, () => openLoop(students.slice(0, OPEN_CLIENTS), halfRate, seconds));
    const statements = (await readStats(stack.platformUrl)) / (halfRate * seconds);
    return { loads: { ...loads, open }, extra: { statements } };
  });
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

async function closedLoads(users: (count: number) => User[], pid: number): Promise<Record<string, Load>> {
  const loads: Record<string, Load> = {};
  await closedLoop(users(Math.max(...CLIENTS)), WARM_UP_SECONDS);
  for (const count of CLIENTS) loads[String(count)] = await measure(pid, () => closedLoop(users(count), seconds));
  return loads;
}

async function measure(pid: number, run: () => Promise<Measured>): Promise<Load> {
  const before = cpuSeconds(pid);
  const { latenciesMs, seconds: took } = await run();
  const count = latenciesMs.length;
  return {
    perSec: count / took,
    p50: quantile(latenciesMs, 0.5),
    p99: quantile(latenciesMs, 0.99),
    cpuMs: ((cpuSeconds(pid) - before) * 1000) / count,
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
  const table = Object.entries(collected).flatMap(([what, runs]) =>
    names.flatMap((name) => {
      const loads = runs.flatMap((run) => run.loads[name] ?? []);
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
    "s; storage on disk; open: 50 clients at half the floor's rate\n",
  );
  console.log(
    `${"".padEnd(24)}${["clients", "per s", "p50 ms", "p99 ms", "CPU ms"].map((text) => text.padStart(9)).join("")}`,
  );
  for (const row of table) {
    const cells = [row.clients, row.perSec.toFixed(0), row.p50.toFixed(2), row.p99.toFixed(2), row.cpuMs.toFixed(3)];
    console.log(`${row.what.padEnd(24)}${cells.map((text) => text.padStart(9)).join("")}`);
  }
  const ratios = ratiosToFloor();
  console.log("\nAn answer against the floor of one object call, round by round, the median:");
  for (const [name, value] of Object.entries(ratios))
    console.log(`  ${name.padEnd(44)}${value.toFixed(3).padStart(8)}`);
  console.log("\nRows that a student's object writes, an answer, of 50 students who answer every two seconds:");
  console.log(
    `  ${"in its own transaction, alarm included, at most 3".padEnd(44)}${rows.ofAnswers.toFixed(3).padStart(8)}`,
  );
  console.log(`  ${"by the drain's mark, alarms, sessions' ends".padEnd(44)}${rows.ofOthers.toFixed(3).padStart(8)}`);
  const figures = { rounds, seconds, loads: table, ratios, rows };
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

function ratiosToFloor(): Record<string, number> {
  const answers = collected.answer ?? [];
  const floors = collected["POST (one object call)"] ?? [];
  const ratio = (name: string, pick: (load: Load) => number) =>
    median(
      answers.map((answer, round) => {
        const [mine, floor] = [answer.loads[name], floors[round]?.loads[name]];
        return mine && floor ? pick(mine) / pick(floor) : Number.NaN;
      }),
    );
  return {
    "throughput at saturation (50), at least 0.85": ratio("50", (load) => load.perSec),
    "p99 at half the floor's rate, at most 1.3": ratio("open", (load) => load.p99),
    "CPU an answer at half the rate, at most 1.3": ratio("open", (load) => load.cpuMs),
    "CPU an answer at saturation, at most 1.3": ratio("50", (load) => load.cpuMs),
    "Postgres statements an answer": median(answers.map((answer) => answer.extra.statements ?? Number.NaN)),
  };
}
