import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPlatform } from "../../dev/platform/index.ts";
import { migrateDatabase } from "../../dev/platform/migrate.ts";
import { servePlatform } from "../../dev/platform/server.ts";
import { redisToken, type Started, startPlatform, uniqueName } from "./started.ts";

let started: Started;
let folder: string;

beforeAll(async () => {
  started = await startPlatform();
  folder = await mkdtemp(join(tmpdir(), "platform-"));
});

afterAll(async () => {
  await started.stop();
  await rm(folder, { recursive: true });
});

describe("direct access", () => {
  test("runs statements, scripts of several, and transactions", async () => {
    const { database } = started.platform;
    const table = uniqueName("direct");
    await database.exec(`create table ${table} (id int, tags jsonb); insert into ${table} values (1, '["a"]')`);
    expect(await database.query(`select * from ${table} where id = $1`, [1])).toEqual([{ id: 1, tags: ["a"] }]);
    const failed = database.transaction(async (transaction) => {
      await transaction.query(`delete from ${table}`);
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow("no");
    const left = await database.transaction((transaction) => transaction.query(`select id from ${table}`));
    expect(left).toEqual([{ id: 1 }]);
  });
});

describe("migrations", () => {
  /** drizzle-kit's format: a journal and one file a migration. */
  async function write(migrations: Record<string, string>): Promise<{ folder: string; hashes: string[] }> {
    const at = await mkdtemp(join(folder, "migrations-"));
    await mkdir(join(at, "meta"));
    // Later than what another run left in a database that is shared.
    const start = Date.now();
    const entries = Object.keys(migrations).map((tag, idx) => ({
      idx,
      version: "7",
      when: start + idx,
      tag,
      breakpoints: true,
    }));
    await writeFile(join(at, "meta/_journal.json"), JSON.stringify({ version: "7", dialect: "postgresql", entries }));
    for (const [tag, sql] of Object.entries(migrations)) await writeFile(join(at, `${tag}.sql`), sql);
    const hashes = Object.values(migrations).map((sql) => createHash("sha256").update(sql).digest("hex"));
    return { folder: at, hashes };
  }

  test("are applied once, in order, and recorded as drizzle records them", async () => {
    const { database } = started.platform;
    const table = uniqueName("migrated");
    const { folder: at, hashes } = await write({
      "0000_first": `create table ${table} (id int);\n--> statement-breakpoint\ninsert into ${table} values (1);`,
      "0001_second": `alter table ${table} add column name text default 'new';`,
    });
    // Two at once: one of them finds nothing to do.
    await Promise.all([migrateDatabase(database, at), migrateDatabase(database, at)]);
    await migrateDatabase(database, at);
    expect(await database.query(`select * from ${table}`)).toEqual([{ id: 1, name: "new" }]);
    const recorded = "select hash from drizzle.__drizzle_migrations where hash = any($1) order by created_at";
    expect(await database.query(recorded, [hashes])).toEqual(hashes.map((hash) => ({ hash })));
  });

  test("that fail leave nothing behind", async () => {
    const { database } = started.platform;
    const table = uniqueName("migrated");
    const { folder: at } = await write({
      "0000_bad": `create table ${table} (id int);\n--> statement-breakpoint\nselect nothing;`,
    });
    await expect(migrateDatabase(database, at)).rejects.toMatchObject({ cause: { code: "42703" } });
    expect(await database.query("select to_regclass($1) as found", [table])).toEqual([{ found: null }]);
  });
});

describe("the platform", () => {
  test("keeps the embedded database in its folder", async () => {
    const dataDir = join(folder, "deep/data");
    const first = await createPlatform({ dataDir, redisToken });
    await first.database.exec("create table kept (id int); insert into kept values (1)");
    await first.close();
    const second = await createPlatform({ dataDir, redisToken });
    expect(await second.database.query("select * from kept")).toEqual([{ id: 1 }]);
    await second.close();
  });

  test("does not open a folder that is in use, and takes over what a dead process left", async () => {
    const dataDir = join(folder, "shared");
    const first = await createPlatform({ dataDir, redisToken });
    await expect(createPlatform({ dataDir, redisToken })).rejects.toThrow(`is in use by process ${process.pid}`);
    await first.close();
    await writeFile(`${dataDir}.lock`, "999999999");
    const second = await createPlatform({ dataDir, redisToken });
    await second.close();
  });

  test("says of files that do not open where they are and how to start over", async () => {
    const dataDir = join(folder, "damaged");
    await (await createPlatform({ dataDir, redisToken })).close();
    await writeFile(join(dataDir, "global/pg_control"), "");
    const opened = createPlatform({ dataDir, redisToken });
    await expect(opened).rejects.toThrow(/does not open .*damaged .*--fresh/);
    // The folder is given back.
    await expect(readFile(`${dataDir}.lock`)).rejects.toThrow("ENOENT");
  });

  test("says which port is taken and what to do", async () => {
    const { port } = started.served;
    await expect(servePlatform(started.platform, { port })).rejects.toThrow(
      `Port ${port} is taken. Stop what listens there`,
    );
  });

  test("says which service does not answer, and not its password", async () => {
    const databaseUrl = "postgres://someone:secret@127.0.0.1:1/none";
    const failure: unknown = await createPlatform({ databaseUrl, redisToken }).catch((error) => error);
    expect(String(failure)).toContain("Postgres at 127.0.0.1:1 does not answer");
    expect(String(failure)).not.toContain("secret");
    await expect(createPlatform({ redisUrl: "redis://127.0.0.1:1", redisToken })).rejects.toThrow(
      "Redis at 127.0.0.1:1 does not answer",
    );
  });
});
