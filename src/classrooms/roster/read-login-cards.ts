import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { firstPasswords } from "../../auth/first-password.ts";
import { classrooms, enrolments, users } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import type { LoginCards } from "../../pdf/login-cards.ts";
import type { Services } from "../../services.ts";
import { CLASS_ROWS } from "../bounds.ts";
import { byName } from "../by-name.ts";
import { isStudent } from "../students/enrolment-rules.ts";
import { isOpenAndTaughtBy, requireTeacher, standing } from "../teaching.ts";

/**
 * The cards of the pupils without e-mail in an open class of the caller's, by name: who has an account that can sign in. Of
 * who chose another password the card has none. One round trip.
 */
export async function readLoginCards(
  { db: { query }, settings }: Services,
  principal: Principal,
  classroomId: string,
): Promise<Omit<LoginCards, "signInUrl">> {
  const [[row], pupils] = await query.batch([
    query
      .select({ ...standing(query, principal), title: classrooms.title })
      .from(classrooms)
      .where(eq(classrooms.id, classroomId)),
    query
      .select({
        id: users.id,
        fullName: users.fullName,
        username: sql<string>`${users.username}`,
        firstPasswordKey: users.firstPasswordKey,
      })
      .from(enrolments)
      .innerJoin(classrooms, eq(classrooms.id, enrolments.classroomId))
      .innerJoin(users, eq(users.id, enrolments.studentId))
      .where(
        and(
          eq(classrooms.id, classroomId),
          isOpenAndTaughtBy(query, principal.userId),
          isNull(users.email),
          isNotNull(users.username),
          isStudent,
        ),
      )
      .orderBy(...byName(users))
      .limit(CLASS_ROWS),
  ]);
  const { title } = requireTeacher(row, { toChange: true });
  const passwords = await firstPasswords(settings.TOKEN_SECRET, pupils);
  const cards = pupils.map(({ fullName, username }, index) => ({
    fullName,
    username,
    password: passwords[index] ?? null,
  }));
  return { classroom: title, cards };
}
