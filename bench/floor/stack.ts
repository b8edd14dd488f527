import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { HOST } from "../../dev/local/ports.ts";
import { quietWrangler, WRANGLER } from "../../dev/local/wrangler.ts";
import { type Bundle, bundleWorker } from "../../dev/workerd/bundle.ts";
import { workerdConfig } from "../../dev/workerd/config.ts";
import { superviseWorkerd } from "../../dev/workerd/supervisor.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Builds the floor's Worker, once a run of the bench, for the runtime as the product has it. */
export async function bundleFloor(dir: string): Promise<Bundle> {
  const { compatibilityDate } = await bundleWorker();
  const out = resolve(dir, "floor-build");
  await mkdir(join(out, "assets"), { recursive: true });
  const config = ["--config", "bench/floor/wrangler.toml", "--compatibility-date", compatibilityDate];
  const args = [WRANGLER, "deploy", "--dry-run", ...config, "--outdir", out];
  await promisify(execFile)(process.execPath, args, { cwd: ROOT, env: quietWrangler() });
  return {
    dir: out,
    modules: ["worker.js"],
    compatibilityDate,
    compatibilityFlags: [],
    objects: [{ binding: "FLOOR", className: "Floor" }],
    assetsBinding: undefined,
    versionBinding: undefined,
  };
}

export type RunningFloor = { readonly baseUrl: string; readonly pid: number; stop(): Promise<void> };

/** The floor on a workerd of its own, as the product runs, its objects on the same disk. */
export async function startFloor(bundle: Bundle, parent: string): Promise<RunningFloor> {
  const dir = await mkdtemp(join(resolve(parent), "floor-"));
  const objectsDir = join(dir, "objects");
  const cacheDir = join(dir, "cache");
  for (const folder of [objectsDir, cacheDir]) await mkdir(folder);
  const configFile = join(dir, "workerd.capnp");
  await writeFile(configFile, workerdConfig({ bundle, dir, objectsDir, cacheDir, settings: [] }));
  const workerd = await superviseWorkerd({ configFile, port: 0, settings: {}, onLine: (line) => console.error(line) });
  return {
    baseUrl: `http://${HOST}:${workerd.port}`,
    pid: workerd.pid ?? 0,
    stop: async () => {
      await workerd.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
