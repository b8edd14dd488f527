import { and, eq, exists, inArray, sql } from "drizzle-orm";
import { inOneBatch } from "../../db/batch.ts";
import { idsIn } from "../../db/ids-in.ts";
import { classroomGroups, classrooms, enrolments, groupMembers } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import type { Services } from "../../services.ts";
import { givingWork } from "../assignments/give-work.ts";
import { holdRoles } from "../hold-roles.ts";
import { referringToStudents } from "../students/enrolment-rules.ts";
import { isOpenAndTaughtBy, lockClassroom, requireTeacher, standingOf } from "../teaching.ts";
import { groupsQuery, noSuchGroup, requireNoStrangers, strangersQuery, toGroupDto } from "./group-rows.ts";
import { readGroup } from "./list-groups.ts";
import type { GroupChange, GroupDto } from "./schemas.ts";

type Change = GroupChange & { readonly classroomId: string; readonly groupId: string };

/**
 * Changes a group of a class of the caller's: its title, or who is in it. New members get the group's open assignments;
 * who is not in it any more keeps what they have. Who is no student of the class is a fault of that place in the list.
 * One round trip.
 */
export async function changeGroup(
  services: Services,
  principal: Principal,
  { classroomId, groupId, title, student_ids: studentIds }: Change,
): Promise<GroupDto> {
  const { query } = services.db;
  if (title === undefined && studentIds === undefined) return readGroup(services, principal, { classroomId, groupId });
  const named = idsIn(studentIds ?? []);
  const isEachInClass = sql`${studentIds?.length ?? 0} = (
    select count(*) from (${named}) as named
    join ${enrolments} on ${enrolments.studentId} = named.id and ${enrolments.classroomId} = ${classroomId})`;
  const mayChange = query
    .select({ one: sql`1` })
    .from(classrooms)
    .where(and(eq(classrooms.id, classroomId), isOpenAndTaughtBy(query, principal.userId), isEachInClass));
  const changed = query
    .select({ id: classroomGroups.id })
    .from(classroomGroups)
    .where(and(eq(classroomGroups.id, groupId), eq(classroomGroups.classroomId, classroomId), exists(mayChange)));
  const members = sql`select named.id from (${named}) as named where exists (${changed})`;
  const work = givingWork(query, { classroomId, students: members });

  const {
    standing: [standing],
    strangers,
    after: [group],
  } = await referringToStudents(() =>
    inOneBatch(query, {
      lock: lockClassroom(query, classroomId),
      holdRoles: holdRoles(query, named),
      standing: standingOf(query, principal, classroomId),
      strangers: strangersQuery(query, classroomId, studentIds ?? []),
      lockMarks: work.lockMarks,
      rename: query
        .update(classroomGroups)
        .set({ title: title ?? sql`${classroomGroups.title}` })
        .where(inArray(classroomGroups.id, changed)),
      leave: query
        .delete(groupMembers)
        .where(
          and(
            studentIds ? inArray(groupMembers.groupId, changed) : sql`false`,
            sql`${groupMembers.studentId} not in (${named})`,
          ),
        ),
      join: query.execute(sql`
        insert into ${groupMembers} (group_id, student_id)
        select ${groupId}::uuid, members.id from (${members}) as members
        on conflict do nothing`),
      give: work.give,
      after: groupsQuery(query, principal, classroomId, eq(classroomGroups.id, groupId)),
    }),
  );
  requireTeacher(standing, { toChange: true });
  if (!group) throw noSuchGroup();
  requireNoStrangers(studentIds ?? [], strangers.rows);
  return toGroupDto(group);
}
