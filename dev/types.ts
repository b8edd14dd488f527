import { runTypeChecks } from "./local/checks.ts";
import { runCommand } from "./local/say.ts";
import { conclude } from "./local/tally.ts";

await runCommand(async () => conclude(await runTypeChecks()));
