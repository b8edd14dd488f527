import { sql } from "drizzle-orm";
import { gradeNumber } from "../../catalog/schemas.ts";
import { EXAMPLE_STUDENT_ID } from "../../classrooms/schemas.ts";
import { catalogId, uuid } from "../../http/fields.ts";
import { z } from "../../http/zod.ts";
import { studentSkillCursor, timeCursor } from "./cursor.ts";
import { day } from "./day.ts";

/** Of whom one student's report is. */
export const student = {
  student_id: uuid.optional().openapi({
    description: "Of whom: the caller where it is left out",
    example: EXAMPLE_STUDENT_ID,
  }),
};

export const period = {
  from: day.optional().openapi({ description: "The first of the student's local days", example: "2026-11-01" }),
  to: day.optional().openapi({ description: "The last of the student's local days", example: "2026-11-30" }),
};

export const skillFilters = {
  subject_slug: z.string().max(100).optional().openapi({ description: "Of this subject", example: "math" }),
  grade_number: gradeNumber.optional(),
  topic_id: catalogId.optional().openapi({ description: "Of this topic" }),
  skill_id: catalogId.optional().openapi({ description: "Of this skill" }),
};

/** Which of a skill's two scores counts. */
const SCORES = ["current", "best"] as const;

export const score = {
  score: z
    .enum(SCORES)
    .default("best")
    .openapi({ description: "The SmartScore that counts: the last one, or the best", example: "best" }),
};

/** The column of a figure that is that score. */
export const shownScore = (which: Score) => sql.raw(which === "current" ? "last_smartscore" : "best_smartscore");

const limit = z
  .string()
  .regex(/^\d{1,3}$/, "must be a whole number")
  .transform(Number)
  .pipe(z.int().min(1).max(500))
  .optional()
  .openapi({
    type: "integer",
    minimum: 1,
    maximum: 500,
    description: "Rows in a page; 100 with a cursor",
    example: 100,
  });

/** Of a report whose rows come by time. */
export const timePage = { cursor: timeCursor.parameter.optional(), limit };

/** Of a report whose rows come by student and skill. */
export const studentSkillPage = { cursor: studentSkillCursor.parameter.optional(), limit };

const inOrder = ({ from, to }: Period) => from === undefined || to === undefined || from <= to;

const ORDER_FAULT = { path: ["to"], message: "must not be before `from`" };

/** The query of a report with a period: refused where its days are the wrong way round. */
export const queryOf = <Shape extends z.ZodRawShape>(shape: Shape) =>
  // Whatever else the shape has, these two members are the period's, or not there.
  z.object(shape).refine((asked) => inOrder(asked as Period), ORDER_FAULT);

type Output<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>;

export type Period = Output<typeof period>;
export type SkillFilters = Output<typeof skillFilters>;
export type Score = (typeof SCORES)[number];
export type TimePage = Output<typeof timePage>;
export type StudentSkillPage = Output<typeof studentSkillPage>;
