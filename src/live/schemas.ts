import { z } from "../http/zod.ts";
import { ZONES } from "../practice/smartscore.ts";
import { LIVE_STATUSES } from "./activity.ts";

const liveStudent = z
  .object({
    student_id: z.uuid(),
    full_name: z.string(),
    status: z.enum(LIVE_STATUSES),
    session_id: z.uuid().nullable().openapi({ description: "Of what they are at, or were at last; null before that" }),
    skill_id: z.int().nullable(),
    questions_answered: z.int(),
    correct: z.int(),
    incorrect: z.int(),
    smartscore: z.int().min(0).max(100).nullable(),
    zone: z.enum(ZONES).nullable(),
    last_activity_at: z.iso.datetime().nullable(),
  })
  .openapi("LiveStudent", {
    example: {
      student_id: "0190a0de-0000-7000-8000-000000000003",
      full_name: "Sam Student",
      status: "ACTIVE",
      session_id: "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001",
      skill_id: 1,
      questions_answered: 12,
      correct: 9,
      incorrect: 3,
      smartscore: 64,
      zone: "LEARNING",
      last_activity_at: "2026-11-22T08:00:12.000Z",
    },
  });

/** One student of a class as its teachers see them now. */
export type LiveStudent = z.output<typeof liveStudent>;

export const liveSnapshot = z
  .object({ at: z.iso.datetime().openapi({ example: "2026-11-22T08:00:15.000Z" }), students: z.array(liveStudent) })
  .openapi("LiveSnapshot");

export type LiveSnapshot = z.output<typeof liveSnapshot>;

export const liveQuery = z.object({
  format: z
    .enum(["json", "csv"])
    .optional()
    .openapi({ description: "JSON unless `Accept` would rather have `text/csv`", example: "json" }),
});

/** The columns of the CSV, in their order. */
export const LIVE_COLUMNS = Object.keys(liveStudent.shape) as readonly (keyof LiveStudent)[];
