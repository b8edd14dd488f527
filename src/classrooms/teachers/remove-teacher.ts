import { and, eq, inArray } from "drizzle-orm";
import { classrooms, classroomTeachers } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import { ApiError } from "../../http/errors.ts";
import { classroomChanged } from "../../live/classroom-changed.ts";
import type { Services } from "../../services.ts";
import { isOpenAndTaughtBy, lockClassroom, requireTeacher, standingOf } from "../teaching.ts";

type Removal = { readonly classroomId: string; readonly teacherId: string };

/**
 * Ends that somebody teaches a class of the caller's beside its owner; it may be the caller. Who does not teach it is
 * `not_found`; its owner stays: `conflict`. Who watches the class live is told. One round trip.
 */
export async function removeTeacher(
  services: Services,
  principal: Principal,
  { classroomId, teacherId }: Removal,
): Promise<void> {
  const { query } = services.db;
  const open = query
    .select({ id: classrooms.id })
    .from(classrooms)
    .where(and(eq(classrooms.id, classroomId), isOpenAndTaughtBy(query, principal.userId)));
  const [, [row], removed] = await query.batch([
    lockClassroom(query, classroomId),
    standingOf(query, principal, classroomId),
    query
      .delete(classroomTeachers)
      .where(and(inArray(classroomTeachers.classroomId, open), eq(classroomTeachers.teacherId, teacherId)))
      .returning({ teacherId: classroomTeachers.teacherId }),
  ]);
  const { ownerId } = requireTeacher(row, { toChange: true });
  if (teacherId === ownerId) throw new ApiError("conflict", "A classroom keeps its owner. Archive it instead.");
  if (removed.length === 0) throw new ApiError("not_found", "There is no such teacher in this classroom.");
  classroomChanged(services, classroomId);
}
