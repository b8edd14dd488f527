import { eq } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { certificates, skills } from "../db/tables.ts";

/** What a certificate says to everybody who has its code, and nothing else. */
export type Confirmed = {
  readonly studentName: string;
  readonly skillTitle: string;
  /** The student's local day: YYYY-MM-DD. */
  readonly day: string;
};

/**
 * What the certificate with this code says; of one that was taken back only that it was, and undefined where there is none.
 * One statement.
 */
export async function confirmCertificate(
  { db: { query } }: { db: Database },
  code: string,
): Promise<Confirmed | "revoked" | undefined> {
  const [row] = await query
    .select({
      confirmed: { studentName: certificates.studentName, skillTitle: skills.title, day: certificates.day },
      revokedAt: certificates.revokedAt,
    })
    .from(certificates)
    .innerJoin(skills, eq(skills.id, certificates.skillId))
    .where(eq(certificates.code, code));
  return row?.revokedAt ? "revoked" : row?.confirmed;
}
