import { runChecks } from "./local/checks.ts";
import { runCommand, say } from "./local/say.ts";
import { conclude, sum } from "./local/tally.ts";
import { runAtOnce, runVitest, shardsOf } from "./local/vitest.ts";

/** Everything that needs no other service; with arguments, the tests of the files whose path holds one of them. */
await runCommand(async () => {
  const filters = process.argv.slice(2);
  const { LOCAL_DATABASE_URL: _postgres, LOCAL_REDIS_URL: _redis, ...env } = process.env;
  const checks = await runChecks();
  const tallies = [checks];
  say("\nTests: unit");
  tallies.push(await runVitest({ projects: ["unit"], filters, env }));
  say("\nTests: worker, e2e");
  const worker = { projects: ["worker"], filters };
  // A workerd uses one core, and these tests wait as much as they work: several at once, each with stand-ins of its own.
  const workers = filters.length === 0 ? shardsOf(worker, [env, env]) : [{ ...worker, env }];
  tallies.push(await runAtOnce([...workers, { projects: ["e2e"], filters, env }]));
  conclude(sum(tallies));
});
