import { and, eq, sql } from "drizzle-orm";
import { classrooms, classroomTeachers, users } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import { ApiError } from "../../http/errors.ts";
import type { Services } from "../../services.ts";
import { CO_TEACHERS_A_CLASSROOM } from "../bounds.ts";
import { holdRoles } from "../hold-roles.ts";
import { isOpenAndTaughtBy, lockClassroom, requireOwner, requireTeacher, standing } from "../teaching.ts";

/**
 * Lets another teacher teach a class of the caller's, who owns it; who teaches it already, goes on. Who is no active
 * TEACHER is `not_found`; more than a class may have, `conflict`. One round trip.
 */
export async function addTeacher(
  { db: { query } }: Services,
  principal: Principal,
  { classroomId, email }: { readonly classroomId: string; readonly email: string },
) {
  const isMeant = sql`lower(${users.email}) = lower(${email}) and ${users.role} = 'TEACHER' and ${users.isActive}`;
  const taken = sql`(select count(*) from ${classroomTeachers} where ${classroomTeachers.classroomId} = ${classroomId})`;
  const [, , , [row]] = await query.batch([
    lockClassroom(query, classroomId),
    holdRoles(query, sql`select ${users.id} from ${users} where ${isMeant}`),
    query.execute(sql`
      insert into ${classroomTeachers} (classroom_id, teacher_id)
      select ${classrooms.id}, ${users.id} from ${classrooms}, ${users}
      where ${classrooms.id} = ${classroomId} and ${classrooms.teacherId} = ${principal.userId}
        and ${isOpenAndTaughtBy(query, principal.userId)} and ${isMeant} and ${users.id} <> ${classrooms.teacherId}
        and ${taken} < ${CO_TEACHERS_A_CLASSROOM}
      on conflict do nothing`),
    query
      .select({
        ...standing(query, principal),
        teacher: { id: users.id, fullName: users.fullName, email: users.email },
        addedAt: classroomTeachers.addedAt,
      })
      .from(classrooms)
      .leftJoin(users, isMeant)
      .leftJoin(
        classroomTeachers,
        and(eq(classroomTeachers.classroomId, classrooms.id), eq(classroomTeachers.teacherId, users.id)),
      )
      .where(eq(classrooms.id, classroomId)),
  ]);
  const { ownerId, teacher, addedAt } = requireTeacher(row, { toChange: true });
  requireOwner({ ownerId }, principal);
  if (!teacher) throw new ApiError("not_found", "There is no teacher with this e-mail address.");
  const isOwner = teacher.id === ownerId;
  if (!isOwner && addedAt === null) {
    throw new ApiError("conflict", `A classroom may have ${CO_TEACHERS_A_CLASSROOM} teachers beside its owner.`);
  }
  return { user_id: teacher.id, full_name: teacher.fullName, email: teacher.email, is_owner: isOwner };
}
