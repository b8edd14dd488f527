import { and, eq, exists, isNotNull, isNull, sql } from "drizzle-orm";
import { endSignIns } from "../../auth/end-sign-ins.ts";
import { firstPasswords, newFirstPasswordKeys } from "../../auth/first-password.ts";
import { classrooms, enrolments, users } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import { ApiError } from "../../http/errors.ts";
import type { Services } from "../../services.ts";
import { notInClassroom } from "../students/enrolment-rules.ts";
import { isOpenAndTaughtBy, requireTeacher, standing } from "../teaching.ts";
import type { PupilPassword } from "./schemas.ts";

type Reset = {
  readonly services: Services;
  readonly principal: Principal;
  readonly classroomId: string;
  readonly studentId: string;
};

/**
 * Makes a new first password for a pupil without e-mail in a class of the caller's, and ends all sign-ins with the old one.
 * Who is no student in the class is `not_found`; who has an e-mail address, whose password is nobody's but theirs, `conflict`.
 * One round trip.
 */
export async function resetPupilPassword({ services, principal, ...which }: Reset): Promise<PupilPassword> {
  const { classroomId, studentId } = which;
  const { query } = services.db;
  const { TOKEN_SECRET } = services.settings;
  const [firstPasswordKey = ""] = await newFirstPasswordKeys(TOKEN_SECRET, 1);
  const enrolment = query
    .select({ one: sql`1` })
    .from(enrolments)
    .innerJoin(classrooms, eq(classrooms.id, enrolments.classroomId))
    .where(
      and(
        eq(enrolments.studentId, studentId),
        eq(classrooms.id, classroomId),
        isOpenAndTaughtBy(query, principal.userId),
      ),
    );
  const isReset = query
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, studentId), eq(users.firstPasswordKey, firstPasswordKey)));
  // The second waits for sign-ins that are under way, so that the third sees and ends them.
  const [[row], [pupil]] = await query.batch([
    query
      .select({ ...standing(query, principal), studentId: users.id })
      .from(classrooms)
      .leftJoin(enrolments, and(eq(enrolments.classroomId, classrooms.id), eq(enrolments.studentId, studentId)))
      .leftJoin(users, and(eq(users.id, enrolments.studentId), eq(users.role, "STUDENT")))
      .where(eq(classrooms.id, classroomId)),
    query
      .update(users)
      .set({ passwordHash: null, firstPasswordKey })
      .where(
        and(
          eq(users.id, studentId),
          eq(users.role, "STUDENT"),
          isNull(users.email),
          isNotNull(users.username),
          exists(enrolment),
        ),
      )
      .returning({
        id: users.id,
        fullName: users.fullName,
        username: users.username,
        firstPasswordKey: users.firstPasswordKey,
      }),
    endSignIns(query, studentId, exists(isReset)),
  ]);
  const { studentId: enrolledId } = requireTeacher(row, { toChange: true });
  if (enrolledId === null) throw notInClassroom();
  const [password] = pupil ? await firstPasswords(TOKEN_SECRET, [pupil]) : [];
  if (!pupil || !password || pupil.username === null) {
    throw new ApiError("conflict", "This student signs in by e-mail, with a password of their own.");
  }
  return { student_id: pupil.id, full_name: pupil.fullName, username: pupil.username, password };
}
