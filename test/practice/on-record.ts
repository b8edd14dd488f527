import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { expect } from "vitest";
import { eventsIn, objectOf, recordFrom, recordOf } from "../worker/practice.ts";

/** How long what objects do in their own time may take. */
export const SOON = { timeout: 15_000, interval: 100 };

/** Resolves when the record of a student is just what their object's events come to. */
export const onRecord = async (studentId: string): Promise<void> =>
  expect.poll(() => recordOf(studentId), SOON).toEqual(recordFrom(await eventsIn(studentId)));

/** Makes an object send at once what it has, as if its time had come. */
export async function drainNow(studentId: string): Promise<void> {
  await evictDurableObject(objectOf(studentId));
  await runDurableObjectAlarm(objectOf(studentId));
}
