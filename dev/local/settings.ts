import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { parseSettings } from "../../src/env.ts";

/** Settings as text by name, as the Worker gets them. */
export type Variables = Record<string, string>;

/** Those that are secrets: they are in no command line. */
export const SECRETS = [
  "DATABASE_URL",
  "UPSTASH_REDIS_REST_URL",
  "UPSTASH_REDIS_REST_TOKEN",
  "JWT_KEYS",
  "TOKEN_SECRET",
] as const;

/** The settings of .dev.vars.example. */
export async function exampleVariables(): Promise<Variables> {
  return readVariables(".dev.vars.example");
}

/** The names of all settings that there are. */
export async function settingNames(): Promise<ReadonlySet<string>> {
  const example = await exampleVariables();
  return new Set([...Object.keys(example), ...Object.keys(parseSettings(example))]);
}

/**
 * What somebody decided: .dev.vars where it differs from the example, and over it the environment. An example that was
 * merely copied decides nothing.
 */
export async function chosenVariables(): Promise<Variables> {
  const example = await exampleVariables();
  const own = Object.entries(await readVariables(".dev.vars")).filter(([name, value]) => example[name] !== value);
  const environment = [...(await settingNames())].flatMap((name) => {
    const value = process.env[name];
    return value === undefined || value === "" ? [] : [[name, value] as const];
  });
  return Object.fromEntries([...own, ...environment]);
}

/** Where `npm run serve` keeps everything. */
export const SERVE_DIR = ".local/serve";

/** The keys that `npm run serve` and its like make for themselves, kept in their folder; `{}` before the first run. */
export const readKeys = (dir: string): Promise<Variables> => readVariables(keysFile(dir));

export const keysFile = (dir: string) => join(dir, "keys.vars");

/** The settings that lead to a local platform at `url`; `password` is needed where it has one. */
export function platformVariables(url: string, password = "ascent"): Variables {
  return {
    DATABASE_URL: `postgres://ascent:${password}@localhost/ascent`,
    NEON_HTTP_ENDPOINT: `${url}/sql`,
    UPSTASH_REDIS_REST_URL: `${url}/redis`,
  };
}

/** A file of settings, `{}` where there is none. */
export async function readVariables(path: string): Promise<Variables> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  // parseEnv's type allows for undefined, which it never gives.
  return parseEnv(text) as Variables;
}

/** Settings in the form of a .dev.vars file; throws for a value that the form cannot hold. */
export function formatVariables(variables: Variables): string {
  const lines = Object.entries(variables).map(([name, value]) => {
    if (/[\r\n]/.test(value)) throw new Error(`${name} must be one line.`);
    const quote = [`'`, `"`, "`"].find((mark) => !value.includes(mark));
    if (quote === undefined) throw new Error(`${name} holds all three kinds of quotes.`);
    return `${name}=${quote}${value}${quote}`;
  });
  return `${lines.join("\n")}\n`;
}
