/**
 * `npm run bench:reports [-- --quick] [-- --calls 40] [-- --only effort]`: every report of the app, for a class of 30 and
 * for one student, on plain workerd and a real Postgres (`LOCAL_DATABASE_URL`) with a generated school: 1,000 students,
 * 40 teachers, 120 skills, 1,000,000 answers. It is made at the first run and kept, as a database of its own of 1 GB;
 * `--quick` makes a smaller one, `--students` and `--attempts` others; `--drop` keeps none. Prints how long each report
 * takes when it is made and when it was made before, its statements and what they read, and writes the same with all plans
 * to .local/bench/reports.json; also those of a period, a filter, a CSV and a next page, where it has them. Exits with 1
 * where a report fails, or reads all attempts or all of another large table, or of an index of one.
 * Figures are those of the machine as it is: on a busy one they are larger.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runCommand, say, step } from "../dev/local/say.ts";
import { startStack } from "../dev/stack.ts";
import { openClient } from "./load/client.ts";
import { reportsOf } from "./reports/calls.ts";
import { castsOf } from "./reports/cast.ts";
import { type Measured, measure } from "./reports/measure.ts";
import { largeOf } from "./reports/plans.ts";
import { ARGON2, dropSchool, openSchool } from "./reports/school/make.ts";
import { QUICK, SCHOOL, type Size } from "./reports/school/size.ts";
import { faultsOf, tableOf } from "./reports/table.ts";
import { openWatchedPlatform } from "./reports/watched-platform.ts";

const FOLDER = join(".local", "bench");
const REDIS_TOKEN = "bench";

await runCommand(async () => {
  const { size, calls, only, drop } = argumentsOf();
  const adminUrl = process.env.LOCAL_DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/postgres";
  say(`A school of ${size.students} students, ${size.skills} skills and ${size.attempts} answers`);
  const school = await openSchool(adminUrl, size, step);
  await mkdir(FOLDER, { recursive: true });
  const { measured, large } = await measureAll(school.databaseUrl, { calls, only }).finally(() =>
    drop ? dropSchool(adminUrl, school) : undefined,
  );
  say(`\n${tableOf(measured)}`);
  await writeFile(
    join(FOLDER, "reports.json"),
    JSON.stringify({ size, calls, database: school.name, measured }, null, 2),
  );
  const faults = faultsOf(measured, large);
  for (const fault of faults) say(`✗ ${fault}`);
  if (faults.length > 0) throw new Error(`${faults.length} of ${measured.length} reports are not as they should be.`);
  say(`✓ None of ${measured.length} reports reads all attempts. Plans: ${join(FOLDER, "reports.json")}`);
});

type Arguments = {
  readonly size: Size;
  /** Classes that each report is called for, at most. */
  readonly calls: number;
  /** Part of the names of the reports to measure; empty for all. */
  readonly only: string;
  /** Whether to leave no school behind. */
  readonly drop: boolean;
};

function argumentsOf(): Arguments {
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      calls: { type: "string" },
      only: { type: "string", default: "" },
      drop: { type: "boolean", default: false },
      students: { type: "string" },
      attempts: { type: "string" },
    },
  });
  const { only, drop } = values;
  const base = values.quick ? QUICK : SCHOOL;
  const size = {
    ...base,
    students: wholeNumber("students", values.students, base.students),
    attempts: wholeNumber("attempts", values.attempts, base.attempts),
  };
  return { size, calls: wholeNumber("calls", values.calls, base.teachers), only, drop };
}

function wholeNumber(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (/^[1-9]\d{0,7}$/.test(text)) return Number(text);
  throw new Error(`--${name} must be a whole number above 0, not ${text}`);
}

async function measureAll(
  databaseUrl: string,
  { calls, only }: Pick<Arguments, "calls" | "only">,
): Promise<{ measured: Measured[]; large: Set<string> }> {
  const dir = await mkdtemp(join(FOLDER, "reports-"));
  const platform = await openWatchedPlatform(databaseUrl, REDIS_TOKEN);
  try {
    const stack = await startStack({
      dir,
      demo: false,
      settings: {
        DATABASE_URL: "postgres://school@database.test/school",
        NEON_HTTP_ENDPOINT: `${platform.url}/sql`,
        UPSTASH_REDIS_REST_URL: `${platform.url}/redis`,
        UPSTASH_REDIS_REST_TOKEN: REDIS_TOKEN,
        AUTH_RATE_LIMIT: "0",
        REPORT_RATE_LIMIT: "0",
        ARGON2_MEMORY_KIB: String(ARGON2.memoryKib),
        ARGON2_ITERATIONS: String(ARGON2.iterations),
      },
    });
    const client = openClient(stack.baseUrl);
    try {
      const casts = await castsOf(platform.database, client);
      const reports = (await reportsOf(stack.baseUrl)).filter(({ name }) => name.includes(only));
      if (reports.length === 0) throw new Error(`There is no report with ${only} in its name.`);
      const measured: Measured[] = [];
      for (const report of reports) {
        measured.push(
          await step(report.name, async (note) => {
            const result = await measure(report, { client, platform, casts, calls, pid: stack.pid ?? 0 });
            note(result.failure ?? `${result.first.p50.toFixed(1)} ms`);
            return result;
          }),
        );
      }
      return { measured, large: await largeOf(platform.database) };
    } finally {
      client.close();
      await stack.stop();
    }
  } finally {
    await platform.close();
    await rm(dir, { recursive: true, force: true });
  }
}
