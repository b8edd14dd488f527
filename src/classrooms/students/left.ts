import { afterReply } from "../../http/after-reply.ts";
import { classroomChanged } from "../../live/classroom-changed.ts";
import type { Services } from "../../services.ts";
import { tellPracticeOf } from "./tell-practice.ts";

type Left = { readonly classroomId: string; readonly timeZone: string | null; readonly studentId: string };

/**
 * Tells, after the reply, who must hear that a student left a class: who watches it, and the student's practice, whose days
 * may be others now.
 */
export function left(services: Services, { classroomId, timeZone, studentId }: Left): void {
  classroomChanged(services, classroomId);
  if (timeZone !== null) afterReply("tell_practice", () => tellPracticeOf(services, [studentId]));
}
