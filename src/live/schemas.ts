import { z } from "../http/zod.ts";
import { ZONES } from "../practice/smartscore.ts";
import { LIVE_STATUSES } from "./activity.ts";

const liveStudent = z
  .object({
    student_id: z.uuid(),
    full_name: z.string(),
    status: z.enum(LIVE_STATUSES).openapi({
      description:
        "OFFLINE: no open session, or nothing for 5 minutes. NEEDS_HELP: 4 wrong in a row, or 15 below the session's best. " +
        "IDLE: nothing for 60 seconds. Else ACTIVE",
    }),
    session_id: z.uuid().nullable().openapi({ description: "Of what they are at, or were at last; null before that" }),
    skill_id: z.int().nullable().openapi({ description: "Null without a session" }),
    questions_answered: z.int().openapi({ description: "In this session" }),
    correct: z.int().openapi({ description: "Right answers in this session" }),
    incorrect: z.int().openapi({ description: "Wrong answers in this session" }),
    smartscore: z.int().min(0).max(100).nullable().openapi({ description: "Null without a session" }),
    zone: z.enum(ZONES).nullable().openapi({ description: "Of the SmartScore; null without a session" }),
    last_activity_at: z.iso.datetime().nullable().openapi({ description: "Null without a session" }),
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
  .object({
    at: z.iso.datetime().openapi({ description: "As of when", example: "2026-11-22T08:00:15.000Z" }),
    students: z.array(liveStudent),
  })
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
