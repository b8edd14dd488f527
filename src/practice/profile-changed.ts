import type { Services } from "../services.ts";
import { callObject } from "./student-object.ts";
import { recordQuery, toRecord } from "./student-record.ts";

/** Tells a student's live practice that their grade, time zone, plan or activity is another now: one read, one call. */
export async function profileChanged(services: Services, studentId: string): Promise<void> {
  const [row] = await recordQuery(services.db.query, studentId);
  if (!row) return;
  const { profile } = toRecord(row);
  await callObject(services, studentId, (object) => object.updateProfile(profile));
}
