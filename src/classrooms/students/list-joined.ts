import { and, asc, eq, isNull } from "drizzle-orm";
import { classrooms, enrolments } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import { WHOLE_LIST_LIMIT, wholeList } from "../../http/paging.ts";
import type { Services } from "../../services.ts";
import type { JoinedClassroomDto } from "../schemas.ts";

/** The open classes that the caller, a student, is in, the first joined first. */
export async function listJoined({ db: { query } }: Services, { userId }: Principal) {
  const rows = await query
    .select({ id: classrooms.id, title: classrooms.title, gradeId: classrooms.gradeId })
    .from(enrolments)
    .innerJoin(classrooms, eq(classrooms.id, enrolments.classroomId))
    .where(and(eq(enrolments.studentId, userId), isNull(classrooms.archivedAt)))
    .orderBy(asc(enrolments.enrolledAt), asc(classrooms.id))
    .limit(WHOLE_LIST_LIMIT + 1);
  return wholeList(rows.map(({ id, title, gradeId }): JoinedClassroomDto => ({ id, title, grade_id: gradeId })));
}
