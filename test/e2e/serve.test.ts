import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, inject, onTestFinished, test } from "vitest";
import { startStack } from "../../dev/stack.ts";

const health = (baseUrl: string) => fetch(`${baseUrl}/health`).then(({ status }) => status);

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "ascent-serve-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  return dir;
}

async function ownStack() {
  const stack = await startStack({ dir: await folder(), demo: false, onLine: () => {} });
  onTestFinished(() => stack.stop());
  return stack;
}

describe("the served product", () => {
  test("answers on its port", async () => {
    expect(await health(inject("baseUrl"))).toBe(200);
  });

  test("has the local platform beside it", async () => {
    expect(await health(inject("platformUrl"))).toBe(200);
  });

  test("serves again on the same port after workerd was killed", async () => {
    const stack = await ownStack();
    const before = stack.pid;
    await stack.killWorkerd();
    await stack.serving();
    expect(stack.pid).not.toBe(before);
    expect(await health(stack.baseUrl)).toBe(200);
  });

  test("serves again however often workerd is killed", async () => {
    const stack = await ownStack();
    for (let kills = 0; kills < 3; kills += 1) {
      await stack.killWorkerd();
      await stack.serving();
    }
    expect(await health(stack.baseUrl)).toBe(200);
  });

  test("leaves nothing listening when it is stopped", async () => {
    const stack = await startStack({ dir: await folder(), demo: false });
    await stack.stop();
    await expect(health(stack.baseUrl)).rejects.toThrow();
    await expect(health(stack.platformUrl ?? "")).rejects.toThrow();
  });
});

test("what is kept is its owner's alone, also in a folder that was open to all", async () => {
  const dir = join(await folder(), "open");
  await mkdir(dir, { mode: 0o755 });
  // It is closed before anything is put there.
  await expect(startStack({ dir, demo: false, settings: { DEMO_PAGE: "maybe" } })).rejects.toThrow("DEMO_PAGE");
  expect((await stat(dir)).mode & 0o777).toBe(0o700);
});

test("a stack that is closed works, and lets nobody into its database beside it", async () => {
  const stack = await startStack({ dir: await folder(), demo: false, isClosed: true, onLine: () => {} });
  onTestFinished(() => stack.stop());
  expect(await fetch(`${stack.baseUrl}/ready`).then(({ status }) => status)).toBe(200);
  const anybody = { "Neon-Connection-String": "postgresql://ascent:ascent@localhost/ascent" };
  const init = { method: "POST", headers: anybody, body: '{"query":"select 1"}' };
  expect(await fetch(`${stack.platformUrl}/sql`, init).then(({ status }) => status)).toBe(400);
});

describe("a bad setting", () => {
  test("is named in words and nothing starts", async () => {
    const settings = { SUBMIT_RATE_LIMIT: "lots" };
    await expect(startStack({ dir: await folder(), demo: false, settings })).rejects.toThrow(
      /its settings are not right:\n {2}SUBMIT_RATE_LIMIT is not valid/,
    );
  });

  test("ends the command with 1 and its name", async () => {
    const env = { ...process.env, PORT: "18787", TOKEN_SECRET: "short" };
    const serve = spawn(process.execPath, ["dev/serve.ts"], { env });
    const [said, [code]] = await Promise.all([text(serve.stderr), once(serve, "exit")]);
    expect(said).toContain("TOKEN_SECRET is not valid: each secret must have at least 32 characters");
    expect(code).toBe(1);
  });
});
