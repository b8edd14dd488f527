import { and, eq, sql } from "drizzle-orm";
import { inOneBatch } from "../../db/batch.ts";
import { classrooms, enrolments, parentCodes, users } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import type { Services } from "../../services.ts";
import { sha256Base64Url } from "../../sha256.ts";
import { OPEN_PARENT_CODES } from "../bounds.ts";
import { newParentCode } from "../codes.ts";
import { isStudent, notInClassroom } from "../students/enrolment-rules.ts";
import { isOpenAndTaughtBy, lockClassroom, requireTeacher, standing } from "../teaching.ts";
import type { ParentCodeDto } from "./schemas.ts";

const GOOD_FOR_MS = 14 * 24 * 60 * 60 * 1000;

type Invitation = { readonly classroomId: string; readonly studentId: string; readonly nowMs: number };

/**
 * Makes a code that links one PARENT to a student of a class of the caller's, once, within two weeks. It is kept as its
 * hash alone. Those of the student that have run out go, and the oldest beyond what may be open at a time. One round trip.
 */
export async function inviteParent(
  { db: { query } }: Services,
  principal: Principal,
  { classroomId, studentId, nowMs }: Invitation,
): Promise<ParentCodeDto> {
  const code = newParentCode();
  const hash = await codeHash(code);
  const expiresAt = new Date(nowMs + GOOD_FOR_MS);
  const inClass = and(eq(enrolments.classroomId, classrooms.id), eq(enrolments.studentId, studentId));
  const isOpen = sql`${parentCodes.studentId} = ${studentId} and ${parentCodes.usedAt} is null`;
  const {
    after: [row],
  } = await inOneBatch(query, {
    lock: lockClassroom(query, classroomId),
    invite: query.execute(sql`
      insert into ${parentCodes} (code_hash, student_id, created_by, expires_at)
      select ${hash}::text, ${users.id}, ${principal.userId}::uuid, ${expiresAt.toISOString()}::timestamptz
      from ${classrooms} join ${enrolments} on ${inClass} join ${users} on ${users.id} = ${enrolments.studentId}
      where ${classrooms.id} = ${classroomId} and ${isOpenAndTaughtBy(query, principal.userId)} and ${isStudent}`),
    withdraw: query.delete(parentCodes).where(
      sql`${isOpen} and ${parentCodes.codeHash} not in (
        select ${parentCodes.codeHash} from ${parentCodes} where ${isOpen} and ${parentCodes.expiresAt} > now()
        order by ${parentCodes.createdAt} desc, ${parentCodes.codeHash} = ${hash} desc limit ${OPEN_PARENT_CODES})`,
    ),
    after: query
      .select({ ...standing(query, principal), made: parentCodes.codeHash })
      .from(classrooms)
      .leftJoin(parentCodes, eq(parentCodes.codeHash, hash))
      .where(eq(classrooms.id, classroomId)),
  });
  const { made } = requireTeacher(row, { toChange: true });
  if (made === null) throw notInClassroom();
  return { code, expires_at: expiresAt.toISOString() };
}

/** What is kept of a parent's code: its SHA-256, base64url. */
export async function codeHash(code: string): Promise<string> {
  return sha256Base64Url(code);
}
