import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { PassThrough, type Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { makeAssets } from "./assets.ts";
import { sum, type Tally } from "./tally.ts";

const VITEST = fileURLToPath(new URL("../../node_modules/vitest/vitest.mjs", import.meta.url));

/** What is read of the report that vitest's reporter `json` writes. */
type Report = {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
};

export type VitestRun = {
  readonly projects: readonly string[];
  /** Only files whose path holds one of these. */
  readonly filters?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Only this share of the files, as `1/2`. */
  readonly shard?: string;
};

/**
 * Runs these projects' tests, showing what vitest shows; a file that does not load, and a run that breaks, count as one
 * failure. Once `stopped` is aborted it ends vitest, and rejects with the signal's reason.
 */
export const runVitest = (run: VitestRun, stopped: AbortSignal): Promise<Tally> => runAtOnce([run], stopped);

/** Several runs at once, each a process of its own; the first shows what it does as it does it, the others at the end. */
export async function runAtOnce(runs: readonly VitestRun[], stopped: AbortSignal): Promise<Tally> {
  await makeAssets();
  const running = runs.map((run, index) => {
    const output = index === 0 ? undefined : new PassThrough();
    const written = output ? text(output) : undefined;
    return { tally: vitestOf(run, stopped, output).finally(() => output?.end()), written };
  });
  const tallies = await Promise.all(running.map(({ tally }) => tally));
  for (const { written } of running) if (written) process.stdout.write(await written);
  return sum(tallies);
}

/**
 * How many runs of the Worker's tests go on at once: a workerd uses one core, and these tests wait as much as they work,
 * so that on two cores three are done sooner than two.
 */
export const WORKER_SHARDS = 3;

/** One run as several, a share of the files in each of these environments. */
export const shardsOf = (run: VitestRun, envs: readonly NodeJS.ProcessEnv[]): VitestRun[] =>
  envs.map((env, index) => ({ ...run, env, shard: `${index + 1}/${envs.length}` }));

async function vitestOf(
  { projects, filters = [], env = process.env, shard }: VitestRun,
  stopped: AbortSignal,
  output?: Writable,
): Promise<Tally> {
  const dir = await mkdtemp(join(tmpdir(), "ascent-test-"));
  const file = join(dir, "report.json");
  const args = [
    ...["run", "--passWithNoTests", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`],
    ...projects.map((project) => `--project=${project}`),
    ...(shard === undefined ? [] : [`--shard=${shard}`]),
    ...filters,
  ];
  const colours = process.stdout.isTTY && !output ? {} : { NO_COLOR: "1" };
  const stdio = output ? "pipe" : "inherit";
  const vitest = spawn(process.execPath, [VITEST, ...args], { stdio, env: { ...env, ...colours } });
  if (output) for (const stream of [vitest.stdout, vitest.stderr]) stream?.pipe(output, { end: false });
  const end = () => vitest.kill();
  if (stopped.aborted) end();
  stopped.addEventListener("abort", end);
  const [code] = (await once(vitest, "close")) as [number | null];
  stopped.removeEventListener("abort", end);
  const report = await readFile(file, "utf8").catch(() => undefined);
  await rm(dir, { recursive: true });
  stopped.throwIfAborted();
  const tally = report === undefined ? { passed: 0, failures: [] } : tallyOf(JSON.parse(report) as Report);
  if (code === 0 || tally.failures.length > 0) return tally;
  return { passed: tally.passed, failures: [`vitest (${projects.join(", ")}) ended with ${code ?? "a signal"}`] };
}

function tallyOf(report: Report): Tally {
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const failures = report.testResults.flatMap(({ name, status, assertionResults }) => {
    const path = relative(process.cwd(), name);
    const failed = assertionResults.filter((test) => test.status === "failed");
    if (failed.length === 0 && status === "failed") return [`${path} could not run`];
    return failed.map((test) => `${path} > ${test.fullName}`);
  });
  return { passed: tests.filter(({ status }) => status === "passed").length, failures };
}
