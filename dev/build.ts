import { relative } from "node:path";
import { runCommand, say, step } from "./local/say.ts";
import { bundleWorker } from "./workerd/bundle.ts";
import { bundleSize } from "./workerd/bundle-size.ts";

/** Builds the Worker as a deploy would, and says where it is and how large. */
await runCommand(async () => {
  const bundle = await step("Build of the Worker", () => bundleWorker());
  const { code, codeGzipped, fontsGzipped } = await bundleSize(bundle);
  say(`  ${relative(process.cwd(), bundle.dir)}`);
  say(`  ${kilobytes(codeGzipped)} gzipped (${kilobytes(code)} plain), without ${kilobytes(fontsGzipped)} of fonts`);
});

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`;
}
