import { writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { type Child, startChild } from "./child.ts";
import { HOST } from "./ports.ts";
import { formatVariables, SECRETS, type Variables } from "./settings.ts";
import { quietWrangler, WRANGLER } from "./wrangler.ts";

const POLL_MS = 150;

export type WranglerDevOptions = {
  readonly port: number;
  readonly objectsDir: string;
  /** The file that hands the secrets over: written anew, for its owner alone. */
  readonly envFile: string;
  readonly settings: Variables;
  readonly onLine: (line: string) => void;
};

/** Serves the Worker with `wrangler dev`; resolves when it answers, rejects where wrangler ends before. */
export async function startWranglerDev({
  port,
  objectsDir,
  envFile,
  settings,
  onLine,
}: WranglerDevOptions): Promise<Child> {
  const secrets = Object.entries(settings).filter(([name]) => isSecret(name));
  const others = Object.entries(settings).filter(([name]) => !isSecret(name));
  // wrangler expands $NAME in such a file.
  const escaped = secrets.map(([name, value]) => [name, value.replaceAll("$", "\\$")]);
  await writeFile(envFile, formatVariables(Object.fromEntries(escaped)), { mode: 0o600 });

  const output = outputFilter(onLine);
  const args = [
    ...[WRANGLER, "dev", "--ip", HOST, "--port", String(port)],
    ...["--persist-to", objectsDir, "--env-file", envFile, "--show-interactive-dev-session=false"],
    ...others.flatMap(([name, value]) => ["--var", `${name}:${value}`]),
  ];
  const child = await startChild(process.execPath, args, { env: quietWrangler(), onLine: output.line });
  const end = await Promise.race([answers(`http://${HOST}:${port}/health`), child.ended]);
  output.settle();
  if (end !== undefined) throw new Error(`wrangler has ended (${end}); what it wrote is above.`);
  return child;
}

function isSecret(name: string): boolean {
  return SECRETS.some((secret) => secret === name);
}

/** Resolves when the Worker answers anything at all: wrangler keeps requests waiting until it does. */
async function answers(url: string): Promise<undefined> {
  for (;;) {
    const response = await fetch(url).catch(() => undefined);
    if (response !== undefined) return;
    await sleep(POLL_MS);
  }
}

/** What wrangler says at every start and nobody needs, once it all works. */
const NOISE = [
  /^\[custom build\]/,
  /^Using secrets defined in/,
  /^Your Worker has access to the following bindings:/,
  /^Binding +Resource/,
  /^env\.[A-Z_]+ \(/,
  /Starting local server\.\.\./,
  /Ready on http/,
  /Logs were written to/,
  /^─*$/,
];
const TROUBLE = /ERROR|WARNING|\[wrangler:(warn|error)\]|✘|Error:/;

/** Keeps what wrangler says while it starts, and shows it only where something is wrong with it; after that, all but the noise. */
function outputFilter(onLine: (line: string) => void): { line(line: string): void; settle(): void } {
  let kept: string[] | undefined = [];
  const settle = () => {
    const trouble = kept?.some((line) => TROUBLE.test(line)) ?? false;
    if (trouble) for (const line of kept ?? []) show(line);
    kept = undefined;
  };
  const show = (line: string) => {
    const plain = stripVTControlCharacters(line);
    if (!NOISE.some((pattern) => pattern.test(plain.trim()))) onLine(process.stdout.isTTY ? line : plain);
  };
  return {
    line: (line) => {
      if (kept === undefined) return show(line);
      kept.push(line);
      if (TROUBLE.test(line)) settle();
    },
    settle,
  };
}
