import { eq } from "drizzle-orm";
import { classrooms } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import type { Services } from "../../services.ts";
import { isTaughtBy, lockClassroom, requireTeacher, standing } from "../teaching.ts";
import { leaving } from "./leaving.ts";
import { left } from "./left.ts";
import { notInClassroom } from "./whom.ts";

type Removal = { readonly classroomId: string; readonly studentId: string };

/** Takes a student out of a class of the caller's, who does not see their practice from then on; `not_found`. */
export async function removeStudent(
  services: Services,
  principal: Principal,
  { classroomId, studentId }: Removal,
): Promise<void> {
  const { query } = services.db;
  const [, [row], removed] = await query.batch([
    lockClassroom(query, classroomId),
    query
      .select({ ...standing(query, principal), timeZone: classrooms.timeZone })
      .from(classrooms)
      .where(eq(classrooms.id, classroomId)),
    leaving(query, { classroomId, studentId, onlyIf: isTaughtBy(query, principal.userId) }),
  ]);
  const { timeZone } = requireTeacher(row, { toChange: true });
  if (removed.length === 0) throw notInClassroom();
  left(services, { classroomId, timeZone, studentId });
}
