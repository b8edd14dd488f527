import { sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { awards, certificates, users } from "../db/tables.ts";
import type { Principal } from "../http/access-token.ts";
import { ApiError } from "../http/errors.ts";
import { lockMarks } from "../practice/record/lock-marks.ts";
import { TIME_ZONE } from "../practice/student-record.ts";
import { newCertificateCode } from "./certificate-code.ts";
import { mayAward, noStudentOf } from "./may-award.ts";
import { CERTIFICATE_SCORES } from "./thresholds.ts";

/**
 * Takes a certificate back: nothing shows or confirms it any more. If the student has reached its score since it was made,
 * the one that they have earned so takes its place, with a code of its own; else only earning or awarding it makes another. Done again, it changes
 * nothing. `not_found`, or `forbidden` where the student is not the caller's. One round trip: with the student's mark
 * locked, what they earn in this very moment is on record, or comes after it.
 */
export async function revokeCertificate(
  { db: { query } }: { db: Database },
  principal: Principal,
  code: string,
): Promise<void> {
  const student = sql`SELECT ${certificates.studentId} FROM ${certificates} WHERE ${certificates.code} = ${code}`;
  const takeBack = sql`
    WITH found AS (
      SELECT ${certificates.code}, ${mayAward(query, principal)} AS may, ${users.fullName}, ${awards.earnedAt} AS earned_since,
        local_day(${awards.earnedAt}, ${TIME_ZONE}) AS day_since
      FROM ${certificates} JOIN ${users} ON ${users.id} = ${certificates.studentId}
      LEFT JOIN ${awards} ON ${awards.studentId} = ${users.id} AND ${awards.skillId} = ${certificates.skillId}
        AND (${certificates.type}, ${awards.threshold}) IN (${sql.raw(SCORES)})
        AND ${awards.earnedAt} > ${certificates.earnedAt}
      WHERE ${certificates.code} = ${code}
    ),
    revoked AS (
      UPDATE ${certificates} SET revoked_at = now(), create_key = NULL
      FROM found WHERE ${certificates.code} = found.code AND may AND revoked_at IS NULL AND earned_since IS NULL
    ),
    replaced AS (
      UPDATE ${certificates} SET code = ${newCertificateCode}, student_name = full_name, earned_at = earned_since,
        day = day_since, awarded_by = NULL, create_key = NULL
      FROM found WHERE ${certificates.code} = found.code AND may AND revoked_at IS NULL AND earned_since IS NOT NULL
    )
    SELECT may FROM found`;
  const [, { rows }] = await query.batch([query.execute(lockMarks(student)), query.execute(takeBack)]);
  const [found] = rows;
  if (!found) throw new ApiError("not_found", "There is no certificate with this code.");
  if (found.may !== true) throw noStudentOf(principal);
}

/** Each type with the SmartScore that earns it, as rows to compare with: our own words and numbers. */
const SCORES = Object.entries(CERTIFICATE_SCORES)
  .map(([type, score]) => `('${type}', ${score})`)
  .join(", ");
