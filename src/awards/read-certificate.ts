import { and, eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { noSuchSkill } from "../catalog/faults.ts";
import { type Inquiry, isInSight, outOfSight } from "../classrooms/student-in-sight.ts";
import type { Database } from "../db/client.ts";
import { certificates, grades, skills, subjects, users } from "../db/tables.ts";
import { ApiError } from "../http/errors.ts";
import { CERTIFICATE_SCORES, type CertificateType } from "./thresholds.ts";

/** A certificate as it is printed where nobody says otherwise. */
export type PrintedCertificate = {
  readonly code: string;
  readonly type: CertificateType;
  readonly studentName: string;
  readonly skillTitle: string;
  /** "Grade 5 · Math" */
  readonly skillPlace: string;
  readonly earnedAt: Date;
  /** The student's local day: YYYY-MM-DD. */
  readonly day: string;
  readonly awardedBy: string | null;
};

/**
 * The certificate of a student for a skill. `not_earned` where there is none, or it was taken back, `not_found` where there is no such
 * skill; throws what it means that the caller may not see the student. One statement.
 */
export async function readCertificate(
  { db: { query } }: { db: Database },
  { principal, studentId }: Inquiry,
  { skillId, type }: { readonly skillId: number; readonly type: CertificateType },
): Promise<PrintedCertificate> {
  const givers = alias(users, "givers");
  const [row] = await query
    .select({
      skill: { title: skills.title, grade: grades.title, subject: subjects.title },
      certificate: certificates,
      awardedBy: givers.fullName,
    })
    .from(users)
    .leftJoin(skills, eq(skills.id, skillId))
    .leftJoin(grades, eq(grades.id, skills.gradeId))
    .leftJoin(subjects, eq(subjects.id, skills.subjectId))
    .leftJoin(
      certificates,
      and(eq(certificates.studentId, users.id), eq(certificates.skillId, skills.id), eq(certificates.type, type)),
    )
    .leftJoin(givers, eq(givers.id, certificates.awardedBy))
    .where(and(eq(users.id, studentId), isInSight(query, principal)));
  if (!row) throw outOfSight(principal, studentId);
  const { skill, certificate } = row;
  if (skill.title === null) throw noSuchSkill();
  if (!certificate) {
    const score = CERTIFICATE_SCORES[type];
    throw new ApiError(
      "not_earned",
      `There is no such certificate yet: a SmartScore of ${score} in this skill earns it.`,
    );
  }
  if (certificate.revokedAt) throw new ApiError("not_earned", "This certificate was taken back.");
  return {
    code: certificate.code,
    type,
    studentName: certificate.studentName,
    skillTitle: skill.title,
    skillPlace: [skill.grade, skill.subject].join(" · "),
    earnedAt: certificate.earnedAt,
    day: certificate.day,
    awardedBy: row.awardedBy,
  };
}
