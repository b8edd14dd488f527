import { runChecks } from "./local/checks.ts";
import { runCommand, say } from "./local/say.ts";
import { conclude, sum } from "./local/tally.ts";
import { stopSignal } from "./local/until-stopped.ts";
import { runAtOnce, runVitest, shardsOf, WORKER_SHARDS } from "./local/vitest.ts";

/** Everything that needs no other service; with arguments, the tests of the files whose path holds one of them. */
await runCommand(async () => {
  const filters = process.argv.slice(2);
  const { LOCAL_DATABASE_URL: _postgres, LOCAL_REDIS_URL: _redis, ...env } = process.env;
  const checks = await runChecks();
  const stopped = stopSignal();
  const tallies = [checks];
  say("\nTests: unit");
  tallies.push(await runVitest({ projects: ["unit"], filters, env }, stopped));
  say("\nTests: worker, e2e");
  const worker = { projects: ["worker"], filters };
  // Each has stand-ins of its own.
  const workers = shardsOf(worker, Array<NodeJS.ProcessEnv>(filters.length === 0 ? WORKER_SHARDS : 1).fill(env));
  tallies.push(await runAtOnce([...workers, { projects: ["e2e"], filters, env }], stopped));
  conclude(sum(tallies));
});
