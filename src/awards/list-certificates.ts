import { and, asc, desc, eq, isNull } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Inquiry, isInSight, outOfSight } from "../classrooms/student-in-sight.ts";
import type { Database } from "../db/client.ts";
import { certificates, skills, users } from "../db/tables.ts";
import { WHOLE_LIST_LIMIT, wholeList } from "../http/paging.ts";
import { toCertificateDto } from "./certificate-dto.ts";
import type { CertificateDto } from "./schemas.ts";

/** A student's certificates that hold, the newest first; throws what it means that the caller may not see them. One statement. */
export async function listCertificates(
  { db: { query } }: { db: Database },
  { principal, studentId }: Inquiry,
  origin: string,
): Promise<ReturnType<typeof wholeList<CertificateDto>>> {
  const givers = alias(users, "givers");
  const rows = await query
    .select({
      certificate: certificates,
      skillTitle: skills.title,
      awardedBy: givers.fullName,
    })
    .from(users)
    .leftJoin(certificates, and(eq(certificates.studentId, users.id), isNull(certificates.revokedAt)))
    .leftJoin(skills, eq(skills.id, certificates.skillId))
    .leftJoin(givers, eq(givers.id, certificates.awardedBy))
    .where(and(eq(users.id, studentId), isInSight(query, principal)))
    .orderBy(desc(certificates.earnedAt), asc(certificates.skillId), asc(certificates.type))
    .limit(WHOLE_LIST_LIMIT + 1);
  if (rows.length === 0) throw outOfSight(principal, studentId);
  return wholeList(
    rows.flatMap(({ certificate, skillTitle, awardedBy }) =>
      certificate && skillTitle !== null ? [toCertificateDto({ ...certificate, skillTitle, awardedBy }, origin)] : [],
    ),
  );
}
