import { FINISHED_REASONS } from "../db/tables/practice.ts";
import { rowId, uuidParam } from "../http/fields.ts";
import { unstorable } from "../http/storable.ts";
import { z } from "../http/zod.ts";
import { QUESTION_TYPES } from "./question.ts";
import { CHANGE_REASONS, initialScore, scoreAnswer, targetLevels, ZONES, zoneOf } from "./smartscore.ts";

const EXAMPLE_SESSION_ID = "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001";

/** What the document says that a question's `data` holds; it is sent as the catalog has it. */
const questionData = z.record(z.string(), z.unknown()).openapi({
  description: "MCQ and MULTI_SELECT have `choices`; NUMERIC may have the rest.",
  properties: {
    choices: {
      type: "array",
      items: {
        type: "object",
        properties: { id: { type: "string", description: "What an answer names it by" }, text: { type: "string" } },
        required: ["id", "text"],
      },
    },
    tolerance: { type: "number", description: "How far off an answer may be" },
    unit: { type: "string", description: "To show beside the field; an answer may have it or not" },
    min: { type: "number", description: "For the field: an answer below it is wrong, not refused" },
    max: { type: "number", description: "The same above it" },
  },
});

const questionSchema = z
  .object({
    id: z.int().positive().openapi({ description: "Of a question that a template made: from 1,000,000,000 on" }),
    skill_id: z.int().positive(),
    type: z.enum(QUESTION_TYPES).openapi({ description: "Which form its answer has: see `submitted_answer`" }),
    prompt: z.string().openapi({ description: "Plain text" }),
    data: questionData,
    level: z.int().min(1).max(5).openapi({ description: "How hard it is, 1 the easiest" }),
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

const zoneSchema = z
  .enum(ZONES)
  .openapi({ description: "By the SmartScore: LEARNING below 70, REFINING from 70, CHALLENGE from 90" });

/** What a new student's first answer comes to, a right one at level 2. */
const { state: exampleScore, change: exampleChange } = scoreAnswer(initialScore(), { correct: true, level: 2 });

const exampleSession = {
  id: EXAMPLE_SESSION_ID,
  skill_id: 1,
  started_at: "2026-11-22T08:00:00.000Z",
  finished_at: null,
  finished_reason: null,
  questions_answered: 1,
  correct_count: 1,
  wrong_count: 0,
  smartscore: exampleScore.score,
  time_elapsed_sec: 12,
  state: {
    zone: zoneOf(exampleScore.score),
    target_levels: [...targetLevels(exampleScore.score)],
    recent_accuracy: exampleScore.recentAccuracy,
  },
  current_question: exampleQuestion,
  current_smartscore: exampleScore.score,
  best_smartscore: exampleScore.score,
  total_questions_answered: 1,
  total_correct: 1,
  total_incorrect: 0,
  current_streak_correct: exampleScore.streak,
  max_streak_correct: exampleScore.streak,
  current_zone: zoneOf(exampleScore.score),
  last_question_id: 1,
  last_activity_at: "2026-11-22T08:00:12.000Z",
  active_time_seconds: 12,
  inactivity_threshold_seconds: 240,
};

const same = (as: string) => ({ description: `The same as \`${as}\`` });

export const sessionSchema = z
  .object({
    id: z.uuid().openapi({ description: "A guest's is the only key to it" }),
    skill_id: z.int().positive(),
    started_at: z.iso.datetime(),
    finished_at: z.iso.datetime().nullable().openapi({ description: "Null while it goes on" }),
    finished_reason: z
      .enum(FINISHED_REASONS)
      .nullable()
      .openapi({ description: "Null while it goes on. EXPIRED: 24 hours without activity, unless set otherwise" }),
    questions_answered: z.int(),
    correct_count: z.int(),
    wrong_count: z.int(),
    smartscore: z.int().min(0).max(100).openapi({ description: "How well the skill is mastered, now" }),
    time_elapsed_sec: z.int().openapi(same("active_time_seconds")),
    state: z
      .object({
        zone: zoneSchema,
        target_levels: z.array(z.int()).openapi({ description: "Levels of the questions to ask, the usual one first" }),
        recent_accuracy: z
          .number()
          .openapi({ description: "Share of right answers, 0 to 1, to which the newest add the most" }),
      })
      .openapi({ description: "What the next question and the next change of the score depend on" }),
    current_question: questionOrNone.openapi({ description: "The one to answer; null once it is finished" }),
    current_smartscore: z.int().openapi(same("smartscore")),
    best_smartscore: z.int().openapi({ description: "The highest of this session" }),
    total_questions_answered: z.int().openapi(same("questions_answered")),
    total_correct: z.int().openapi(same("correct_count")),
    total_incorrect: z.int().openapi(same("wrong_count")),
    current_streak_correct: z.int().openapi({ description: "Right answers in a row, up to the last answer" }),
    max_streak_correct: z.int().openapi({ description: "The longest such row of this session" }),
    current_zone: zoneSchema,
    last_question_id: z
      .int()
      .nullable()
      .openapi({ description: "The last one answered; null before the first answer" }),
    last_activity_at: z.iso.datetime(),
    active_time_seconds: z.int().openapi({ description: "Practice that counts, by the server's clock" }),
    inactivity_threshold_seconds: z.int().openapi({ description: "The most that counts between two requests" }),
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
        choice: { type: "string", description: "MCQ: a choice's `id`" },
        choices: { type: "array", items: { type: "string" }, description: "MULTI_SELECT: the `id` of each" },
        value: { type: ["number", "string"], description: "NUMERIC: a number, or one as people write it: 1/2, 1,200" },
        text: { type: "string", description: "TEXT; case and spaces around it do not matter" },
        answer: { type: "string", description: "TEXT: the same under another name" },
      },
      description:
        'MCQ: {"choice": "A"}; MULTI_SELECT: {"choices": ["A", "C"]}; NUMERIC: {"value": 42}, a number or a numeral; TEXT: {"text": "…"} or {"answer": "…"}.',
    }),
    time_spent_sec: z
      .number()
      .min(0)
      .max(3600)
      .openapi({ description: "What the client claims, shown with the answer; active time is the server's" }),
  })
  .openapi("SubmitAnswer", {
    example: { question_id: 1, submitted_answer: { choice: "B" }, time_spent_sec: 12 },
  });

