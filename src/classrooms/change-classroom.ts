import { and, eq, isNull, sql } from "drizzle-orm";
import { inOneBatch } from "../db/batch.ts";
import { classrooms } from "../db/tables.ts";
import type { Principal } from "../http/access-token.ts";
import { afterReply } from "../http/after-reply.ts";
import { classroomChanged } from "../live/classroom-changed.ts";
import type { Services } from "../services.ts";
import { restInArchive } from "./assignments/rest-in-archive.ts";
import { detailsQuery, readClassroom, toDetailsDto } from "./read-classroom.ts";
import type { ClassroomChange, ClassroomDetailsDto } from "./schemas.ts";
import { tellPracticeOfClass } from "./students/tell-practice.ts";
import { isTaughtBy, lockClassroom, requireOwner, requireTeacher, standing } from "./teaching.ts";

/**
 * Changes what is named of a class. Only its owner archives it or takes it out of the archive; while it is archived
 * nothing else of it changes, nor does its assigned work, which is made up for when it comes out. Its students' practice is
 * told where their days may be others now.
 */
export async function changeClassroom(
  services: Services,
  principal: Principal,
  { id, title, time_zone: timeZone, archived }: ClassroomChange & { readonly id: string },
): Promise<ClassroomDetailsDto> {
  const { query } = services.db;
  const namesMore = title !== undefined || timeZone !== undefined;
  if (!namesMore && archived === undefined) return readClassroom(services, principal, id);
  const isAllowed = and(
    isTaughtBy(query, principal.userId),
    archived === undefined ? undefined : eq(classrooms.teacherId, principal.userId),
    archived === false ? undefined : isNull(classrooms.archivedAt),
  );
  const moved = query
    .select({ id: classrooms.id })
    .from(classrooms)
    .where(and(eq(classrooms.id, id), isAllowed, sql`${archived !== undefined}::boolean`));
  const { lockMarks, catchUp, moment } = restInArchive(query, sql`${moved}`);
  const archivedAt = archived === undefined ? undefined : archived ? moment : null;
  const {
    before: [before],
    after: [after],
  } = await inOneBatch(query, {
    lock: lockClassroom(query, id),
    before: query
      .select({ ...standing(query, principal), timeZone: classrooms.timeZone })
      .from(classrooms)
      .where(eq(classrooms.id, id)),
    lockMarks,
    catchUp,
    change: query
      .update(classrooms)
      .set({ title, timeZone, archivedAt })
      .where(and(eq(classrooms.id, id), isAllowed)),
    after: detailsQuery(query, principal, id),
  });
  const was = requireTeacher(before, { toChange: namesMore && archived !== false });
  if (archived !== undefined) requireOwner(was, principal);
  const details = toDetailsDto(requireTeacher(after, { toChange: false }));

  const isOpenChanged = (was.archivedAt === null) !== (details.archived_at === null);
  const isZoneChanged = was.timeZone !== details.time_zone;
  if (isOpenChanged) classroomChanged(services, id);
  if (isZoneChanged || (isOpenChanged && details.time_zone !== null)) {
    afterReply("tell_practice", () => tellPracticeOfClass(services, id));
  }
  return details;
}
