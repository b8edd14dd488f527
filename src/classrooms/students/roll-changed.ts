import { afterReply } from "../../http/after-reply.ts";
import { classroomChanged } from "../../live/classroom-changed.ts";
import type { Services } from "../../services.ts";
import { tellPracticeOf } from "./tell-practice.ts";

type RollChange = {
  readonly classroomId: string;
  /** The class's. */
  readonly timeZone: string | null;
  /** Who came in or left. */
  readonly studentIds: readonly string[];
};

/**
 * Tells, after the reply, who must hear that students came into a class or left it: who watches it, and the students'
 * practice, whose days may be others now.
 */
export function rollChanged(services: Services, { classroomId, timeZone, studentIds }: RollChange): void {
  if (studentIds.length === 0) return;
  classroomChanged(services, classroomId);
  if (timeZone !== null) afterReply("tell_practice", () => tellPracticeOf(services, studentIds));
}
