import { type SQL, sql } from "drizzle-orm";
import { noSuchSkill } from "../catalog/faults.ts";
import type { Database } from "../db/client.ts";
import { certificates, skills, users } from "../db/tables.ts";
import type { Principal } from "../http/access-token.ts";
import { TIME_ZONE } from "../practice/student-record.ts";
import { newCertificateCode } from "./certificate-code.ts";
import { toCertificateDto } from "./certificate-dto.ts";
import { mayAward, noStudentOf } from "./may-award.ts";
import type { CertificateDto, NewCertificate } from "./schemas.ts";

type Giver = { readonly principal: Principal; readonly origin: string };

type Row = {
  is_theirs: boolean;
  code: string | null;
  student_name: string;
  earned_at: string;
  skill_title: string;
  awarded_by: string | null;
};

/**
 * Gives a student a certificate, whatever their SmartScore: the one that holds already, else a new one, with a code of its
 * own also where an earlier one was taken back. `forbidden` or `not_found` where the student is not the caller's,
 * `not_found` where there is no such published skill. One statement.
 */
export async function awardCertificate(
  { db: { query } }: { db: Database },
  { principal, origin }: Giver,
  { id, student_id: studentId, skill_id: skillId, type }: NewCertificate & { readonly id: string },
): Promise<CertificateDto> {
  const { rows } = await query.execute(sql`
    WITH student AS (
      SELECT ${users.id}, ${users.fullName}, local_day(now(), ${TIME_ZONE}) AS today FROM ${users}
      WHERE ${users.id} = ${studentId} AND ${users.role} = 'STUDENT' AND ${mayAward(query, principal)}
    ),
    made AS (
      INSERT INTO ${certificates} (code, student_id, skill_id, type, student_name, earned_at, day, awarded_by, create_key)
      SELECT ${newCertificateCode}, student.id, ${skills.id}, ${type}, full_name, now(), today,
        (SELECT ${users.id} FROM ${users} WHERE ${users.id} = ${principal.userId}), ${id}::uuid
      FROM student, ${skills} WHERE ${skills.id} = ${skillId} AND ${skills.isPublished}
      ON CONFLICT ON CONSTRAINT certificates_once DO UPDATE SET ${sql.join(REPLACED_IF_REVOKED, sql`, `)},
        create_key = excluded.create_key
      RETURNING *
    )
    SELECT EXISTS (SELECT FROM student) AS is_theirs, made.code, made.student_name,
      to_json(made.earned_at) AS earned_at, ${skills.title} AS skill_title, givers.full_name AS awarded_by
    FROM (SELECT) AS one LEFT JOIN made ON true LEFT JOIN ${skills} ON ${skills.id} = made.skill_id
    LEFT JOIN ${users} AS givers ON givers.id = made.awarded_by`);
  const row = rows[0] as Row | undefined;
  if (!row?.is_theirs) throw noStudentOf(principal);
  if (row.code === null) throw noSuchSkill();
  const { code, student_name: studentName, earned_at, skill_title: skillTitle, awarded_by: awardedBy } = row;
  const earnedAt = new Date(earned_at);
  return toCertificateDto({ code, type, studentId, studentName, skillId, skillTitle, earnedAt, awardedBy }, origin);
}

/** One that holds stays as it is, but for the last request that awarded it, so that its repeat is told the same. */
const REPLACED_IF_REVOKED: SQL[] = ["code", "student_name", "earned_at", "day", "awarded_by", "revoked_at"].map(
  (column) =>
    sql.raw(
      `${column} = CASE WHEN certificates.revoked_at IS NULL THEN certificates.${column} ELSE excluded.${column} END`,
    ),
);
