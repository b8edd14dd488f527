import { afterReply } from "../../http/after-reply.ts";
import { classroomChanged } from "../../live/classroom-changed.ts";
import type { Services } from "../../services.ts";
import { tellPracticeOf } from "./tell-practice.ts";

type Enrolled = {
  readonly classroomId: string;
  /** The class's. */
  readonly timeZone: string | null;
  /** Who was not in the class before. */
  readonly newStudents: readonly string[];
};

/**
 * Tells, after the reply, who must hear that students came into a class: who watches it, and the students' practice, whose
 * days may be others now.
 */
export function enrolled(services: Services, { classroomId, timeZone, newStudents }: Enrolled): void {
  if (newStudents.length === 0) return;
  classroomChanged(services, classroomId);
  if (timeZone !== null) afterReply("tell_practice", () => tellPracticeOf(services, newStudents));
}
