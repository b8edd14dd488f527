import { and, asc, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import { classrooms, classroomTeachers } from "../db/tables.ts";
import type { Principal } from "../http/access-token.ts";
import { WHOLE_LIST_LIMIT, wholeList } from "../http/paging.ts";
import type { Services } from "../services.ts";
import { toClassroomDto } from "./classroom-dto.ts";
import { isTeacher } from "./teaching.ts";

/** The classes that a teacher owns or teaches with others, the oldest first: the open ones, or the archived ones. */
export async function listClassrooms(
  { db: { query } }: Services,
  { userId }: Principal,
  { archived = false }: { readonly archived?: boolean | undefined },
) {
  const own = query.select({ id: classrooms.id }).from(classrooms).where(eq(classrooms.teacherId, userId));
  const taughtWithOthers = query
    .select({ id: classroomTeachers.classroomId })
    .from(classroomTeachers)
    .where(eq(classroomTeachers.teacherId, userId));
  const rows = await query
    .select()
    .from(classrooms)
    .where(
      and(
        isTeacher(query, userId),
        inArray(classrooms.id, own.unionAll(taughtWithOthers)),
        archived ? isNotNull(classrooms.archivedAt) : isNull(classrooms.archivedAt),
      ),
    )
    .orderBy(asc(classrooms.createdAt), asc(classrooms.id))
    .limit(WHOLE_LIST_LIMIT + 1);
  return wholeList(rows.map(toClassroomDto));
}
