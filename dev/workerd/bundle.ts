import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { quietWrangler, WRANGLER } from "../local/wrangler.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const BUILDS = join(ROOT, ".local", "build");
const KEPT_BUILDS = 5;
/** All that a build depends on. */
const SOURCES = [
  "src",
  "wrangler.toml",
  "package-lock.json",
  "tsconfig.json",
  "dev/assets.mjs",
  "dev/workerd/bundle.ts",
];

/** The built Worker on disk, with what its runtime has to know from wrangler.toml. */
export type Bundle = {
  readonly dir: string;
  /** File names in `dir`, the entry first. */
  readonly modules: readonly string[];
  readonly compatibilityDate: string;
  readonly compatibilityFlags: readonly string[];
  readonly objects: readonly { readonly binding: string; readonly className: string }[];
  /** Its files are in `dir`, in the folder `assets`. */
  readonly assetsBinding: string | undefined;
  readonly versionBinding: string | undefined;
};

type Manifest = Omit<Bundle, "dir">;

/** What is read of wrangler.toml; wrangler's own type of it is not among the types that it ships. */
type WranglerConfig = {
  readonly compatibility_date?: string;
  readonly compatibility_flags: readonly string[];
  readonly durable_objects: { readonly bindings: readonly { readonly name: string; readonly class_name: string }[] };
  readonly version_metadata?: { readonly binding?: string };
  readonly assets?: { readonly directory?: string; readonly binding?: string };
};

/**
 * Builds the Worker as a deploy would, with wrangler; the same sources are built once. `entry` is another `index.ts` than
 * the product's, with its folder. Rejects with what wrangler says.
 */
export async function bundleWorker(entry = "src/index.ts"): Promise<Bundle> {
  const dir = join(BUILDS, await hashOfSources(dirname(entry)));
  const built = await readManifest(dir);
  if (built !== undefined) return { dir, ...built };
  await mkdir(BUILDS, { recursive: true });
  const making = await mkdtemp(join(BUILDS, "making-"));
  try {
    await wranglerBuild(entry, making);
    await writeFile(join(making, "manifest.json"), JSON.stringify(await manifestOf(making), null, 2));
    // Where another process has made the same in the meantime, that one stays.
    await rename(making, dir).catch(() => rm(making, { recursive: true }));
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    throw error;
  }
  await dropOldBuilds();
  const manifest = await readManifest(dir);
  if (manifest === undefined) throw new Error(`The build in ${relative(ROOT, dir)} is gone: try again.`);
  return { dir, ...manifest };
}

async function wranglerBuild(entry: string, dir: string): Promise<void> {
  const args = [WRANGLER, "deploy", entry, "--dry-run", "--outdir", dir];
  await promisify(execFile)(process.execPath, args, { cwd: ROOT, env: quietWrangler() }).catch(
    (error: Error & { stdout?: string; stderr?: string }) => {
      throw new Error(`The Worker could not be built:\n${error.stdout ?? ""}${error.stderr ?? error.message}`);
    },
  );
}

async function manifestOf(dir: string): Promise<Manifest> {
  // Here and not above, since it takes half a second that only a build has to spend.
  const { unstable_readConfig } = await import("wrangler");
  const config: WranglerConfig = unstable_readConfig({ config: join(ROOT, "wrangler.toml") }, { hideWarnings: true });
  if (config.compatibility_date === undefined) throw new Error("wrangler.toml has no compatibility_date.");
  const assets = config.assets?.directory;
  if (assets !== undefined) await cp(join(ROOT, assets), join(dir, "assets"), { recursive: true });
  const files = await readdir(dir);
  const others = files.filter((name) => /\.(m?js|wasm|bin|ttf|txt|sql|html)$/.test(name) && name !== "index.js");
  return {
    modules: ["index.js", ...others],
    compatibilityDate: config.compatibility_date,
    compatibilityFlags: config.compatibility_flags,
    objects: config.durable_objects.bindings.map(({ name, class_name }) => ({ binding: name, className: class_name })),
    assetsBinding: config.assets?.binding,
    versionBinding: config.version_metadata?.binding,
  };
}

async function readManifest(dir: string): Promise<Manifest | undefined> {
  const text = await readFile(join(dir, "manifest.json"), "utf8").catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Manifest);
}

async function hashOfSources(folder: string): Promise<string> {
  const hash = createHash("sha256");
  for (const source of new Set([...SOURCES, folder])) {
    for (const file of await filesOf(source)) {
      hash
        .update(`${file}\0`)
        .update(await readFile(join(ROOT, file)))
        .update("\0");
    }
  }
  return hash.digest("hex").slice(0, 16);
}

/** The file itself, or all files below the folder, in an order that is always the same; nothing where there is neither. */
async function filesOf(source: string): Promise<string[]> {
  const found = await stat(join(ROOT, source)).catch(() => undefined);
  if (found === undefined) return [];
  if (found.isFile()) return [source];
  const entries = await readdir(join(ROOT, source), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort();
}

async function dropOldBuilds(): Promise<void> {
  const names = await readdir(BUILDS);
  const builds = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(BUILDS, name)).catch(() => undefined))?.mtimeMs ?? 0 })),
  );
  const old = builds.sort((a, b) => b.at - a.at).slice(KEPT_BUILDS);
  await Promise.all(old.map(({ name }) => rm(join(BUILDS, name), { recursive: true, force: true })));
}
