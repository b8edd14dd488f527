import { join } from "node:path";
import { seed } from "../../drizzle/seed/seed.ts";
import { createPlatform, type Platform } from "../platform/index.ts";
import { migrateDatabase } from "../platform/migrate.ts";
import { servePlatform } from "../platform/server.ts";
import { hostOf } from "./connection-string.ts";
import { HOST } from "./ports.ts";
import type { Step } from "./say.ts";

export type LocalPlatformOptions = {
  /** Where the embedded Postgres keeps its data, in a folder of its own. */
  readonly dir: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Whether to seed the demo accounts beside the catalog. */
  readonly demo: boolean;
  readonly databaseUrl?: string | undefined;
  readonly redisUrl?: string | undefined;
  readonly redisToken: string;
  readonly sqlPassword?: string | undefined;
  readonly step: Step;
};

/** A platform that listens, migrated and seeded. */
export type LocalPlatform = { readonly url: string; readonly platform: Platform; close(): Promise<void> };

/** Starts Postgres and Redis, or their stand-ins, behind Neon's and Upstash's protocols. */
export async function openLocalPlatform(options: LocalPlatformOptions): Promise<LocalPlatform> {
  const { dir, databaseUrl, redisUrl, redisToken, sqlPassword, step } = options;
  const dataDir = join(dir, "postgres");
  const opened: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const undo of opened.splice(0).reverse()) await undo();
  };
  try {
    const platform = await step(describe(options, dataDir), () =>
      createPlatform({ dataDir, databaseUrl, redisUrl, redisToken, sqlPassword }),
    );
    opened.push(() => platform.close());
    await step("Migrations", () => migrateDatabase(platform.database));
    await step("Catalog and accounts", async (note) => note(await seed(platform.database, { demo: options.demo })));
    const served = await servePlatform(platform, { port: options.port, host: HOST });
    opened.push(() => served.close());
    return { url: served.url, platform, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function describe({ databaseUrl, redisUrl }: LocalPlatformOptions, dataDir: string): string {
  const postgres = databaseUrl === undefined ? `Embedded Postgres in ${dataDir}` : `Postgres at ${hostOf(databaseUrl)}`;
  const redis = redisUrl === undefined ? "Redis in memory" : `Redis at ${hostOf(redisUrl)}`;
  return `${postgres}, ${redis}`;
}
