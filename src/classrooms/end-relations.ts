import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { classrooms, classroomTeachers, enrolments, groupMembers, guardians, parentCodes } from "../db/tables.ts";
import type { Role } from "../http/roles.ts";

type Query = Database["query"];

/** The statement that gives the open classes that somebody owns, teaches with others, or is in. */
export function classesOf(query: Query, userId: string) {
  const asCoTeacher = query
    .select({ id: classroomTeachers.classroomId })
    .from(classroomTeachers)
    .where(eq(classroomTeachers.teacherId, userId));
  const asStudent = query
    .select({ id: enrolments.classroomId })
    .from(enrolments)
    .where(eq(enrolments.studentId, userId));
  const own = query.select({ id: classrooms.id }).from(classrooms).where(eq(classrooms.teacherId, userId));
  return query
    .select({ id: classrooms.id })
    .from(classrooms)
    .where(and(isNull(classrooms.archivedAt), inArray(classrooms.id, own.unionAll(asCoTeacher).unionAll(asStudent))));
}

/**
 * The statements that end what somebody can be to others only in a role that is not theirs any more: a student of classes
 * and groups and whose parents look on, a co-teacher, a parent. What they own and what is on record stays.
 */
export const endRelationsBut = (query: Query, userId: string, role: Role) => [
  ...(role === "STUDENT"
    ? []
    : [
        query.delete(groupMembers).where(eq(groupMembers.studentId, userId)),
        query.delete(enrolments).where(eq(enrolments.studentId, userId)),
        query.delete(parentCodes).where(and(eq(parentCodes.studentId, userId), isNull(parentCodes.usedAt))),
        query.delete(guardians).where(eq(guardians.studentId, userId)),
      ]),
  ...(role === "TEACHER" ? [] : [query.delete(classroomTeachers).where(eq(classroomTeachers.teacherId, userId))]),
  ...(role === "PARENT" ? [] : [query.delete(guardians).where(eq(guardians.parentId, userId))]),
];
