import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { say } from "./say.ts";
import type { Tally } from "./tally.ts";

const PROGRAMS = fileURLToPath(new URL("../../node_modules/.bin/", import.meta.url));

type Check = { readonly name: string; readonly program: string; readonly args: readonly string[] };

const TYPES: readonly Check[] = [
  { name: "types of the Worker", program: "tsc", args: ["-p", "."] },
  { name: "types of the demo page", program: "tsc", args: ["-p", "src/pages/demo/client"] },
  { name: "types of all else", program: "tsc", args: ["-p", "dev/tsconfig.json"] },
];
const LINT: Check = { name: "lint", program: "biome", args: ["check"] };

/** Checks types and lint, all at once; says how each went, and each counts as one. */
export function runChecks(): Promise<Tally> {
  return run([...TYPES, LINT]);
}

/** Checks the types alone, in the same way. */
export function runTypeChecks(): Promise<Tally> {
  return run(TYPES);
}

async function run(checks: readonly Check[]): Promise<Tally> {
  const results = await Promise.all(checks.map(runCheck));
  return {
    passed: results.filter(({ passed }) => passed).length,
    failures: results.flatMap(({ name, passed }) => (passed ? [] : [name])),
  };
}

async function runCheck({ name, program, args }: Check): Promise<{ name: string; passed: boolean }> {
  const output = await new Promise<string | undefined>((resolve) => {
    execFile(`${PROGRAMS}${program}`, args, { maxBuffer: Number.MAX_SAFE_INTEGER }, (error, stdout, stderr) =>
      resolve(error === null ? undefined : `${stdout}${stderr}` || error.message),
    );
  });
  say(output === undefined ? `  ✓ ${name}` : `  ✗ ${name}\n${output}`);
  return { name, passed: output === undefined };
}
