import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { certificates, skills } from "../db/tables.ts";

/** What a certificate says to everybody who has its code, and nothing else. */
export type Confirmed = {
  readonly studentName: string;
  readonly skillTitle: string;
  /** The student's local day: YYYY-MM-DD. */
  readonly day: string;
};

/** What the certificate with this code says; undefined where there is none, or it was taken back. One statement. */
export async function confirmCertificate(
  { db: { query } }: { db: Database },
  code: string,
): Promise<Confirmed | undefined> {
  const [row] = await query
    .select({
      studentName: certificates.studentName,
      skillTitle: skills.title,
      day: certificates.day,
    })
    .from(certificates)
    .innerJoin(skills, eq(skills.id, certificates.skillId))
    .where(and(eq(certificates.code, code), isNull(certificates.revokedAt)));
  return row;
}
