import { runCommand, say } from "./local/say.ts";
import { connectServices } from "./local/services.ts";
import { conclude, sum, type Tally } from "./local/tally.ts";
import { runVitest, type VitestRun } from "./local/vitest.ts";

const RUNS: readonly VitestRun[] = [
  { projects: ["unit"], filters: ["test/dev/"] },
  { projects: ["worker"] },
  { projects: ["e2e"] },
];

/** All that touches Postgres or Redis, on real ones: each run in a database of its own, which is dropped after it. */
await runCommand(async () => {
  const services = await connectServices(
    process.env.LOCAL_DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/postgres",
    process.env.LOCAL_REDIS_URL ?? "redis://127.0.0.1:6379",
  );
  const tallies: Tally[] = [];
  try {
    for (const run of RUNS) {
      const scratch = await services.scratch();
      say(`\n${run.projects.join(", ")} on ${scratch.names}`);
      const env = {
        ...process.env,
        LOCAL_DATABASE_URL: scratch.databaseUrl,
        LOCAL_REDIS_URL: scratch.redisUrl,
      };
      tallies.push(await runVitest({ ...run, env }));
      await scratch.drop();
    }
  } finally {
    await services.close();
  }
  conclude(sum(tallies));
});
