import { and, eq, exists, isNull, sql } from "drizzle-orm";
import { classrooms, enrolments, users } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import type { Services } from "../../services.ts";
import { CLASS_ROWS } from "../bounds.ts";
import { isInMost, isTaughtPupil } from "../students/enrolment-rules.ts";
import { isOpenAndTaughtBy, requireTeacher, standing } from "../teaching.ts";
import type { KnownPupils } from "./plan-roster.ts";

/** A class that a roster comes into, as it was read. */
export type RosterClass = KnownPupils & {
  readonly id: string;
  readonly timeZone: string | null;
  /** The owner's: that of pupils who are made. */
  readonly school: string | null;
  /** Another where another student is in the class. */
  readonly state: string;
};

/** Of a row of classrooms, something that is another where another student is in it. */
export const stateOfClass = sql<string>`(
  select coalesce(md5(string_agg(${enrolments.studentId}::text, ' ' order by ${enrolments.studentId})), '')
  from ${enrolments} where ${enrolments.classroomId} = ${classrooms.id})`;

const pupil = {
  id: users.id,
  fullName: users.fullName,
  gradeLevel: users.gradeLevel,
  username: users.username,
  firstPasswordKey: users.firstPasswordKey,
};

/** Reads a class of the caller's for a roster, and who has any of these usernames. One round trip. */
export async function readRosterClass(
  { db: { query } }: Services,
  principal: Principal,
  classroomId: string,
  usernames: readonly string[],
): Promise<RosterClass> {
  const isTheClass = and(eq(classrooms.id, classroomId), isOpenAndTaughtBy(query, principal.userId));
  const theClass = query.select({ one: sql`1` }).from(classrooms).where(isTheClass);
  const isPupil = and(isNull(users.email), eq(users.role, "STUDENT"), users.isActive);
  const name = sql<string>`lower(${users.username})`;
  // The class first: where it changes between the statements, its state is the older one, and what is planned by it fails.
  const [[row], inClass, named] = await query.batch([
    query
      .select({
        ...standing(query, principal),
        timeZone: classrooms.timeZone,
        school: users.school,
        state: stateOfClass,
      })
      .from(classrooms)
      .innerJoin(users, eq(users.id, classrooms.teacherId))
      .where(eq(classrooms.id, classroomId)),
    query
      .select(pupil)
      .from(enrolments)
      .innerJoin(users, eq(users.id, enrolments.studentId))
      .innerJoin(classrooms, eq(classrooms.id, enrolments.classroomId))
      .where(isTheClass)
      .limit(CLASS_ROWS),
    query
      .select({
        ...pupil,
        name,
        isTaught: sql<boolean>`${and(isPupil, isTaughtPupil(query, principal.userId))}`,
        isInMost: sql<boolean>`${isInMost(sql`${users.id}`)}`,
      })
      .from(users)
      .where(
        and(
          sql`${name} in (select value from jsonb_array_elements_text(${JSON.stringify(usernames)}::jsonb))`,
          exists(theClass),
        ),
      ),
  ]);
  const { timeZone, school, state } = requireTeacher(row, { toChange: true });
  const byUsername = new Map(named.map((each) => [each.name, each]));
  return { id: classroomId, timeZone, school, state, inClass, byUsername };
}
