import { relative } from "node:path";
import { runCommand, say, step } from "./local/say.ts";
import { bundleWorker } from "./workerd/bundle.ts";

/** Builds the Worker as a deploy would, and says where it is. */
await runCommand(async () => {
  const { dir } = await step("Build of the Worker", bundleWorker);
  say(`  ${relative(process.cwd(), dir)}`);
});
