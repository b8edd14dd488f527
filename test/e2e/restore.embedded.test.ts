import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { newStudents, type Practised, practise } from "../../bench/prove/practising.ts";
import { differencesInRecord, NO_DIFFERENCES } from "../../bench/prove/record.ts";
import { type Stack, startStack } from "../../dev/stack.ts";

const STUDENTS = 4;
const SPELL_MS = 500;

test("a Postgres that was put back to an earlier moment comes to hold all that students were told since, just once", async () => {
  const dir = await mkdtemp(join(tmpdir(), "ascent-restore-"));
  const [postgres, backup] = [join(dir, "postgres"), join(dir, "backup")];
  let stack: Stack | undefined;
  const stop = async () => {
    await stack?.stop();
    stack = undefined;
  };
  onTestFinished(async () => {
    await stop();
    await rm(dir, { recursive: true });
  });
  const settings = {
    SUBMIT_RATE_LIMIT: "0",
    HEARTBEAT_RATE_LIMIT: "0",
    ARGON2_MEMORY_KIB: "64",
    ARGON2_ITERATIONS: "1",
  };
  const start = async () => {
    stack = await startStack({ dir, demo: false, settings, onLine: () => {} });
    return { baseUrl: stack.baseUrl, platformUrl: stack.platformUrl ?? "" };
  };

  let { baseUrl, platformUrl } = await start();
  const students = await newStudents(baseUrl, STUDENTS);
  const practised: Practised[] = [];
  const practiseOn = async () => {
    const over = new AbortController();
    const spell = practise(baseUrl, students, over.signal);
    await Promise.race([spell, sleep(SPELL_MS)]);
    over.abort();
    for (const [index, { answers, replayed, studentId }] of (await spell).entries()) {
      const before = practised[index] ?? { studentId, answers: [], replayed: 0 };
      practised[index] = { studentId, answers: [...before.answers, ...answers], replayed: before.replayed + replayed };
    }
  };
  const differences = () => differencesInRecord(platformUrl, practised);

  await practiseOn();
  expect(await differences()).toEqual(NO_DIFFERENCES);
  await stop();
  await cp(postgres, backup, { recursive: true });

  ({ baseUrl, platformUrl } = await start());
  await practiseOn();
  expect(await differences()).toEqual(NO_DIFFERENCES);
  await stop();
  await rm(postgres, { recursive: true });
  await cp(backup, postgres, { recursive: true });

  ({ baseUrl, platformUrl } = await start());
  const known = practised.reduce((sum, { answers }) => sum + answers.length, 0);
  await practiseOn();
  expect(practised.reduce((sum, { answers }) => sum + answers.length, 0)).toBeGreaterThan(known);
  expect(await differences()).toEqual(NO_DIFFERENCES);
});
