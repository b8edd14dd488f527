import { and, eq } from "drizzle-orm";
import { classrooms, enrolments } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import { ApiError } from "../../http/errors.ts";
import type { Services } from "../../services.ts";
import { archivedClassroom, lockClassroom } from "../teaching.ts";
import { leavingStatement } from "./leaving-statement.ts";
import { rollChanged } from "./roll-changed.ts";

/** Takes the caller, a student, out of a class; `not_found` where they are not in it, whether there is one or not. */
export async function leave(services: Services, { userId }: Principal, classroomId: string): Promise<void> {
  const { query } = services.db;
  const [, [classroom]] = await query.batch([
    lockClassroom(query, classroomId),
    query
      .select({ archivedAt: classrooms.archivedAt, timeZone: classrooms.timeZone })
      .from(enrolments)
      .innerJoin(classrooms, eq(classrooms.id, enrolments.classroomId))
      .where(and(eq(enrolments.classroomId, classroomId), eq(enrolments.studentId, userId))),
    leavingStatement(query, { classroomId, studentId: userId }),
  ]);
  if (!classroom) throw new ApiError("not_found", "You are not in such a classroom.");
  if (classroom.archivedAt) throw archivedClassroom();
  rollChanged(services, { classroomId, timeZone: classroom.timeZone, studentIds: [userId] });
}
