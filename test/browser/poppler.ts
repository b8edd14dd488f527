import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished } from "vitest";

const run = promisify(execFile);

/** The document in a file of its own, for the programs that judge it. */
async function fileOf(bytes: Uint8Array): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "ascent-pdf-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  const file = join(dir, "document.pdf");
  await writeFile(file, bytes);
  return file;
}

/** What poppler reads in it, line by line, in the order of drawing; it must have no complaint. */
export async function linesOf(bytes: Uint8Array): Promise<string> {
  const { stdout, stderr } = await run("pdftotext", ["-raw", await fileOf(bytes), "-"], { maxBuffer: 50_000_000 });
  expect(stderr).toBe("");
  return stdout;
}

/** The same page by page, whatever the lines. */
export const pagesOf = async (bytes: Uint8Array): Promise<string[]> =>
  (await linesOf(bytes)).split("\f").slice(0, -1).map(flat);

/** Whether qpdf finds it sound and poppler draws it, neither with a complaint. */
export async function expectSound(bytes: Uint8Array): Promise<void> {
  const file = await fileOf(bytes);
  const { stdout: checked } = await run("qpdf", ["--check", file]);
  expect(checked).toContain("No syntax or stream encoding errors found");
  const { stderr } = await run("pdftoppm", ["-r", "20", "-l", "3", "-png", file, file]);
  expect(stderr).toBe("");
}

/** Text with every white space as one space: where lines break is not what is asked. */
export const flat = (text: string) => text.normalize("NFC").replace(/\s+/g, " ");

/** All text without white space, as a long word may be broken. */
export const unbroken = (text: string) => text.normalize("NFC").replace(/\s+/g, "");
