import type { certificates } from "../db/tables.ts";
import { printedCode } from "./certificate-code.ts";
import type { CertificateDto } from "./schemas.ts";

type Row = Pick<
  typeof certificates.$inferSelect,
  "code" | "type" | "studentId" | "studentName" | "skillId" | "earnedAt"
> & {
  readonly skillTitle: string;
  readonly awardedBy: string | null;
};

/** Where anybody can check a certificate, on the origin that the request came to. */
export const verifyUrl = (origin: string, code: string) => `${origin}/verify/${printedCode(code)}`;

export const toCertificateDto = (row: Row, origin: string): CertificateDto => ({
  code: printedCode(row.code),
  type: row.type,
  student_id: row.studentId,
  student_name: row.studentName,
  skill_id: row.skillId,
  skill_title: row.skillTitle,
  earned_at: row.earnedAt.toISOString(),
  awarded_by: row.awardedBy,
  verify_url: verifyUrl(origin, row.code),
});
