import { gradeNumber } from "../catalog/schemas.ts";
import { catalogId } from "../http/ids.ts";
import { z } from "../http/zod.ts";
import { cursorParameter } from "./attempt-cursor.ts";

const day = z.iso.date().refine((date) => date >= "0001-01-01", "must be a day of our era");

const studentId = z.uuid().toLowerCase().openapi({
  description: "Of whom: the caller where it is left out",
  example: "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c002",
});

const period = {
  from: day.optional().openapi({ description: "The first of the student's local days", example: "2026-11-01" }),
  to: day.optional().openapi({ description: "The last of the student's local days", example: "2026-11-30" }),
};

const skillFilters = {
  subject_slug: z.string().max(100).optional().openapi({ description: "Of this subject", example: "math" }),
  grade_number: gradeNumber.optional(),
  topic_id: catalogId.optional().openapi({ description: "Of this topic" }),
  skill_id: catalogId.optional().openapi({ description: "Of this skill" }),
};

const page = {
  cursor: cursorParameter.optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.int().min(1).max(500))
    .optional()
    .openapi({
      type: "integer",
      minimum: 1,
      maximum: 500,
      description: "Attempts in a page; 100 with a cursor",
      example: 100,
    }),
};

const inOrder = ({ from, to }: { from?: string | undefined; to?: string | undefined }) =>
  from === undefined || to === undefined || from <= to;

const ORDER_FAULT = { path: ["to"], message: "must not be before `from`" };

/** Of a report over many skills. */
export const skillsQuery = z
  .object({ student_id: studentId.optional(), ...period, ...skillFilters })
  .refine(inOrder, ORDER_FAULT);

/** Of a report that lists attempts of many skills. */
export const attemptsQuery = z
  .object({ student_id: studentId.optional(), ...period, ...skillFilters, ...page })
  .refine(inOrder, ORDER_FAULT);

/** Of a report that lists attempts of one skill. */
export const logQuery = z.object({ student_id: studentId.optional(), ...period, ...page }).refine(inOrder, ORDER_FAULT);

export const logParams = z.object({ skill_id: catalogId.openapi({ description: "The skill" }) });

export type Period = Pick<z.output<typeof skillsQuery>, keyof typeof period>;
export type SkillFilters = Pick<z.output<typeof skillsQuery>, keyof typeof skillFilters>;
export type SkillsQuery = z.output<typeof skillsQuery>;
export type AttemptsQuery = z.output<typeof attemptsQuery>;
export type LogQuery = z.output<typeof logQuery>;
