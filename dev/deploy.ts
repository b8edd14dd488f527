import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { parseSettings } from "../src/env.ts";
import { countMigrations } from "./local/migrations.ts";
import { withDatabaseAt } from "./local/operator-database.ts";
import { runCommand, say, step } from "./local/say.ts";
import { readVariables, SECRETS, settingNames, type Variables } from "./local/settings.ts";
import { stopSignal } from "./local/until-stopped.ts";
import { quietWrangler, WRANGLER } from "./local/wrangler.ts";

/**
 * Deploys the Worker to Cloudflare. With `--settings FILE` (in the form of .dev.vars.example) its settings are checked as the
 * Worker checks them, its database must have all migrations, and they become the Worker's secrets; without it, the Worker
 * must have its secrets already. `--dry-run` checks and builds only.
 */
await runCommand(async () => {
  const { values } = parseArgs({
    options: { settings: { type: "string" }, "dry-run": { type: "boolean", default: false } },
  });
  const args = values["dry-run"] ? ["--dry-run"] : [];
  if (values.settings === undefined) {
    if (!values["dry-run"]) await step("Secrets of the Worker", requireSecrets);
    say("  Without --settings nobody looks whether the database has all migrations: `npm run db:migrate` brings them.");
    return deploy(args);
  }
  const settings = await readVariables(values.settings);
  if (Object.keys(settings).length === 0) throw new Error(`There are no settings in ${values.settings}.`);
  await step(`Settings in ${values.settings}`, () => check(settings));
  await withSecretsFile(settings, (file, stopped) => deploy([...args, "--secrets-file", file], stopped));
});

async function check(settings: Variables): Promise<void> {
  const names = await settingNames();
  const unknown = Object.keys(settings).filter((name) => !names.has(name));
  // Misspelled, its default would hold; something else, the Worker would be handed a secret that is none of its business.
  if (unknown.length > 0) throw new Error(`There is no setting ${unknown.join(", ")}: the README has a table of all.`);
  if (settings.NEON_HTTP_ENDPOINT !== undefined) {
    throw new Error("NEON_HTTP_ENDPOINT is for a local database: leave it out.");
  }
  const { known, applied } = await withDatabaseAt(parseSettings(settings).DATABASE_URL, countMigrations);
  if (applied < known) {
    throw new Error(
      `The database lacks ${known - applied} of ${known} migrations: run \`npm run db:migrate\` on it first.`,
    );
  }
}

async function requireSecrets(): Promise<void> {
  const list = promisify(execFile)(process.execPath, [WRANGLER, "secret", "list", "--format", "json"], {
    env: quietWrangler(),
  });
  const { stdout } = await list.catch((error: Error & { stdout?: string; stderr?: string }) => {
    throw new Error(
      `${error.stdout ?? ""}${error.stderr ?? error.message}\nIf this is the first deployment, bring the settings along: npm run deploy -- --settings FILE`,
    );
  });
  const there = new Set((JSON.parse(stdout) as { name: string }[]).map(({ name }) => name));
  const missing = SECRETS.filter((name) => !there.has(name));
  if (missing.length > 0) {
    const commands = missing.map((name) => `  npx wrangler secret put ${name}`);
    throw new Error(
      `The Worker lacks secrets. Set them, or bring all along with --settings FILE:\n${commands.join("\n")}`,
    );
  }
}

/** As JSON, in which wrangler leaves every character alone; gone afterwards, also where somebody interrupts `work`. */
async function withSecretsFile(
  settings: Variables,
  work: (file: string, stopped: AbortSignal) => Promise<void>,
): Promise<void> {
  const file = join(".local", "deploy.json");
  const stopped = stopSignal();
  await mkdir(".local", { recursive: true });
  await writeFile(file, JSON.stringify(settings), { mode: 0o600 });
  try {
    await work(file, stopped);
  } finally {
    await rm(file);
  }
}

async function deploy(args: readonly string[], stopped?: AbortSignal): Promise<void> {
  say();
  // What was set in the dashboard stays: wrangler.toml has no variables that could take its place.
  const command = [WRANGLER, "deploy", "--keep-vars", ...args];
  const options = { stdio: "inherit", env: quietWrangler(), ...(stopped ? { signal: stopped } : {}) } as const;
  const [code] = (await once(spawn(process.execPath, command, options), "exit")) as [number | null];
  if (code !== 0) throw new Error("Not deployed: wrangler says above why.");
}
