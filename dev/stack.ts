import { randomBytes } from "node:crypto";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseSettings } from "../src/env.ts";
import { newSigningKey, newTokenSecret } from "./keys.ts";
import { type LocalPlatform, openLocalPlatform } from "./local/open-platform.ts";
import { HOST } from "./local/ports.ts";
import { quietly, type Step } from "./local/say.ts";
import { formatVariables, keysFile, platformVariables, readKeys, type Variables } from "./local/settings.ts";
import { claim } from "./platform/claim.ts";
import { bundleWorker } from "./workerd/bundle.ts";
import { workerdConfig } from "./workerd/config.ts";
import { type Supervisor, superviseWorkerd } from "./workerd/supervisor.ts";

export type StackOptions = {
  /** Of the Worker; a free one by default. */
  readonly port?: number;
  /** Of the local platform; a free one by default. */
  readonly platformPort?: number;
  /** Where everything is kept: keys, Postgres, the objects. The same folder goes on where the last run ended. */
  readonly dir: string;
  /** Whether to seed the demo accounts beside the catalog. */
  readonly demo: boolean;
  /** Whether the local platform is for this stack alone, which nobody else on the machine has the password of. */
  readonly isClosed?: boolean;
  /** A real Postgres behind Neon's protocol. */
  readonly databaseUrl?: string | undefined;
  /** A real Redis behind Upstash's protocol. */
  readonly redisUrl?: string | undefined;
  /**
   * The Worker's settings, over the stack's own keys. `DATABASE_URL` names a Neon database and `UPSTASH_REDIS_REST_URL` an
   * Upstash one in place of the local ones; both are used as they are, not migrated, not seeded.
   */
  readonly settings?: Variables;
  /** Another entry than the product's, an `index.ts` that stands for it. */
  readonly entry?: string;
  /** What workerd writes; by default it goes to standard error. */
  readonly onLine?: (line: string) => void;
  readonly step?: Step;
};

/** Pupils' names, answers and password hashes are in there: nobody else on the machine is to read them. */
const OWNER_ONLY = 0o700;

/** The whole product on this machine: the built Worker on plain workerd, Postgres and Redis beside it. */
export type Stack = {
  readonly baseUrl: string;
  /** Of the local platform; undefined where both Postgres and Redis are elsewhere. */
  readonly platformUrl: string | undefined;
  /** Of the workerd that runs now; undefined between two. */
  readonly pid: number | undefined;
  /** Kills workerd with SIGKILL and resolves when it is dead; it is started again at once. */
  killWorkerd(): Promise<void>;
  /** Resolves when workerd serves. */
  serving(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts it all and resolves when it serves; rejects, in words, where a setting, a port or a service is not right, or another stack uses the folder. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { demo, databaseUrl, redisUrl, step = quietly, onLine = (line: string) => console.error(line) } = options;
  const dir = resolve(options.dir);
  const objectsDir = join(dir, "objects");
  const cacheDir = join(dir, "cache");
  await mkdir(dir, { recursive: true });
  await chmod(dir, OWNER_ONLY);
  for (const folder of [objectsDir, cacheDir]) await mkdir(folder, { recursive: true });
  const keys = await keysOf(dir);
  const chosen = { ...keys, ...options.settings };
  const sqlPassword = options.isClosed ? keys.UPSTASH_REDIS_REST_TOKEN : undefined;
  // Before anything runs, as if the local platform ran: a bad setting is told at once.
  parseSettings({ ...chosen, ...localVariables(chosen, `http://${HOST}`) });

  const release = await claim(objectsDir);
  let platform: LocalPlatform | undefined;
  let supervisor: Supervisor | undefined;
  const stop = async () => {
    await supervisor?.stop();
    await platform?.close();
    await release();
  };
  try {
    if (needsPlatform(chosen)) {
      const redisToken = chosen.UPSTASH_REDIS_REST_TOKEN ?? "";
      const port = options.platformPort ?? 0;
      platform = await openLocalPlatform({ dir, port, demo, databaseUrl, redisUrl, redisToken, sqlPassword, step });
    }
    const local = platform === undefined ? {} : localVariables(chosen, platform.url, sqlPassword);
    const settings = { ...chosen, ...local };
    const bundle = await step("Build of the Worker", () => bundleWorker(options.entry));
    const configFile = join(dir, "workerd.capnp");
    await writeFile(configFile, workerdConfig({ bundle, dir, objectsDir, cacheDir, settings: Object.keys(settings) }));
    const started = await step("workerd", () =>
      superviseWorkerd({ configFile, port: options.port ?? 0, settings, onLine }),
    );
    supervisor = started;
    return {
      baseUrl: `http://${HOST}:${started.port}`,
      platformUrl: platform?.url,
      get pid() {
        return started.pid;
      },
      killWorkerd: started.kill,
      serving: started.serving,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function needsPlatform(chosen: Variables): boolean {
  return chosen.DATABASE_URL === undefined || chosen.UPSTASH_REDIS_REST_URL === undefined;
}

/** What leads to the local platform, as far as nothing else was chosen. */
function localVariables(chosen: Variables, url: string, sqlPassword?: string): Variables {
  const { DATABASE_URL, NEON_HTTP_ENDPOINT, UPSTASH_REDIS_REST_URL } = platformVariables(url, sqlPassword);
  return {
    ...(chosen.DATABASE_URL === undefined ? { DATABASE_URL, NEON_HTTP_ENDPOINT } : {}),
    ...(chosen.UPSTASH_REDIS_REST_URL === undefined ? { UPSTASH_REDIS_REST_URL } : {}),
  };
}

/** The stack's own keys, made at its first run and kept in a file that only its owner may read. */
async function keysOf(dir: string): Promise<Variables> {
  const kept = await readKeys(dir);
  if (Object.keys(kept).length > 0) return kept;
  const made = {
    JWT_KEYS: JSON.stringify({ keys: [await newSigningKey()] }),
    TOKEN_SECRET: newTokenSecret(),
    UPSTASH_REDIS_REST_TOKEN: randomBytes(32).toString("base64url"),
  };
  await writeFile(keysFile(dir), formatVariables(made), { mode: 0o600 });
  return made;
}
