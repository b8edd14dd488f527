import { eq } from "drizzle-orm";
import { classrooms } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import type { Services } from "../../services.ts";
import { isTaughtBy, lockClassroom, requireTeacher, standing } from "../teaching.ts";
import { notInClassroom } from "./enrolment-rules.ts";
import { leavingStatement } from "./leaving-statement.ts";
import { rollChanged } from "./roll-changed.ts";

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
    leavingStatement(query, { classroomId, studentId, onlyIf: isTaughtBy(query, principal.userId) }),
  ]);
  const { timeZone } = requireTeacher(row, { toChange: true });
  if (removed.length === 0) throw notInClassroom();
  rollChanged(services, { classroomId, timeZone, studentIds: [studentId] });
}
