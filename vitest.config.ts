import { cloudflareTest } from "@cloudflare/vitest-pool-workers";
import { defineConfig } from "vitest/config";
import { closeWorkerPlatform, workerBindings, workerPlatform } from "./test/worker/platform.ts";

/** Tests that need a real service, named `*.services.test.ts`, are there where one is given. */
const withoutServices = process.env.LOCAL_REDIS_URL === undefined ? ["test/**/*.services.test.ts"] : [];

/** Tests that start embedded services of their own, named `*.embedded.test.ts`, need not run again beside real ones. */
const besideServices = process.env.LOCAL_DATABASE_URL === undefined ? [] : ["test/**/*.embedded.test.ts"];

/** What is waited for comes when it comes: the default second is too short on a machine with much to do. */
const patient = { poll: { timeout: 10_000 } };

/** Four kinds of test, told apart by name: what needs no runtime, what runs in workerd, the started stack, and Chromium. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          expect: patient,
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.worker.test.ts", "test/e2e/**", "test/browser/**", ...withoutServices],
          testTimeout: 20_000,
          // The embedded Postgres may take most of this to start on a machine with much to do.
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: { bindings: workerBindings, outboundService: workerPlatform },
          }),
          { name: "worker-platform", closeBundle: closeWorkerPlatform },
        ],
        test: {
          name: "worker",
          expect: patient,
          // As all files share one Worker, what a test replaced and did not put back would be the next one's.
          restoreMocks: true,
          include: ["test/**/*.worker.test.ts"],
          setupFiles: "./test/worker/ready.ts",
          // The Worker is made once and not for each file, which took longer than the tests.
          isolate: false,
          fileParallelism: false,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: "e2e",
          expect: patient,
          include: ["test/e2e/**/*.test.ts"],
          exclude: besideServices,
          globalSetup: "./test/e2e/stack.ts",
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "browser",
          expect: patient,
          include: ["test/browser/**/*.test.ts"],
          globalSetup: "./test/e2e/stack.ts",
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
