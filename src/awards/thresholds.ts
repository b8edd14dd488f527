import type { AWARD_KINDS, CERTIFICATE_TYPES } from "../db/tables.ts";

export type AwardKind = (typeof AWARD_KINDS)[number];
export type CertificateType = (typeof CERTIFICATE_TYPES)[number];

/** What a SmartScore wins on its skill. */
export const SCORE_AWARDS = [
  { kind: "RIBBON", threshold: 70 },
  { kind: "RIBBON", threshold: 80 },
  { kind: "RIBBON", threshold: 90 },
  { kind: "MEDAL", threshold: 100 },
] as const satisfies readonly { kind: AwardKind; threshold: number }[];

/**
 * What is won over all skills: close together at first, so that the first evening brings one, then further apart but never
 * out of sight of somebody who goes on. A streak's first steps are three days and a week of school.
 */
export const MILESTONES = {
  QUESTIONS: [10, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 25_000],
  MINUTES: [10, 30, 60, 120, 300, 600, 1200, 3000, 6000],
  SKILLS_MASTERED: [1, 3, 5, 10, 20, 35, 50, 75, 100, 150, 200],
  STREAK: [3, 5, 7, 10, 14, 21, 30, 50, 75, 100, 150, 200, 365],
} as const satisfies Record<Exclude<AwardKind, (typeof SCORE_AWARDS)[number]["kind"]>, readonly number[]>;

/** The best SmartScore that earns a certificate. */
export const CERTIFICATE_SCORES = { EXCELLENCE: 90, MASTERY: 100 } as const satisfies Record<CertificateType, number>;
