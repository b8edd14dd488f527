import { AWARD_KINDS, CERTIFICATE_TYPES } from "../db/tables.ts";
import { catalogId, line, rowId, uuid } from "../http/fields.ts";
import { truncated } from "../http/paging.ts";
import { z } from "../http/zod.ts";
import { paperQuery } from "../pdf/paper.ts";
import { cursorId, cursorMs, cursorOf } from "../reports/kit/cursor.ts";
import { timePage } from "../reports/kit/report-query.ts";
import { printedCode } from "./certificate-code.ts";
import { MILESTONES } from "./thresholds.ts";

const STUDENT_ID = "0190a0de-0000-7000-8000-000000000003";

const awardSchema = z
  .object({
    kind: z.enum(AWARD_KINDS).openapi({ description: "RIBBON and MEDAL are of a skill, the others of all" }),
    threshold: z.int().openapi({ description: "The SmartScore, or how many questions, minutes, skills or days" }),
    skill_id: z.int().positive().nullable().openapi({ description: "Null of a milestone" }),
    skill_title: z.string().nullable().openapi({ description: "Null of a milestone" }),
    earned_at: z.iso.datetime(),
  })
  .openapi("Award", {
    description: "A ribbon or medal of a skill, or a milestone over all skills, which names none.",
    example: {
      kind: "RIBBON",
      threshold: 80,
      skill_id: 1,
      skill_title: "Multiply whole numbers",
      earned_at: "2026-11-22T08:01:30.000Z",
    },
  });

const nextMilestone = z
  .object({
    kind: z.enum(Object.keys(MILESTONES)),
    threshold: z.int().openapi({ description: "How many questions, minutes, skills or days it takes" }),
    reached: z.int().openapi({ description: "So far; of a streak, the days up to today or yesterday" }),
  })
  .openapi("NextMilestone", { example: { kind: "QUESTIONS", threshold: 100, reached: 87 } });

export const awardsSchema = z
  .object({
    student_id: z.uuid().openapi({ example: STUDENT_ID }),
    awards: z.array(awardSchema).openapi({ description: "The newest first" }),
    next: z.array(nextMilestone).openapi({ description: "The next milestone of each kind" }),
  })
  .openapi("Awards");

/** What there is beyond a page. */
const rest = {
  next_cursor: z.string().optional().openapi({ description: "Send it as `cursor` for older ones" }),
  truncated: truncated.optional(),
};

export const awardsMeta = z
  .object({
    as_of: z.iso.datetime().nullable().openapi({
      description: "The time of the newest event that is counted; null where the student has never practised",
    }),
    ...rest,
  })
  .openapi("AwardsMeta", { example: { as_of: "2026-11-22T08:01:30.000Z" } });

const type = z
  .enum(CERTIFICATE_TYPES)
  .openapi({ description: "EXCELLENCE is of a best SmartScore of 90, MASTERY of 100" });

export const certificateSchema = z
  .object({
    code: z.string().openapi({ description: "What it is checked and taken back by" }),
    type,
    student_id: z.uuid(),
    student_name: z.string().openapi({ description: "As it was when the certificate was made, and as it is printed" }),
    skill_id: z.int().positive(),
    skill_title: z.string(),
    earned_at: z.iso.datetime(),
    awarded_by: z.string().nullable().openapi({ description: "Who gave it all the same; null where it was earned" }),
    verify_url: z.url().openapi({ description: "The public page that confirms it" }),
  })
  .openapi("Certificate", {
    example: {
      code: printedCode("0F3A962C1D8B47E5D210"),
      type: "EXCELLENCE",
      student_id: STUDENT_ID,
      student_name: "Sam Student",
      skill_id: 1,
      skill_title: "Multiply whole numbers",
      earned_at: "2026-11-22T08:01:30.000Z",
      awarded_by: null,
      verify_url: "https://ascent.example.com/verify/0F3A9-62C1D-8B47E-5D210",
    },
  });

export const certificatesSchema = z.object({
  data: z.array(certificateSchema),
  meta: z.object(rest).optional(),
});

const studentId = uuid.openapi({ description: "Of whom: the caller where it is left out", example: STUDENT_ID });

export const ofStudent = z.object({ student_id: studentId.optional() });

export const awardsQuery = ofStudent.extend(timePage);

/** One of a student's certificates: many may be earned in one moment. */
export const certificateCursor = cursorOf(z.tuple([cursorMs, cursorId, type]).readonly(), [
  1_795_365_010_000,
  1,
  "EXCELLENCE",
]);

export const certificatesQuery = ofStudent.extend({
  cursor: certificateCursor.parameter.optional(),
  limit: timePage.limit,
});

export const certificateTypeParams = z.object({
  type: type.openapi({ param: { name: "type", in: "path" }, description: "Which certificate", example: "EXCELLENCE" }),
});

/** What a TEACHER or ADMIN may have printed; what others say of it is not even read. */
const said = z.string().max(1000).optional();

export const printQuery = z.object({
  skill_id: catalogId.openapi({ description: "The skill" }),
  student_id: studentId.optional(),
  ...paperQuery.shape,
  date: said.openapi({
    format: "date",
    description: "From a TEACHER or ADMIN: the day to print in place of that on which it was made",
    example: "2026-11-22",
  }),
  awarded_by: said.openapi({
    description: "From a TEACHER or ADMIN: who is printed to have awarded it",
    example: "Ms Rivera",
  }),
});

/** The same once it is clear that it counts. */
export const printed = z.object({ date: z.iso.date().optional(), awarded_by: line(100).optional() });

export const newCertificate = z
  .object({ student_id: uuid, skill_id: rowId, type })
  .openapi("NewCertificate", { example: { student_id: STUDENT_ID, skill_id: 1, type: "EXCELLENCE" } });

export type AwardsDto = z.infer<typeof awardsSchema>;
export type AwardsMeta = z.infer<typeof awardsMeta>;
export type CertificatesPage = z.output<typeof certificatesQuery>;
export type CertificatesDto = z.infer<typeof certificatesSchema>;
export type CertificateDto = z.infer<typeof certificateSchema>;
export type NewCertificate = z.output<typeof newCertificate>;
