import { spawn } from "node:child_process";
import { once } from "node:events";
import { runCommand, say } from "./local/say.ts";
import { connectServices, type Scratch } from "./local/services.ts";
import { conclude, sum, type Tally } from "./local/tally.ts";
import { runShards, type VitestRun } from "./local/vitest.ts";

/** A workerd uses one core, and its tests wait as much as they work: two of them at once. */
const RUNS: readonly (VitestRun & { readonly shards: number })[] = [
  { projects: ["unit"], filters: ["test/dev/"], shards: 1 },
  { projects: ["worker"], shards: 2 },
  { projects: ["e2e"], shards: 1 },
];

/** All that touches Postgres or Redis, on real ones: each run in a database of its own, which is dropped after it. */
await runCommand(async () => {
  const services = await connectServices(
    process.env.LOCAL_DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/postgres",
    process.env.LOCAL_REDIS_URL ?? "redis://127.0.0.1:6379",
  );
  const tallies: Tally[] = [];
  try {
    for (const { shards, ...run } of RUNS) {
      const scratches: Scratch[] = [];
      for (let count = 0; count < shards; count++) scratches.push(await services.scratch());
      say(`\n${run.projects.join(", ")} on ${scratches.map(({ names }) => names).join("; ")}`);
      const envs = scratches.map(({ databaseUrl, redisUrl }) => ({
        ...process.env,
        LOCAL_DATABASE_URL: databaseUrl,
        LOCAL_REDIS_URL: redisUrl,
      }));
      tallies.push(await runShards(run, envs));
      for (const scratch of scratches) await scratch.drop();
    }
    tallies.push(await reportPlans());
  } finally {
    await services.close();
  }
  conclude(sum(tallies));
});

/** Whether any report reads a whole table where it should not: a smaller school of its own, made and dropped. */
async function reportPlans(): Promise<Tally> {
  const command = ["bench/reports.ts", "--quick", "--calls", "1", "--drop"];
  say(`\n${command.join(" ")}`);
  const [code] = await once(spawn(process.execPath, command, { stdio: "inherit" }), "close");
  return code === 0 ? { passed: 1, failures: [] } : { passed: 0, failures: [command.join(" ")] };
}
