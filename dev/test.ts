import { runChecks } from "./local/checks.ts";
import { runCommand } from "./local/say.ts";
import { conclude, sum } from "./local/tally.ts";
import { runVitest } from "./local/vitest.ts";

/** Everything that needs no other service; with arguments, the tests of the files whose path holds one of them. */
await runCommand(async () => {
  const filters = process.argv.slice(2);
  const { LOCAL_DATABASE_URL: _postgres, LOCAL_REDIS_URL: _redis, ...env } = process.env;
  const checks = await runChecks();
  const tests = await runVitest({ projects: ["unit", "worker"], filters, env });
  // In a run of its own: where the product does not start, all else is still tested.
  const endToEnd = await runVitest({ projects: ["e2e"], filters, env });
  conclude(sum([checks, tests, endToEnd]));
});
