import { and, eq, exists, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { classrooms, classroomTeachers, users } from "../db/tables.ts";
import type { Principal } from "../http/access-token.ts";
import { ApiError } from "../http/errors.ts";

type Query = Database["query"];

/** Whether somebody is an active TEACHER, as a condition: their access token outlives a deactivation, and another role, by minutes. */
export const isTeacher = (query: Query, userId: string | SQL): SQL =>
  exists(
    query
      .select({ one: sql`1` })
      .from(users)
      .where(and(eq(users.id, userId), eq(users.role, "TEACHER"), users.isActive)),
  );

/** Whether somebody teaches a class, as a condition on a row of classrooms: its owner does, and its co-teachers. */
export function isTaughtBy(query: Query, teacherId: string | SQL): SQL {
  const asCoTeacher = query
    .select({ one: sql`1` })
    .from(classroomTeachers)
    .where(and(eq(classroomTeachers.classroomId, classrooms.id), eq(classroomTeachers.teacherId, teacherId)));
  return and(isTeacher(query, teacherId), or(eq(classrooms.teacherId, teacherId), exists(asCoTeacher))) as SQL;
}

/** The same of a class that is not archived. */
export const isOpenAndTaughtBy = (query: Query, teacherId: string | SQL): SQL =>
  and(isNull(classrooms.archivedAt), isTaughtBy(query, teacherId)) as SQL;

const noSuchClassroom = () => new ApiError("not_found", "There is no such classroom.");

export const notYourClassroom = () => new ApiError("forbidden", "This is open to the teachers of that classroom.");

const notItsOwner = () => new ApiError("forbidden", "Only the owner of the classroom may do this.");

export const archivedClassroom = () =>
  new ApiError(
    "conflict",
    "This classroom is archived. Take it out of the archive first: PATCH it with archived: false.",
  );

/** What a statement selects of a class to tell whether the caller may: {@link requireTeacher} reads it. */
export const standing = (query: Query, { userId }: Principal) => ({
  ownerId: classrooms.teacherId,
  archivedAt: classrooms.archivedAt,
  isTaught: sql<boolean>`${isTaughtBy(query, userId)}`,
});

/**
 * The first statement of a transaction that changes a class, its students, groups or assignments: such changes of one
 * class go one after the other, and each sees what those before it did. Locks that come after it are taken in this order:
 * roles of people (`holdRoles`), marks of students, each by id.
 */
export const lockClassroom = (query: Query, classroomId: SQL | string) =>
  query.execute(sql`select from ${classrooms} where ${classrooms.id} = ${classroomId} for no key update`);

/** The statement that tells how the caller stands to a class, for {@link requireTeacher}; after {@link lockClassroom} it holds. */
export const standingOf = (query: Query, principal: Principal, classroomId: string) =>
  query.select(standing(query, principal)).from(classrooms).where(eq(classrooms.id, classroomId));

type Standing = { readonly isTaught: boolean; readonly archivedAt: Date | null };

/**
 * The row of a class that the caller teaches: 404 where there is no such class, 403 where it is somebody else's. To change
 * anything of an archived one is 409.
 */
export function requireTeacher<Row extends Standing>(row: Row | undefined, { toChange }: { toChange: boolean }): Row {
  if (!row) throw noSuchClassroom();
  if (!row.isTaught) throw notYourClassroom();
  if (toChange && row.archivedAt) throw archivedClassroom();
  return row;
}

/** What only its owner may do, of a class that the caller is known to teach: `forbidden`. */
export function requireOwner({ ownerId }: { readonly ownerId: string }, { userId }: Principal): void {
  if (ownerId !== userId) throw notItsOwner();
}
