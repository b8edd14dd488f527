// Plain JavaScript for whatever Node is there: installs what is missing, then runs a command with the project's own Node.
//   node dev/bootstrap.mjs dev/serve.ts --demo     a TypeScript entry
//   node dev/bootstrap.mjs biome check             a program of an installed package
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const OLDEST_NODE = 20;
/** How often it is looked whether whoever started this is still there. */
const PARENT_CHECK_MS = 1000;
const PROGRESS_MS = 15_000;

const root = fileURLToPath(new URL("..", import.meta.url));
const binaries = join(root, "node_modules", ".bin");
const projectNode = join(binaries, "node");

if (process.platform === "win32") fail("Ascent runs on Linux and macOS; on Windows, in WSL.");
const [major] = process.versions.node.split(".");
if (Number(major) < OLDEST_NODE) {
  fail(`Ascent needs Node ${OLDEST_NODE} or newer, and this is ${process.version}: see https://nodejs.org.`);
}
const [command, ...args] = process.argv.slice(2);
if (command === undefined) fail("Usage: node dev/bootstrap.mjs <entry.ts | program> [arguments]");

if (!isInstalled()) await install();

const child = spawn(...commandLine(command, args), {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH ?? ""}` },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
if (process.env.npm_lifecycle_event !== undefined) stopWithNpm();
child.on("error", (error) => fail(`${command} could not be started: ${error.message}`));
child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));

function commandLine(name, rest) {
  if (name.endsWith(".ts")) return [projectNode, [name, ...rest]];
  return [join(binaries, name), rest];
}

/** Whether each package of the lockfile is installed in its version, and still there; what is optional may be missing. */
function isInstalled() {
  const wanted = packagesOf("package-lock.json");
  const installed = packagesOf("node_modules/.package-lock.json");
  if (wanted === undefined || installed === undefined || !existsSync(projectNode)) return false;
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    if (path === "") return true;
    const there = installed[path];
    if (there === undefined) return Boolean(optional || devOptional);
    return there.version === version && existsSync(join(root, path));
  });
}

function packagesOf(lockfile) {
  try {
    return JSON.parse(readFileSync(join(root, lockfile), "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** Not `npm ci`, which refuses a lockfile without the builds of systems that its registry had none for. */
async function install() {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  console.log("Installing the packages of package-lock.json: a minute or so, once.");
  const progress = setInterval(() => console.log(`  … still installing, ${seconds()} s`), PROGRESS_MS);
  const code = await new Promise((resolve) => {
    const npm = spawn(...npmCommandLine(["install", "--no-save", "--include=dev", "--no-audit", "--loglevel=error"]), {
      cwd: root,
      stdio: "inherit",
    });
    npm.on("error", (error) => {
      console.error(`npm could not be started: ${error.message}`);
      resolve(1);
    });
    npm.on("exit", (exitCode) => resolve(exitCode ?? 1));
  });
  clearInterval(progress);
  if (code !== 0)
    fail("The packages could not be installed: npm says above why. Run the same command again to try again.");
  if (!existsSync(projectNode)) {
    fail("npm left out the install scripts of the packages: run `npm rebuild node esbuild workerd`, then this again.");
  }
  console.log(`Installed in ${seconds()} s.\n`);
}

/** The npm that runs this, else the one on the path. */
function npmCommandLine(rest) {
  const npm = process.env.npm_execpath;
  return npm?.endsWith("npm-cli.js") ? [process.execPath, [npm, ...rest]] : ["npm", rest];
}

/** npm that is killed takes nothing with it: neither the shell in between nor this. Then this ends what it started. */
function stopWithNpm() {
  const shell = process.ppid;
  const npm = parentOf(shell);
  setInterval(() => {
    if (process.ppid !== shell || (npm !== undefined && !isRunning(npm))) child.kill("SIGTERM");
  }, PARENT_CHECK_MS).unref();
}

/** Undefined where there is no `ps` to ask. */
function parentOf(pid) {
  const { status, stdout } = spawnSync("ps", ["-o", "ppid=", "-p", String(pid)], { encoding: "utf8" });
  return status === 0 ? Number(stdout) : undefined;
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
