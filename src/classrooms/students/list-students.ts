import { and, eq } from "drizzle-orm";
import { classrooms, enrolments, users } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import { wholeList } from "../../http/paging.ts";
import type { Services } from "../../services.ts";
import { CLASS_ROWS } from "../bounds.ts";
import { byName } from "../by-name.ts";
import { isTaughtBy, requireTeacher, standingOf } from "../teaching.ts";
import type { ClassroomStudentDto } from "./schemas.ts";

/** The students of a class of the caller's, by name; of an archived one too. One round trip. */
export async function listStudents({ db: { query } }: Services, principal: Principal, classroomId: string) {
  const [[row], students] = await query.batch([
    standingOf(query, principal, classroomId),
    query
      .select({
        id: users.id,
        fullName: users.fullName,
        email: users.email,
        username: users.username,
        gradeLevel: users.gradeLevel,
        isActive: users.isActive,
        enrolledAt: enrolments.enrolledAt,
      })
      .from(enrolments)
      .innerJoin(classrooms, eq(classrooms.id, enrolments.classroomId))
      .innerJoin(users, eq(users.id, enrolments.studentId))
      .where(and(eq(enrolments.classroomId, classroomId), isTaughtBy(query, principal.userId)))
      .orderBy(...byName(users))
      .limit(CLASS_ROWS + 1),
  ]);
  requireTeacher(row, { toChange: false });
  return wholeList(
    students.map(
      ({ id, fullName, email, username, gradeLevel, isActive, enrolledAt }): ClassroomStudentDto => ({
        student_id: id,
        full_name: fullName,
        email,
        username,
        grade_level: gradeLevel,
        is_active: isActive,
        enrolled_at: enrolledAt.toISOString(),
      }),
    ),
    CLASS_ROWS,
  );
}
