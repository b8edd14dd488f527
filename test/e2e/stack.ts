import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startStack } from "../../dev/stack.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the started product answers. */
    baseUrl: string;
    /** Where the local platform beside it answers, its faults and counters included. */
    platformUrl: string;
  }
}

/** Starts the whole product once for all test files, on free ports and in a folder of its own; with LOCAL_… on real services. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = await mkdtemp(join(tmpdir(), "ascent-e2e-"));
  const stack = await startStack({
    dir,
    demo: true,
    databaseUrl: process.env.LOCAL_DATABASE_URL,
    redisUrl: process.env.LOCAL_REDIS_URL,
    settings: { DEMO_PAGE: "true", REPORT_RATE_LIMIT: "0", PDF_RATE_LIMIT: "0" },
  });
  project.provide("baseUrl", stack.baseUrl);
  project.provide("platformUrl", stack.platformUrl ?? "");
  return async () => {
    await stack.stop();
    await rm(dir, { recursive: true });
  };
}
