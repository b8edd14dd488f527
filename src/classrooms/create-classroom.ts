import { and, eq, sql } from "drizzle-orm";
import { accountGone } from "../auth/faults.ts";
import { classrooms, grades, users } from "../db/tables.ts";
import type { Principal } from "../http/access-token.ts";
import { ApiError, badFields } from "../http/errors.ts";
import type { Services } from "../services.ts";
import { CLASSROOMS_A_TEACHER } from "./bounds.ts";
import { toClassroomDto } from "./classroom-dto.ts";
import { referring } from "./referring.ts";
import type { ClassroomDto, NewClassroom } from "./schemas.ts";
import { withJoinCode } from "./with-join-code.ts";

const noSuchGrade = () => badFields([{ path: "grade_id", message: "there is no such grade" }]);

const GONE = { classrooms_grade_id_grades_id_fk: noSuchGrade };

/**
 * Makes a class with a join code, or finds the one that the same request made before. A grade that is none is a fault of
 * its field; `conflict` where the teacher owns as many as one may. One round trip.
 */
export async function createClassroom(
  { db: { query } }: Services,
  { userId }: Principal,
  { id, title, grade_id: gradeId, time_zone: timeZone = null }: NewClassroom & { readonly id: string },
): Promise<ClassroomDto> {
  const isTheTeacher = and(eq(users.id, userId), eq(users.role, "TEACHER"), users.isActive);
  const owned = sql`(select count(*) from ${classrooms} where ${classrooms.teacherId} = ${userId})`;
  const create = (joinCode: string) =>
    query.batch([
      // A teacher's creates go one after the other: each counts those before it.
      query.execute(sql`select from ${users} where ${users.id} = ${userId} for no key update`),
      query.execute(sql`
        insert into ${classrooms} (id, teacher_id, title, grade_id, time_zone, join_code)
        select ${id}::uuid, ${users.id}, ${title}::text, ${grades.id}, ${timeZone}::text, ${joinCode}::text
        from ${users}, ${grades}
        where ${isTheTeacher} and ${grades.id} = ${gradeId} and ${owned} < ${CLASSROOMS_A_TEACHER}
        on conflict (id) do nothing`),
      query
        .select({ gradeId: grades.id, made: classrooms })
        .from(users)
        .leftJoin(grades, eq(grades.id, gradeId))
        .leftJoin(classrooms, eq(classrooms.id, id))
        .where(isTheTeacher),
    ]);
  const [, , [row]] = await referring(GONE, () => withJoinCode(create));
  if (!row) throw accountGone();
  if (row.gradeId === null) throw noSuchGrade();
  if (!row.made) throw new ApiError("conflict", `A teacher may have ${CLASSROOMS_A_TEACHER} classrooms.`);
  return toClassroomDto(row.made);
}
