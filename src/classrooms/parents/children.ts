import { and, eq, type SQL } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { guardians, users } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import { ApiError } from "../../http/errors.ts";
import { WHOLE_LIST_LIMIT, wholeList } from "../../http/paging.ts";
import type { Services } from "../../services.ts";
import { byName } from "../by-name.ts";
import type { ChildDto } from "./schemas.ts";

/** The statement that reads a parent's children, by name. */
export const childrenQuery = (query: Database["query"], parentId: string, only?: SQL) =>
  query
    .select({
      id: users.id,
      fullName: users.fullName,
      gradeLevel: users.gradeLevel,
      school: users.school,
      linkedAt: guardians.linkedAt,
    })
    .from(guardians)
    .innerJoin(users, eq(users.id, guardians.studentId))
    .where(and(eq(guardians.parentId, parentId), only))
    .orderBy(...byName(users))
    .limit(WHOLE_LIST_LIMIT + 1);

type ChildRow = Awaited<ReturnType<typeof childrenQuery>>[number];

export const toChildDto = ({ id, fullName, gradeLevel, school, linkedAt }: ChildRow): ChildDto => ({
  student_id: id,
  full_name: fullName,
  grade_level: gradeLevel,
  school,
  linked_at: linkedAt.toISOString(),
});

/** The children that a parent is linked to, by name. One statement. */
export async function listChildren({ db: { query } }: Services, { userId }: Principal) {
  return wholeList((await childrenQuery(query, userId)).map(toChildDto));
}

/** Ends that a parent is linked to a child, whose practice they do not see from then on; `not_found`. */
export async function unlinkChild(
  { db: { query } }: Services,
  { userId }: Principal,
  studentId: string,
): Promise<void> {
  const ended = await query
    .delete(guardians)
    .where(and(eq(guardians.parentId, userId), eq(guardians.studentId, studentId)))
    .returning({ studentId: guardians.studentId });
  if (ended.length === 0) throw new ApiError("not_found", "There is no such child of yours.");
}
