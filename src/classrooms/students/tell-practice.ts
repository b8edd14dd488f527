import { eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { idsIn } from "../../db/ids-in.ts";
import { enrolments, users } from "../../db/tables.ts";
import { profilesChanged } from "../../practice/profile-changed.ts";
import type { Services } from "../../services.ts";

/** Students who have no time zone of their own go by that of a class. */
const goesByClass = isNull(users.timeZone);

/** Tells the practice of a class's students that its time zone may count for them, or not any more. */
export function tellPracticeOfClass(services: Services, classroomId: string): Promise<void> {
  const students = services.db.query
    .select({ id: enrolments.studentId })
    .from(enrolments)
    .where(eq(enrolments.classroomId, classroomId));
  return tell(services, inArray(users.id, students));
}

/** Tells the practice of students that they came into a class or left one, which may be whose days they go by. */
export function tellPracticeOf(services: Services, studentIds: readonly string[]): Promise<void> {
  return tell(services, sql`${users.id} in (${idsIn(studentIds)})`);
}

const tell = (services: Services, students: SQL) => profilesChanged(services, sql`${students} and ${goesByClass}`);
