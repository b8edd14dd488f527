import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { bundleWorker } from "../../dev/workerd/bundle.ts";
import { bundleSize } from "../../dev/workerd/bundle-size.ts";

const MEGABYTE = 1_000_000;

test("the Worker is under 1 MB gzipped, its fonts apart", { timeout: 120_000 }, async () => {
  const { codeGzipped } = await bundleSize(await bundleWorker());
  expect(codeGzipped).toBeGreaterThan(100_000);
  expect(codeGzipped).toBeLessThan(MEGABYTE);
});

test("fonts are counted apart", async () => {
  const dir = await mkdtemp(join(tmpdir(), "ascent-bundle-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  await writeFile(join(dir, "index.js"), "a".repeat(1000));
  await writeFile(join(dir, "sans.ttf"), "b".repeat(2000));
  const size = await bundleSize({ dir, modules: ["index.js", "sans.ttf"] });
  expect(size.code).toBe(1000);
  expect(size.codeGzipped).toBeLessThan(100);
  expect(size.fontsGzipped).toBeGreaterThan(0);
});
