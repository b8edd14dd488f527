import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Fills dist/assets as wrangler does before it builds: what runs the Worker without wrangler needs them too. */
export async function makeAssets(): Promise<void> {
  await promisify(execFile)(process.execPath, ["dev/assets.mjs"], { cwd: ROOT });
}
