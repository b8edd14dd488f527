import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startOver } from "../../dev/local/start-over.ts";
import { claim } from "../../dev/platform/claim.ts";
import { startStack } from "../../dev/stack.ts";

async function newFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "ascent-claim-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  await mkdir(join(dir, "objects"));
  return dir;
}

test("students' objects are one runtime's: a second one on their folder does not start, wherever its Postgres is", async () => {
  const dir = await newFolder();
  const release = await claim(join(dir, "objects"));
  const settings = {
    DATABASE_URL: "postgres://somebody:secret@db.example.com/ascent",
    UPSTASH_REDIS_REST_URL: "https://redis.example.com",
  };
  await expect(startStack({ dir, demo: false, settings })).rejects.toThrow("objects is in use by process");
  await release();
});

test("nobody starts over what is in use", async () => {
  const dir = await newFolder();
  const objectsDir = join(dir, "objects");
  const release = await claim(objectsDir);
  await expect(startOver({ dir, objectsDir, databaseUrl: undefined })).rejects.toThrow("objects is in use by process");
  await release();
  await startOver({ dir, objectsDir, databaseUrl: undefined });
});
