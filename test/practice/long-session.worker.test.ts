import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { expect, it, vi } from "vitest";
import { StudentPractice } from "../../src/index.ts";
import { loadMemory } from "../../src/practice/object-storage.ts";
import { register } from "../worker/client.ts";
import { answerCurrent, begin, inObject, objectOf, read, recordOf } from "../worker/practice.ts";
import { SOON } from "./on-record.ts";

const BEATS = 150;

/** What an object would know that read its storage anew. */
function stored(storage: DurableObjectStorage) {
  const { student, lastSeq, keys } = loadMemory(storage) ?? {};
  return { student, lastSeq, keys };
}

it("heartbeats that are on record do not pile up in the object, and nothing else of it changes", async () => {
  const student = await register();
  const { session } = await answerCurrent(student, await begin(student));
  const before = await runInDurableObject(objectOf(student.id), async (object, { storage }) => {
    if (!(object instanceof StudentPractice)) throw new Error("not a StudentPractice");
    // One every two seconds from now on: more at once are refused.
    const clock = vi.spyOn(Date, "now");
    const nowMs = Date.now();
    for (let count = 1; count <= BEATS; count++) {
      clock.mockReturnValue(nowMs + count * 2_000);
      const { id: sessionId } = session;
      if (count === 50) await object.next({ sessionId, skip: true, key: "worker:1" });
      else expect(await object.heartbeat({ sessionId, isActive: true })).toContain(sessionId);
    }
    clock.mockRestore();
    return stored(storage);
  });
  const shown = (await read(student, session.id)).json().data;
  expect(shown.active_time_seconds).toBeGreaterThanOrEqual(BEATS * 2);

  const credits = async () => {
    await runDurableObjectAlarm(objectOf(student.id));
    const [row] = await inObject<{ left: number }>(
      student.id,
      "SELECT count(*) AS left FROM events WHERE kind = 'credited'",
    );
    return row?.left;
  };
  await expect.poll(credits, SOON).toBe(0);
  expect(await runInDurableObject(objectOf(student.id), (_object, { storage }) => stored(storage))).toEqual(before);
  await evictDurableObject(objectOf(student.id));
  expect((await read(student, session.id)).json().data).toEqual(shown);

  const onRecord = async () => {
    const [total] = (await recordOf(student.id)).progress;
    return [total?.questions, Math.floor((total?.active_ms ?? 0) / 1_000)];
  };
  expect(await onRecord()).toEqual([1, shown.active_time_seconds]);
  await answerCurrent(student, shown);
  await expect.poll(async () => (await onRecord())[0], SOON).toBe(2);
});
