import type { SQL } from "drizzle-orm";
import { users } from "../db/tables.ts";
import { describeForLog } from "../http/fault-log.ts";
import { log } from "../http/log.ts";
import type { Services } from "../services.ts";
import { callObject } from "./student-object.ts";

/**
 * Tells a student's live practice that their grade, time zone, plan or activity is another now, which it reads by itself.
 * Never throws: where it cannot be told it learns of it with the next event that it puts on record.
 */
export async function profileChanged(services: Services, studentId: string): Promise<void> {
  try {
    await callObject(services, studentId, (object) => object.updateProfile());
  } catch (error) {
    log("warn", "profile_not_told", { error: describeForLog(error) });
  }
}

/** The platform has so many calls of one request under way at once and lets the others wait. */
const CALLS_AT_ONCE = 6;

/** The same for many students, a condition on rows of users: one read of who they are, a call each. */
export async function profilesChanged(services: Services, students: SQL): Promise<void> {
  const waiting = (await services.db.query.select({ id: users.id }).from(users).where(students)).values();
  const callOneByOne = async () => {
    for (const { id } of waiting) await profileChanged(services, id);
  };
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, callOneByOne));
}
