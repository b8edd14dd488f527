import { runChecks } from "./local/checks.ts";
import { runCommand, say } from "./local/say.ts";
import { conclude, sum } from "./local/tally.ts";
import { runShards, runVitest } from "./local/vitest.ts";

/** Everything that needs no other service; with arguments, the tests of the files whose path holds one of them. */
await runCommand(async () => {
  const filters = process.argv.slice(2);
  const { LOCAL_DATABASE_URL: _postgres, LOCAL_REDIS_URL: _redis, ...env } = process.env;
  const checks = await runChecks();
  const tallies = [checks];
  // One after the other, as the tests have deadlines; where one cannot run, the next still does.
  for (const project of ["unit", "worker", "e2e"]) {
    say(`\nTests: ${project}`);
    const run = { projects: [project], filters };
    // A workerd uses one core, and its tests wait as much as they work: two at once, each with stand-ins of its own.
    tallies.push(
      await (project === "worker" && filters.length === 0 ? runShards(run, [env, env]) : runVitest({ ...run, env })),
    );
  }
  conclude(sum(tallies));
});
