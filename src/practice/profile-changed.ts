import type { SQL } from "drizzle-orm";
import { describeForLog } from "../http/fault-log.ts";
import { log } from "../http/log.ts";
import type { Services } from "../services.ts";
import { callObject } from "./student-object.ts";
import { profilesQuery, recordQuery, toRecord } from "./student-record.ts";

/** Tells a student's live practice that their grade, time zone, plan or activity is another now: one read, one call. */
export async function profileChanged(services: Services, studentId: string): Promise<void> {
  const [row] = await recordQuery(services.db.query, studentId);
  if (!row) return;
  const { profile } = toRecord(row);
  await callObject(services, studentId, (object) => object.updateProfile(profile));
}

/** The platform has so many calls of one request under way at once and lets the others wait. */
const CALLS_AT_ONCE = 6;

/**
 * The same for many students, a condition on rows of users: one read, a call each. Where a call fails, that is logged and
 * the others are told all the same.
 */
export async function profilesChanged(services: Services, students: SQL): Promise<void> {
  const waiting = (await profilesQuery(services.db.query, students)).values();
  const callOneByOne = async () => {
    for (const { studentId, profile } of waiting) {
      try {
        await callObject(services, studentId, (object) => object.updateProfile(profile));
      } catch (error) {
        log("warn", "profile_not_told", { error: describeForLog(error) });
      }
    }
  };
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, callOneByOne));
}
