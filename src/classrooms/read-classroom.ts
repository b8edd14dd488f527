import { eq, sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { classrooms, classroomTeachers, enrolments, users } from "../db/tables.ts";
import type { Principal } from "../http/access-token.ts";
import type { Services } from "../services.ts";
import { inOrderOfName } from "./by-name.ts";
import { toClassroomDto } from "./classroom-dto.ts";
import type { ClassroomDetailsDto } from "./schemas.ts";
import { requireTeacher, standing } from "./teaching.ts";

/** A class with its teachers and the number of its students, for who teaches it; archived ones too. One statement. */
export async function readClassroom(
  { db: { query } }: Services,
  principal: Principal,
  id: string,
): Promise<ClassroomDetailsDto> {
  const [row] = await detailsQuery(query, principal, id);
  return toDetailsDto(requireTeacher(row, { toChange: false }));
}

/** The statement behind a class's details, to run alone or in a batch; {@link toDetailsDto} reads its row. */
export function detailsQuery(query: Database["query"], principal: Principal, id: string) {
  const teachers = sql`(
    select jsonb_agg(
      jsonb_build_object('user_id', ${users.id}, 'full_name', ${users.fullName}, 'email', ${users.email},
        'is_owner', teaching.is_owner)
      order by teaching.is_owner desc, ${inOrderOfName(users)})
    from (
      select ${classrooms.teacherId}, true
      union all
      select ${classroomTeachers.teacherId}, false from ${classroomTeachers}
      where ${classroomTeachers.classroomId} = ${classrooms.id}
    ) as teaching (id, is_owner)
    join ${users} on ${users.id} = teaching.id)`;
  const studentCount = sql`(
    select count(*)::int from ${enrolments} where ${enrolments.classroomId} = ${classrooms.id})`;
  return query
    .select({
      classroom: classrooms,
      ...standing(query, principal),
      // Wrapped, so that drizzle leaves their tables' names alone: it drops them from the columns of a select from one table.
      teachers: sql<ClassroomDetailsDto["teachers"]>`${teachers}`,
      studentCount: sql<number>`${studentCount}`,
    })
    .from(classrooms)
    .where(eq(classrooms.id, id));
}

type DetailsRow = Awaited<ReturnType<typeof detailsQuery>>[number];

export const toDetailsDto = ({ classroom, teachers, studentCount }: DetailsRow): ClassroomDetailsDto => ({
  ...toClassroomDto(classroom),
  archived_at: classroom.archivedAt?.toISOString() ?? null,
  student_count: studentCount,
  teachers: teachers.map(({ user_id, full_name, email, is_owner }) => ({ user_id, full_name, email, is_owner })),
});
