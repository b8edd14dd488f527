import { and, eq, inArray, isNull } from "drizzle-orm";
import { guardians, parentCodes, users } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import { ApiError } from "../../http/errors.ts";
import { wholeList } from "../../http/paging.ts";
import type { Services } from "../../services.ts";
import { byName } from "../by-name.ts";
import { openPupil, type Pupil, pupilQuery, requirePupil, taughtPupil } from "./pupil.ts";
import type { ParentDto } from "./schemas.ts";

/** The parents that are linked to a student of a class of the caller's, by name; of an archived one too. One round trip. */
export async function listParents({ db: { query } }: Services, principal: Principal, pupil: Pupil) {
  const [[row], parents] = await query.batch([
    pupilQuery(query, principal, pupil),
    query
      .select({ id: users.id, fullName: users.fullName, email: users.email, linkedAt: guardians.linkedAt })
      .from(guardians)
      .innerJoin(users, eq(users.id, guardians.parentId))
      .where(inArray(guardians.studentId, taughtPupil(query, principal, pupil)))
      .orderBy(...byName(users)),
  ]);
  requirePupil(row, { toChange: false });
  return wholeList(
    parents.map(
      ({ id, fullName, email, linkedAt }): ParentDto => ({
        parent_id: id,
        full_name: fullName,
        email,
        linked_at: linkedAt.toISOString(),
      }),
    ),
  );
}

/** Ends that a parent is linked to a student of an open class of the caller's; `not_found`. One round trip. */
export async function unlinkParent(
  { db: { query } }: Services,
  principal: Principal,
  { parentId, ...pupil }: Pupil & { readonly parentId: string },
): Promise<void> {
  const [[row], ended] = await query.batch([
    pupilQuery(query, principal, pupil),
    query
      .delete(guardians)
      .where(and(eq(guardians.parentId, parentId), inArray(guardians.studentId, openPupil(query, principal, pupil))))
      .returning({ parentId: guardians.parentId }),
  ]);
  requirePupil(row, { toChange: true });
  if (ended.length === 0) throw new ApiError("not_found", "There is no such parent of this student.");
}

/** Takes back the codes of a student of an open class of the caller's that no parent has used. One round trip. */
export async function withdrawCodes({ db: { query } }: Services, principal: Principal, pupil: Pupil): Promise<void> {
  const [[row]] = await query.batch([
    pupilQuery(query, principal, pupil),
    query
      .delete(parentCodes)
      .where(and(isNull(parentCodes.usedAt), inArray(parentCodes.studentId, openPupil(query, principal, pupil)))),
  ]);
  requirePupil(row, { toChange: true });
}
