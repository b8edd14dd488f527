import { and, eq, exists, isNull, or, sql } from "drizzle-orm";
import { accountGone } from "../../auth/faults.ts";
import { classrooms, enrolments, guardians, parentCodes, users } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import { ApiError } from "../../http/errors.ts";
import type { Services } from "../../services.ts";
import { CHILDREN_A_PARENT, PARENTS_A_STUDENT } from "../bounds.ts";
import { readCode } from "../codes.ts";
import { isStudent } from "../students/enrolment-rules.ts";
import { isOpenAndTaughtBy } from "../teaching.ts";
import { childrenQuery, toChildDto } from "./children.ts";
import { codeHash } from "./invite-parent.ts";
import type { ChildDto } from "./schemas.ts";

/**
 * Links the caller, a PARENT, to the student whose code they show. A code is good once, until it runs out, as long as who
 * made it is an active TEACHER of the student's; any other is `not_found`, but for the parent who has used it: they get the same again.
 * `conflict` where the parent or the student has as many links as one may. One round trip.
 */
export async function linkChild(services: Services, { userId }: Principal, typed: string): Promise<ChildDto> {
  const { query } = services.db;
  const hash = await codeHash(readCode(typed));
  const taughtByWhoMadeIt = query
    .select({ one: sql`1` })
    .from(enrolments)
    .innerJoin(classrooms, eq(classrooms.id, enrolments.classroomId))
    .innerJoin(users, eq(users.id, enrolments.studentId))
    .where(
      and(
        eq(enrolments.studentId, parentCodes.studentId),
        isOpenAndTaughtBy(query, sql`${parentCodes.createdBy}`),
        isStudent,
      ),
    );
  const isGood = and(
    eq(parentCodes.codeHash, hash),
    isNull(parentCodes.usedAt),
    sql`${parentCodes.expiresAt} > now()`,
    exists(taughtByWhoMadeIt),
  );
  const isParent = and(eq(users.id, userId), eq(users.role, "PARENT"), users.isActive);
  const shown = sql`(select ${parentCodes.studentId} from ${parentCodes} where ${parentCodes.codeHash} = ${hash})`;
  const links = (condition: ReturnType<typeof sql>) => sql`(select count(*) from ${guardians} where ${condition})`;

  const [, , [state], [child]] = await query.batch([
    // Links of one parent, and of one student, are made one after the other: each counts those before it.
    query.execute(sql`
      select from ${users} where ${users.id} in (${userId}, ${shown}) order by ${users.id} for no key update`),
    query.execute(sql`
      with linked as (
        insert into ${guardians} (parent_id, student_id)
        select ${users.id}, ${parentCodes.studentId} from ${parentCodes}, ${users}
        where ${isGood} and ${isParent}
          and ${links(sql`${guardians.parentId} = ${userId}`)} < ${CHILDREN_A_PARENT}
          and ${links(sql`${guardians.studentId} = ${parentCodes.studentId}`)} < ${PARENTS_A_STUDENT}
        on conflict do nothing
        returning parent_id
      )
      update ${parentCodes} set used_at = now(), used_by = linked.parent_id from linked
      where ${parentCodes.codeHash} = ${hash}`),
    query
      .select({ isGood: sql<boolean>`${parentCodes.codeHash} is not null` })
      .from(users)
      .leftJoin(parentCodes, isGood)
      .where(isParent),
    childrenQuery(
      query,
      userId,
      exists(
        query
          .select({ one: sql`1` })
          .from(parentCodes)
          .where(and(eq(parentCodes.studentId, users.id), or(isGood, usedBy(userId, hash)))),
      ),
    ),
  ]);
  if (!state) throw accountGone();
  if (child) return toChildDto(child);
  if (!state.isGood)
    throw new ApiError("not_found", "This code is not good, or not any more. Ask the teacher for another.");
  throw new ApiError(
    "conflict",
    `A parent may be linked to ${CHILDREN_A_PARENT} children, and a child to ${PARENTS_A_STUDENT} parents.`,
  );
}

const usedBy = (parentId: string, hash: string) =>
  and(eq(parentCodes.codeHash, hash), eq(parentCodes.usedBy, parentId));
