import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Inquiry, isInSight, outOfSight } from "../classrooms/student-in-sight.ts";
import type { Database } from "../db/client.ts";
import { certificates, skills, users } from "../db/tables.ts";
import { WHOLE_LIST_LIMIT } from "../http/paging.ts";
import { cutPage, pageSize } from "../reports/kit/paging.ts";
import { toCertificateDto } from "./certificate-dto.ts";
import { type CertificatesDto, type CertificatesPage, certificateCursor } from "./schemas.ts";

type Kept = typeof certificates.$inferSelect;

const pages = {
  whole: WHOLE_LIST_LIMIT,
  cursor: certificateCursor,
  placeOf: ({ certificate: { earnedAt, skillId, type } }: { certificate: Kept }) =>
    [earnedAt.getTime(), skillId, type] as const,
};

/** What comes after a certificate: what is older, and of one moment by skill and type. */
function isAfter(after: ReturnType<typeof pages.placeOf> | undefined) {
  if (after === undefined) return undefined;
  const [at, skillId, type] = after;
  const moment = sql`${new Date(at).toISOString()}::timestamptz`;
  const further = sql`(${certificates.skillId}, ${certificates.type}) > (${skillId}::integer, ${type})`;
  return sql`${certificates.earnedAt} <= ${moment} and (${certificates.earnedAt} < ${moment} or ${further})`;
}

/** A student's certificates that hold, the newest first; throws what it means that the caller may not see them. One statement. */
export async function listCertificates(
  { db: { query } }: { db: Database },
  { principal, studentId }: Inquiry,
  page: CertificatesPage,
  origin: string,
): Promise<CertificatesDto> {
  const givers = alias(users, "givers");
  const held = and(eq(certificates.studentId, users.id), isNull(certificates.revokedAt), isAfter(page.cursor?.after));
  const found = await query
    .select({ certificate: certificates, skillTitle: skills.title, awardedBy: givers.fullName })
    .from(users)
    .leftJoin(certificates, held)
    .leftJoin(skills, eq(skills.id, certificates.skillId))
    .leftJoin(givers, eq(givers.id, certificates.awardedBy))
    .where(and(eq(users.id, studentId), isInSight(query, principal)))
    .orderBy(desc(certificates.earnedAt), asc(certificates.skillId), asc(certificates.type))
    .limit(pageSize(page, pages.whole) + 1);
  if (found.length === 0) throw outOfSight(principal, studentId);
  const read = found.flatMap(({ certificate, skillTitle, awardedBy }) =>
    certificate && skillTitle !== null ? [{ certificate, skillTitle, awardedBy }] : [],
  );
  const { rows, rest } = cutPage(read, page, {}, pages);
  return {
    data: rows.map(({ certificate, ...more }) => toCertificateDto({ ...certificate, ...more }, origin)),
    ...(rest.next_cursor === undefined ? {} : { meta: rest }),
  };
}