export const submitReplySchema = z
  .object({
    is_correct: z.boolean(),
    explanation: z.string().openapi({ description: "The way to the answer, in plain text" }),
    correct_answer: z.string().openapi({ description: "As text for display" }),
    correct_answer_data: z
      .record(z.string(), z.unknown())
      .openapi({ description: "The key, in the form of `submitted_answer`" }),
    score_change: z
      .object({
        delta: z.int().openapi({ description: "How far the SmartScore moved, down below 0" }),
        reason: z.enum(CHANGE_REASONS).openapi({ description: "What mainly decided how far" }),
        message: z.string().openapi({ description: "One sentence that says so to a student" }),
      })
      .openapi({ description: "What the answer did to the SmartScore" }),
    session: sessionSchema,
    next_question: questionOrNone.openapi({ description: "The one to answer now; null when the session is finished" }),
    finished: z.boolean().openapi({ description: "Whether this answer led to 100, which ends the session" }),
  })
  .openapi("SubmitReply", {
    example: {
      is_correct: true,
      explanation: "Start from a fact you know: 7 × 7 = 49. One more seven makes 49 + 7 = 56.",
      correct_answer: "56",
      correct_answer_data: { choice: "B" },
      score_change: exampleChange,
      session: exampleSession,
      next_question: exampleQuestion,
      finished: false,
    },
  });

export type SubmitReply = z.infer<typeof submitReplySchema>;

export const nextBody = z
  .object({
    skip: z
      .boolean()
      .default(false)
      .openapi({ description: "Puts another question in place of the current one, which then is not answered" }),
  })
  .openapi("NextQuestion", { example: { skip: false } });

export const nextReplySchema = z
  .object({
    finished: z.boolean().openapi({ description: "Whether the session is over" }),
    question: questionOrNone.openapi({ description: "The one to answer; null when the session is over" }),
  })
  .openapi("NextReply", { example: { finished: false, question: exampleQuestion } });

export type NextReply = z.infer<typeof nextReplySchema>;

export const heartbeatBody = z
  .object({
    is_active: z
      .boolean()
      .default(true)
      .openapi({ description: "If this or one of the next two is false, no time counts" }),
    focus: z.boolean().default(true).openapi({ description: "Whether the page is in front" }),
    interaction: z.boolean().default(true).openapi({ description: "Whether anything was pressed or moved" }),
    client_ts: z
      .union([z.string().max(64), z.number()])
      .nullish()
      .openapi({ description: "The client's clock; nothing depends on it" }),
  })
  .openapi("Heartbeat", { example: { is_active: true, focus: true, interaction: true } });

export const sessionParams = z.object({ id: uuidParam("id", "session", EXAMPLE_SESSION_ID) });
