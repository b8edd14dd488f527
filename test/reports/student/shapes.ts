import { z } from "zod";

/** What API.md promises, to the letter: a missing field fails, and so does one too many. */
const moment = z.iso.datetime({ precision: 3 });
const score = z.int().min(0).max(100);
const percent = z.number().min(0).max(100).multipleOf(0.1);
const count = z.int().min(0);
const json = z.record(z.string(), z.unknown());
const zone = z.enum(["LEARNING", "REFINING", "CHALLENGE"]);
const type = z.enum(["MCQ", "MULTI_SELECT", "NUMERIC", "TEXT"]);

const meta = z.strictObject({
  as_of: moment.nullable(),
  period: z.strictObject({ from: z.iso.date().nullable(), to: z.iso.date().nullable() }),
  filters: json,
  next_cursor: z.string().optional(),
  truncated: z.literal(true).optional(),
});

const reportOf = <T extends z.ZodType>(data: T) => z.strictObject({ data, meta });

export const overviewReply = reportOf(
  z.strictObject({
    total_time_sec: count,
    skills_practiced: count,
    avg_accuracy_percent: percent,
    total_questions_answered: count,
    total_skills_by_grade: z.record(z.string().regex(/^(-1|\d+)$/), z.int().min(1)),
  }),
);

export const skillsReply = reportOf(
  z.array(
    z.strictObject({
      skill_id: z.int(),
      skill_name: z.string(),
      grade_id: z.int(),
      grade_number: z.int().min(-1).max(12),
      topic_id: z.int().nullable(),
      topic_title: z.string().nullable(),
      best_smartscore: score,
      last_smartscore: score,
      last_practiced_at: moment,
      total_questions: z.int().min(1),
      accuracy_percent: percent,
      total_time_seconds: count,
    }),
  ),
);

export const allQuestionsReply = reportOf(
  z.array(
    z.strictObject({
      attempt_id: z.uuid({ version: "v7" }),
      question_id: z.int(),
      skill_id: z.int(),
      question_prompt: z.string(),
      question_type: type,
      question_data: json,
      user_answer: z.string(),
      correct_answer: z.string(),
      is_correct: z.boolean(),
      answered_at: moment,
      time_spent_seconds: count,
      smartscore_before: score,
      smartscore_after: score,
    }),
  ),
);

const attempt = z.strictObject({
  attempt_id: z.uuid({ version: "v7" }),
  question_id: z.int(),
  question_level: z.int().min(1).max(5),
  question_payload: z.strictObject({
    id: z.int(),
    type,
    prompt: z.string(),
    data: json,
    correct_answer: json,
    explanation: z.string(),
  }),
  submitted_answer: json,
  is_correct: z.boolean(),
  mistake_type: z.string().nullable(),
  answered_at: moment,
  time_spent_seconds_for_question: count,
  smartscore_before: score,
  smartscore_after: score,
  zone_before: zone,
  zone_after: zone,
  change_reason: z.enum(["zone", "level", "streak", "recent_accuracy"]),
  change_message: z.string().min(1),
});

export const logReply = reportOf(
  z.strictObject({
    student_id: z.uuid(),
    skill_id: z.int(),
    summary: z.strictObject({
      total_questions_answered: count,
      accuracy_percent: percent,
      total_time_seconds: count,
      last_smartscore: score,
      best_smartscore_all_time: score,
      last_practiced_at: moment.nullable(),
    }),
    sessions: z.array(
      z.strictObject({
        session_id: z.uuid(),
        started_at: moment,
        finished_at: moment.nullable(),
        current_smartscore: score,
        best_smartscore: score,
        active_time_seconds: count,
        attempts: z.array(attempt).min(1),
      }),
    ),
  }),
);

export const statsReply = z.strictObject({
  data: z.strictObject({
    best_smartscore: score,
    last_smartscore: score,
    last_practiced_at: moment.nullable(),
    total_questions: count,
    accuracy_percent: percent,
  }),
});

export type LogReply = z.output<typeof logReply>;
