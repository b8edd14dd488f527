import { runChecks } from "./local/checks.ts";
import { runCommand, say } from "./local/say.ts";
import { conclude, sum } from "./local/tally.ts";
import { runVitest } from "./local/vitest.ts";

/** Everything that needs no other service; with arguments, the tests of the files whose path holds one of them. */
await runCommand(async () => {
  const filters = process.argv.slice(2);
  const { LOCAL_DATABASE_URL: _postgres, LOCAL_REDIS_URL: _redis, ...env } = process.env;
  const checks = await runChecks();
  const tallies = [checks];
  // One after the other, as each keeps all cores busy and the tests have deadlines; where one cannot run, the next still does.
  for (const project of ["unit", "worker", "e2e"]) {
    say(`\nTests: ${project}`);
    tallies.push(await runVitest({ projects: [project], filters, env }));
  }
  conclude(sum(tallies));
});
