import { FINISHED_REASONS } from "../db/tables/practice.ts";
import { rowId, uuidParam } from "../http/fields.ts";
import { unstorable } from "../http/storable.ts";
import { z } from "../http/zod.ts";
import { QUESTION_TYPES } from "./question.ts";
import { CHANGE_REASONS, ZONES } from "./smartscore.ts";

const EXAMPLE_SESSION_ID = "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001";

/** What the document says that a question's `data` holds; it is sent as the catalog has it. */
const questionData = z.record(z.string(), z.unknown()).openapi({
  description: "MCQ and MULTI_SELECT have `choices`; NUMERIC may have the rest.",
  properties: {
    choices: {
      type: "array",
      items: {
        type: "object",
        properties: { id: { type: "string" }, text: { type: "string" } },
        required: ["id", "text"],
      },
    },
    tolerance: { type: "number", description: "How far off an answer may be" },
    unit: { type: "string" },
    min: { type: "number" },
    max: { type: "number" },
  },
});

const questionSchema = z
  .object({
    id: z.int().positive(),
    skill_id: z.int().positive(),
    type: z.enum(QUESTION_TYPES),
    prompt: z.string(),
    data: questionData,
    level: z.int().min(1).max(5),
  })
  .openapi("Question", {
    example: {
      id: 1,
      skill_id: 1,
      type: "MCQ",
      prompt: "What is 7 × 8?",
      data: {
        choices: [
          { id: "A", text: "54" },
          { id: "B", text: "56" },
          { id: "C", text: "64" },
        ],
      },
      level: 2,
    },
  });

/** A union, for `nullable()` would make every question of the document one that may be null. */
const questionOrNone = z.union([questionSchema, z.null()]);

const exampleQuestion = {
  id: 2,
  skill_id: 1,
  type: "NUMERIC" as const,
  prompt: "What is 12 × 9?",
  data: {},
  level: 2,
};

const zoneSchema = z.enum(ZONES);

const exampleSession = {
  id: EXAMPLE_SESSION_ID,
  skill_id: 1,
  started_at: "2026-11-22T08:00:00.000Z",
  finished_at: null,
  finished_reason: null,
  questions_answered: 1,
  correct_count: 1,
  wrong_count: 0,
  smartscore: 10,
  time_elapsed_sec: 12,
  state: { zone: "LEARNING" as const, target_levels: [2], recent_accuracy: 0.775 },
  current_question: exampleQuestion,
  current_smartscore: 10,
  best_smartscore: 10,
  total_questions_answered: 1,
  total_correct: 1,
  total_incorrect: 0,
  current_streak_correct: 1,
  max_streak_correct: 1,
  current_zone: "LEARNING" as const,
  last_question_id: 1,
  last_activity_at: "2026-11-22T08:00:12.000Z",
  active_time_seconds: 12,
  inactivity_threshold_seconds: 240,
};

export const sessionSchema = z
  .object({
    id: z.uuid(),
    skill_id: z.int().positive(),
    started_at: z.iso.datetime(),
    finished_at: z.iso.datetime().nullable(),
    finished_reason: z.enum(FINISHED_REASONS).nullable(),
    questions_answered: z.int(),
    correct_count: z.int(),
    wrong_count: z.int(),
    smartscore: z.int().min(0).max(100),
    time_elapsed_sec: z.int(),
    state: z.object({
      zone: zoneSchema,
      target_levels: z.array(z.int()),
      recent_accuracy: z.number(),
    }),
    current_question: questionOrNone,
    current_smartscore: z.int(),
    best_smartscore: z.int(),
    total_questions_answered: z.int(),
    total_correct: z.int(),
    total_incorrect: z.int(),
    current_streak_correct: z.int(),
    max_streak_correct: z.int(),
    current_zone: zoneSchema,
    last_question_id: z.int().nullable(),
    last_activity_at: z.iso.datetime(),
    active_time_seconds: z.int(),
    inactivity_threshold_seconds: z.int(),
  })
  .openapi("PracticeSession", { example: exampleSession });

export type SessionView = z.infer<typeof sessionSchema>;

export const startBody = z.object({ skill_id: rowId }).openapi("StartPractice", { example: { skill_id: 1 } });

/** Far more than any answer takes; what is kept of it goes into one row. */
const MAX_ANSWER_CHARACTERS = 4_000;

const answerSchema = z
  .record(z.string(), z.unknown())
  .superRefine((answer, context) => {
    // What cannot be kept, and may be too deep to be written as text, is the router's to name.
    if (unstorable(answer).length > 0) return;
    if (JSON.stringify(answer).length > MAX_ANSWER_CHARACTERS) {
      context.addIssue(`an answer may have ${MAX_ANSWER_CHARACTERS} characters at most`);
    }
  })
  .openapi({ example: { choice: "B" } });

/** What `data._generator_id` holds of a question that a template made: the template's id, and which of its questions. */
const generatorId = z.string().regex(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}:\d{1,9}$/);

export const submitBody = z
  .object({
    question_id: z.union([z.int().positive(), generatorId]).openapi({
      description: "The question's `id` or, where it has one, its `data._generator_id`",
    }),
    submitted_answer: answerSchema.openapi({
      properties: {
        choice: { type: "string" },
        choices: { type: "array", items: { type: "string" } },
        value: { type: ["number", "string"] },
        text: { type: "string" },
        answer: { type: "string" },
      },
      description:
        'MCQ: {"choice": "A"}; MULTI_SELECT: {"choices": ["A", "C"]}; NUMERIC: {"value": 42}, a number or a numeral; TEXT: {"text": "…"} or {"answer": "…"}.',
    }),
    time_spent_sec: z.number().min(0).max(3600),
  })
  .openapi("SubmitAnswer", {
    example: { question_id: 1, submitted_answer: { choice: "B" }, time_spent_sec: 12 },
  });

export const submitReplySchema = z
  .object({
    is_correct: z.boolean(),
    explanation: z.string(),
    correct_answer: z.string(),
    correct_answer_data: z.record(z.string(), z.unknown()),
    score_change: z.object({
      delta: z.int(),
      reason: z.enum(CHANGE_REASONS),
      message: z.string(),
    }),
    session: sessionSchema,
    next_question: questionOrNone,
    finished: z.boolean(),
  })
  .openapi("SubmitReply", {
    example: {
      is_correct: true,
      explanation: "7 × 8 is 7 × 7 and one more 7: 49 + 7 = 56.",
      correct_answer: "56",
      correct_answer_data: { choice: "B" },
      score_change: {
        delta: 10,
        reason: "zone",
        message: "+10: right answers count a lot while you are learning.",
      },
      session: exampleSession,
      next_question: exampleQuestion,
      finished: false,
    },
  });

export type SubmitReply = z.infer<typeof submitReplySchema>;

export const nextBody = z.object({ skip: z.boolean().default(false) }).openapi("NextQuestion", {
  example: { skip: false },
});

export const nextReplySchema = z
  .object({ finished: z.boolean(), question: questionOrNone })
  .openapi("NextReply", { example: { finished: false, question: exampleQuestion } });

export type NextReply = z.infer<typeof nextReplySchema>;

export const heartbeatBody = z
  .object({
    is_active: z.boolean().default(true),
    focus: z.boolean().default(true),
    interaction: z.boolean().default(true),
    client_ts: z.union([z.string().max(64), z.number()]).nullish(),
  })
  .openapi("Heartbeat", { example: { is_active: true, focus: true, interaction: true } });

export const sessionParams = z.object({ id: uuidParam("id", "session", EXAMPLE_SESSION_ID) });
