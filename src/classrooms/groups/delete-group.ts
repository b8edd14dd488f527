import { and, eq, inArray } from "drizzle-orm";
import { classroomGroups, classrooms } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import type { Services } from "../../services.ts";
import { isOpenAndTaughtBy, lockClassroom, requireTeacher, standingOf } from "../teaching.ts";
import { noSuchGroup } from "./group-rows.ts";

/**
 * Deletes a group of a class of the caller's; `not_found`. Its assignments stay with those who have them. One round trip.
 */
export async function deleteGroup(
  { db: { query } }: Services,
  principal: Principal,
  { classroomId, groupId }: { readonly classroomId: string; readonly groupId: string },
): Promise<void> {
  const open = query
    .select({ id: classrooms.id })
    .from(classrooms)
    .where(and(eq(classrooms.id, classroomId), isOpenAndTaughtBy(query, principal.userId)));
  const [, [row], deleted] = await query.batch([
    lockClassroom(query, classroomId),
    standingOf(query, principal, classroomId),
    query
      .delete(classroomGroups)
      .where(and(eq(classroomGroups.id, groupId), inArray(classroomGroups.classroomId, open)))
      .returning({ id: classroomGroups.id }),
  ]);
  requireTeacher(row, { toChange: true });
  if (deleted.length === 0) throw noSuchGroup();
}
