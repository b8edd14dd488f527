import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { newSigningKey, newTokenSecret } from "../../dev/keys.ts";
import { formatVariables } from "../../dev/local/settings.ts";
import { migrateDatabase } from "../../dev/platform/migrate.ts";
import { databaseOf } from "../../dev/platform/postgres/database.ts";
import { openPostgres } from "../../dev/platform/postgres/engine.ts";
import { uniqueName } from "./started.ts";

/** Where a deploy hands the secrets to wrangler. */
const SECRETS_FILE = ".local/deploy.json";

/** A file of settings as an operator writes it, of a migrated database of its own. */
async function settingsFile(): Promise<string> {
  const server = await openPostgres(process.env.LOCAL_DATABASE_URL ?? "");
  onTestFinished(() => server.close());
  const name = uniqueName("deployed");
  await server.pool.query(`create database ${name}`);
  onTestFinished(async () => {
    await server.pool.query(`drop database ${name} with (force)`);
  });
  const url = Object.assign(new URL(process.env.LOCAL_DATABASE_URL ?? ""), { pathname: `/${name}` }).href;
  const engine = await openPostgres(url);
  await migrateDatabase(databaseOf(engine.pool));
  await engine.close();

  const dir = await mkdtemp(join(tmpdir(), "ascent-deploy-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  const file = join(dir, "production.vars");
  const settings = {
    DATABASE_URL: url,
    UPSTASH_REDIS_REST_URL: "https://redis.test",
    UPSTASH_REDIS_REST_TOKEN: "a-token-for-tests",
    JWT_KEYS: JSON.stringify({ keys: [await newSigningKey()] }),
    TOKEN_SECRET: newTokenSecret(),
  };
  await writeFile(file, formatVariables(settings));
  return file;
}

test("a deploy that is interrupted leaves no secrets behind", { timeout: 60_000 }, async () => {
  const args = ["dev/deploy.ts", "--dry-run", "--settings", await settingsFile()];
  const deploy = spawn(process.execPath, args, { stdio: "ignore" });
  const ended = once(deploy, "exit");
  await expect.poll(() => access(SECRETS_FILE).then(() => "there")).toBe("there");
  deploy.kill("SIGTERM");
  expect(await ended).toEqual([1, null]);
  await expect(access(SECRETS_FILE)).rejects.toThrow("ENOENT");
});
