import { eq, sql } from "drizzle-orm";
import { idsIn } from "../../db/ids-in.ts";
import { classroomGroups, classrooms, enrolments, groupMembers } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import { ApiError } from "../../http/errors.ts";
import type { Services } from "../../services.ts";
import { GROUPS_A_CLASSROOM } from "../bounds.ts";
import { holdRoles } from "../hold-roles.ts";
import { referringToStudents } from "../students/enrolment-rules.ts";
import { isOpenAndTaughtBy, lockClassroom, requireTeacher, standingOf } from "../teaching.ts";
import { groupsQuery, requireNoStrangers, strangersQuery, toGroupDto } from "./group-rows.ts";
import type { GroupDto, NewGroup } from "./schemas.ts";

type Making = NewGroup & { readonly id: string; readonly classroomId: string };

/**
 * Makes a group of students of a class of the caller's, or finds the one that the same request made before. Who is no
 * student of the class is a fault of that place in the list; `conflict` where the class has as many groups as it may.
 * One round trip.
 */
export async function createGroup(
  { db: { query } }: Services,
  principal: Principal,
  { id, classroomId, title, student_ids: studentIds }: Making,
): Promise<GroupDto> {
  const taken = sql`(select count(*) from ${classroomGroups} where ${classroomGroups.classroomId} = ${classroomId})`;
  const members = sql`
    select named.id from (${idsIn(studentIds)}) as named
    join ${enrolments} on ${enrolments.studentId} = named.id and ${enrolments.classroomId} = ${classroomId}`;
  const [, , [row], { rows: strangers }, , [made]] = await referringToStudents(() =>
    query.batch([
      lockClassroom(query, classroomId),
      holdRoles(query, idsIn(studentIds)),
      standingOf(query, principal, classroomId),
      strangersQuery(query, classroomId, studentIds),
      query.execute(sql`
        with members as (${members}),
        made as (
          insert into ${classroomGroups} (id, classroom_id, title)
          select ${id}::uuid, ${classrooms.id}, ${title}::text from ${classrooms}
          where ${classrooms.id} = ${classroomId} and ${isOpenAndTaughtBy(query, principal.userId)}
            and (select count(*) from members) = ${studentIds.length} and ${taken} < ${GROUPS_A_CLASSROOM}
          on conflict (id) do nothing
          returning id
        )
        insert into ${groupMembers} (group_id, student_id)
        select made.id, members.id from made, members`),
      groupsQuery(query, principal, classroomId, eq(classroomGroups.id, id)),
    ]),
  );
  requireTeacher(row, { toChange: true });
  if (made) return toGroupDto(made);
  requireNoStrangers(studentIds, strangers);
  throw new ApiError("conflict", `A classroom may have ${GROUPS_A_CLASSROOM} groups.`);
}
