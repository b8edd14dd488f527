import { and, eq, inArray, isNull, type SQL } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { classroomGroups, classrooms, enrolments, groupMembers } from "../../db/tables.ts";

type Leaving = { readonly classroomId: string; readonly studentId: string; readonly onlyIf?: SQL };

/**
 * The statement by which a student leaves an open class and its groups with it; it gives one row where they were in it,
 * and only if the condition on the class holds. Their work on its assignments stays on record.
 */
export function leavingStatement(query: Database["query"], { classroomId, studentId, onlyIf }: Leaving) {
  const open = query
    .select({ id: classrooms.id })
    .from(classrooms)
    .where(and(eq(classrooms.id, classroomId), isNull(classrooms.archivedAt), onlyIf));
  const left = query.$with("left_class").as(
    query
      .delete(enrolments)
      .where(and(inArray(enrolments.classroomId, open), eq(enrolments.studentId, studentId)))
      .returning({ classroomId: enrolments.classroomId, studentId: enrolments.studentId }),
  );
  const groups = query
    .select({ id: classroomGroups.id })
    .from(classroomGroups)
    .innerJoin(left, eq(left.classroomId, classroomGroups.classroomId));
  const leftGroups = query.$with("left_groups").as(
    query
      .delete(groupMembers)
      .where(and(inArray(groupMembers.groupId, groups), eq(groupMembers.studentId, studentId)))
      .returning({ groupId: groupMembers.groupId }),
  );
  return query.with(left, leftGroups).select({ studentId: left.studentId }).from(left);
}
