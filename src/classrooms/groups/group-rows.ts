import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { idsIn } from "../../db/ids-in.ts";
import { classroomGroups, classrooms, enrolments, groupMembers } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import { ApiError, badFields } from "../../http/errors.ts";
import { sortedAs } from "../by-name.ts";
import { isTaughtBy } from "../teaching.ts";
import type { GroupDto } from "./schemas.ts";

type Query = Database["query"];

/** The statement that reads groups of a class with their members, by title, where the caller teaches it. */
export function groupsQuery(query: Query, { userId }: Principal, classroomId: string, only?: SQL) {
  const members = sql`(
    select coalesce(jsonb_agg(${groupMembers.studentId} order by ${groupMembers.studentId}), '[]')
    from ${groupMembers} where ${groupMembers.groupId} = ${classroomGroups.id})`;
  return query
    .select({ id: classroomGroups.id, title: classroomGroups.title, studentIds: sql<string[]>`${members}` })
    .from(classroomGroups)
    .innerJoin(classrooms, eq(classrooms.id, classroomGroups.classroomId))
    .where(and(eq(classrooms.id, classroomId), isTaughtBy(query, userId), only))
    .orderBy(asc(sortedAs(classroomGroups.title)), asc(classroomGroups.id));
}

type GroupRow = Awaited<ReturnType<typeof groupsQuery>>[number];

export const toGroupDto = ({ id, title, studentIds }: GroupRow): GroupDto => ({ id, title, student_ids: studentIds });

/** The statement that gives those of a list who are no students of a class. */
export const strangersQuery = (query: Query, classroomId: string, studentIds: readonly string[]) =>
  query.execute<{ id: string }>(sql`
    select id from (${idsIn(studentIds)}) as named
    where not exists (
      select 1 from ${enrolments} where ${enrolments.classroomId} = ${classroomId} and ${enrolments.studentId} = named.id)`);

/** Throws a fault of each member who is no student of the class, by its place in the list. */
export function requireNoStrangers(studentIds: readonly string[], strangers: readonly { readonly id: string }[]): void {
  if (strangers.length === 0) return;
  const unknown = new Set(strangers.map(({ id }) => id));
  const details = studentIds.flatMap((id, index) =>
    unknown.has(id) ? [{ path: `student_ids.${index}`, message: "is no student of this classroom" }] : [],
  );
  throw badFields(details.slice(0, 100));
}

export const noSuchGroup = () => new ApiError("not_found", "There is no such group in this classroom.");
