import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, inject, onTestFinished, test } from "vitest";

const run = promisify(execFile);

/** The README's blocks of this language that call the API, in their order. */
async function blocks(language: string): Promise<string[]> {
  const readme = await readFile(new URL("../../../README.md", import.meta.url), "utf8");
  const all = readme.matchAll(/^```(\w+)\n(.*?)^```$/gms);
  return [...all].flatMap(([, its, text = ""]) => (its === language && text.includes("BASE") ? [text] : []));
}

/**
 * `curl` ends the script at any refusal; what is on record a second later it asks for again. `jq` knows as much of the real
 * one as the README needs, so that nobody has to have it to run this.
 */
const PREAMBLE = `
set -euxo pipefail
curl() { command curl --fail --retry 5 --retry-delay 1 --retry-all-errors "$@"; }
jq() { "$NODE" -e '
  const [raw, path = ".", file = 0] = process.argv[1] === "-r" ? process.argv.slice(1) : ["", ...process.argv.slice(1)];
  let value = JSON.parse(require("node:fs").readFileSync(file, "utf8"));
  for (const name of path.split(".").filter(Boolean)) value = value[name];
  if (value === undefined) throw new Error("there is no " + path);
  console.log(raw && typeof value === "string" ? value : JSON.stringify(value));
' -- "$@"; }
`;

const AFTERWARDS = `printf '%s\\n' "$BASE" "$CLASS" "$TEACHER" > names.txt`;

test("the README's commands succeed as they are printed, one after the other", async () => {
  const dir = await mkdtemp(join(tmpdir(), "ascent-readme-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  const commands = (await blocks("sh")).join("\n");
  const here = commands.replace("http://127.0.0.1:8787", inject("baseUrl"));
  expect(here).not.toBe(commands);
  const script = [PREAMBLE, here, AFTERWARDS].join("\n");
  await run("bash", ["-c", script], { cwd: dir, env: { ...process.env, NODE: process.execPath } });

  const pdfs = [...commands.matchAll(/-o (\S+\.pdf)/g)].map(([, name = ""]) => name);
  expect(pdfs.length).toBeGreaterThan(0);
  for (const name of pdfs) expect((await readFile(join(dir, name), "latin1")).slice(0, 5)).toBe("%PDF-");

  const names = (await readFile(join(dir, "names.txt"), "utf8")).trimEnd().split("\n");
  await watched(names);
});

/** Runs the README's script of a teacher's page until the class has come. */
async function watched([base, classroom, teacher]: readonly string[]): Promise<void> {
  const [script = ""] = await blocks("js");
  const program = `const [BASE, CLASS, TEACHER] = process.argv.slice(1);\n${script}
    const { onmessage } = socket;
    socket.onmessage = (event) => { onmessage(event); process.exit(0); };
    socket.onerror = () => process.exit(1);`;
  const { stdout } = await run(process.execPath, ["-e", program, "--", base ?? "", classroom ?? "", teacher ?? ""]);
  expect(JSON.parse(stdout)).toMatchObject({ type: "snapshot" });
}
