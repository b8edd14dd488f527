import { spawn } from "node:child_process";
import { once } from "node:events";
import { runCommand, say } from "./local/say.ts";
import { connectServices, type Scratch } from "./local/services.ts";
import { conclude, sum, type Tally } from "./local/tally.ts";
import { stopSignal } from "./local/until-stopped.ts";
import { runAtOnce, runVitest, shardsOf, WORKER_SHARDS } from "./local/vitest.ts";

/** All that touches Postgres or Redis, on real ones: each run in a database of its own, which is dropped after it. */
await runCommand(async () => {
  const services = await connectServices(
    process.env.LOCAL_DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/postgres",
    process.env.LOCAL_REDIS_URL ?? "redis://127.0.0.1:6379",
  );
  const stopped = stopSignal();
  const tallies: Tally[] = [];
  const scratches: Scratch[] = [];
  const scratch = async () => {
    const one = await services.scratch();
    scratches.push(one);
    return { ...process.env, LOCAL_DATABASE_URL: one.databaseUrl, LOCAL_REDIS_URL: one.redisUrl };
  };
  try {
    const [platform, stack] = [await scratch(), await scratch()];
    const ofWorkers: NodeJS.ProcessEnv[] = [];
    for (let count = 0; count < WORKER_SHARDS; count++) ofWorkers.push(await scratch());
    say(`\nTests on ${scratches.map(({ names }) => names).join("; ")}: the local platform`);
    tallies.push(await runVitest({ projects: ["unit"], filters: ["test/dev/"], env: platform }, stopped));
    say("\nTests: worker, e2e");
    const workers = shardsOf({ projects: ["worker"] }, ofWorkers);
    tallies.push(await runAtOnce([...workers, { projects: ["e2e"], env: stack }], stopped));
    tallies.push(await reportPlans(stopped));
  } finally {
    await services.close();
  }
  conclude(sum(tallies));
});

/** Whether any report reads a whole table where it should not: a smaller school of its own, made and dropped. */
async function reportPlans(signal: AbortSignal): Promise<Tally> {
  const command = ["bench/reports.ts", "--quick", "--calls", "1", "--drop"];
  say(`\n${command.join(" ")}`);
  const [code] = await once(spawn(process.execPath, command, { stdio: "inherit", signal }), "close");
  return code === 0 ? { passed: 1, failures: [] } : { passed: 0, failures: [command.join(" ")] };
}
