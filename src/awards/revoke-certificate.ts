import { sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { certificates, users } from "../db/tables.ts";
import type { Principal } from "../http/access-token.ts";
import { ApiError } from "../http/errors.ts";
import { mayAward, noStudentOf } from "./may-award.ts";

/**
 * Takes a certificate back: nothing shows or confirms it any more, and only awarding it anew makes another. Done again, it
 * changes nothing. `not_found`, or `forbidden` where the student is not the caller's. One statement.
 */
export async function revokeCertificate(
  { db: { query } }: { db: Database },
  principal: Principal,
  code: string,
): Promise<void> {
  const { rows } = await query.execute(sql`
    WITH found AS (
      SELECT ${certificates.code}, ${mayAward(query, principal)} AS may
      FROM ${certificates} JOIN ${users} ON ${users.id} = ${certificates.studentId}
      WHERE ${certificates.code} = ${code}
    ),
    revoked AS (
      UPDATE ${certificates} SET revoked_at = now(), create_key = NULL
      WHERE ${certificates.code} IN (SELECT code FROM found WHERE may) AND ${certificates.revokedAt} IS NULL
    )
    SELECT may FROM found`);
  const [found] = rows;
  if (!found) throw new ApiError("not_found", "There is no certificate with this code.");
  if (found.may !== true) throw noStudentOf(principal);
}
