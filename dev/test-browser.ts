import { access, constants } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { runCommand } from "./local/say.ts";
import { conclude } from "./local/tally.ts";
import { stopSignal } from "./local/until-stopped.ts";
import { runAtOnce, shardsOf } from "./local/vitest.ts";

const CHROMIUMS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/** What needs Chromium, qpdf and poppler: tests get the browser's path as `CHROMIUM`. */
await runCommand(async () => {
  const { CHROMIUM } = process.env;
  const chromium = await findProgram(CHROMIUM === undefined ? CHROMIUMS : [CHROMIUM]);
  const qpdf = await findProgram(["qpdf"]);
  const poppler = await findProgram(["pdftotext"]);
  const missing = [
    ...(chromium === undefined ? ["Chromium (the package chromium, or its path in CHROMIUM)"] : []),
    ...(qpdf === undefined ? ["qpdf (the package qpdf)"] : []),
    ...(poppler === undefined ? ["pdftotext (the package poppler-utils)"] : []),
  ];
  if (chromium === undefined || missing.length > 0) {
    throw new Error(`These tests need what is not installed here:\n  ${missing.join("\n  ")}`);
  }
  const { LOCAL_DATABASE_URL: _postgres, LOCAL_REDIS_URL: _redis, ...env } = process.env;
  const run = { projects: ["browser"], filters: process.argv.slice(2) };
  const withChromium = { ...env, CHROMIUM: chromium };
  // Pages wait more than they work: two stacks with half of the files each are done sooner than one with all.
  const halves = Array<NodeJS.ProcessEnv>(run.filters.length === 0 ? 2 : 1).fill(withChromium);
  conclude(await runAtOnce(shardsOf(run, halves), stopSignal()));
});

/** The path of the first of these programs that is there. */
async function findProgram(names: readonly string[]): Promise<string | undefined> {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = names.flatMap((name) => (isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name))));
  for (const path of candidates) {
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    ) {
      return path;
    }
  }
  return undefined;
}
