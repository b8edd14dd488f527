import { describeForLog } from "../http/fault-log.ts";
import { log } from "../http/log.ts";
import { within } from "../http/within.ts";
import { callObject } from "../practice/student-object.ts";
import type { Services } from "../services.ts";
import type { Report, WatchCommand } from "./activity.ts";

/** The platform has so many calls of one event under way at once; where many objects share a thread, students come between. */
const AT_ONCE = 6;
const PATIENCE_MS = 2_000;

/**
 * Asks these students' objects what they are at, and to tell of changes from then on. `heard` gets each answer as it
 * comes, and one that comes too late to wait for as well. Resolves with those who have not answered in time; never
 * rejects. Once `over` is aborted, nobody else is asked and nothing more is heard.
 */
export async function askStudents(
  services: Services,
  command: WatchCommand,
  studentIds: readonly string[],
  heard: (studentId: string, report: Report) => void,
  over?: AbortSignal,
): Promise<string[]> {
  const waiting = studentIds.values();
  const unheard: string[] = [];
  let lastError: unknown;
  const askInTurn = async () => {
    for (const studentId of waiting) {
      if (over?.aborted) return;
      try {
        const answer = callObject(services, studentId, (object) => object.watch(command));
        await within(
          PATIENCE_MS,
          answer.then((report) => {
            if (!over?.aborted) heard(studentId, report);
          }),
        );
      } catch (error) {
        unheard.push(studentId);
        lastError = error;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, askInTurn));
  if (unheard.length > 0) {
    log("warn", "students_not_asked", { failures: unheard.length, error: describeForLog(lastError) });
  }
  return unheard;
}
