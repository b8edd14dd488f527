import { and, eq, exists, or, sql } from "drizzle-orm";
import { inOrderOfName } from "../classrooms/by-name.ts";
import type { Database } from "../db/client.ts";
import { classrooms, classroomTeachers, enrolments, users } from "../db/tables.ts";
import type { Classmate } from "./picture.ts";

/** Who is in an open class: its students by name, and who teaches it. */
export type ClassRoll = { readonly teacherIds: readonly string[]; readonly students: readonly Classmate[] };

/** The roll of a class; null where it does not exist or is archived. One statement. */
export async function readRoll({ query }: Database, classroomId: string): Promise<ClassRoll | null> {
  const asCoTeacher = query
    .select({ one: sql`1` })
    .from(classroomTeachers)
    .where(and(eq(classroomTeachers.classroomId, classrooms.id), eq(classroomTeachers.teacherId, users.id)));
  const teacherIds = query
    .select({ ids: sql`coalesce(jsonb_agg(${users.id}), '[]')` })
    .from(users)
    .where(and(eq(users.role, "TEACHER"), users.isActive, or(eq(users.id, classrooms.teacherId), exists(asCoTeacher))));
  const students = query
    .select({
      students: sql`coalesce(jsonb_agg(jsonb_build_object('id', ${users.id}, 'fullName', ${users.fullName})
        order by ${inOrderOfName(users)}), '[]')`,
    })
    .from(enrolments)
    .innerJoin(users, eq(users.id, enrolments.studentId))
    .where(eq(enrolments.classroomId, classrooms.id));
  const [row] = await query
    .select({
      isArchived: sql<boolean>`${classrooms.archivedAt} is not null`,
      teacherIds: sql<string[]>`(${teacherIds})`,
      students: sql<Classmate[]>`(${students})`,
    })
    .from(classrooms)
    .where(eq(classrooms.id, classroomId));
  return row && !row.isArchived ? { teacherIds: row.teacherIds, students: row.students } : null;
}
