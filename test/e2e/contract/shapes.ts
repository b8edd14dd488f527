import { z } from "zod";

/**
 * What API.md promises of every reply, written from it and from nothing in src: a field that is missing or renamed fails,
 * and so does one that nobody documented.
 */

const time = z.iso.datetime().regex(/Z$/);
const uuid = z.uuid();
const catalogId = z.int().positive();
const score = z.int().min(0).max(100);
const count = z.int().min(0);
const percent = z.number().min(0).max(100);
const zone = z.enum(["LEARNING", "REFINING", "CHALLENGE"]);

export const errorShape = z.strictObject({
  error: z.strictObject({ code: z.string(), message: z.string().min(1), details: z.unknown().optional() }),
  request_id: z.string(),
});

/** `details` of a 422. */
export const faultsShape = z.array(z.strictObject({ path: z.string(), message: z.string() })).min(1);

export const okShape = z.strictObject({ ok: z.literal(true) });

// Authentication

export const userShape = z.strictObject({
  id: uuid,
  email: z.email().nullable(),
  username: z.string().nullable(),
  full_name: z.string(),
  role: z.enum(["STUDENT", "TEACHER", "PARENT", "ADMIN"]),
  is_active: z.boolean(),
  time_zone: z.string().nullable(),
  profile: z
    .strictObject({ grade_level: z.int().min(-1).max(12).nullable(), school: z.string().nullable() })
    .nullable(),
  subscription: z.strictObject({ plan: z.enum(["FREE", "PREMIUM"]), is_active: z.boolean() }).nullable(),
});

export const tokensShape = z.strictObject({
  access_token: z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/),
  refresh_token: z.string().min(1),
  token_type: z.literal("bearer"),
  expires_in: z.int().positive(),
  user: userShape,
});

// Catalog

export const subjectShape = z.strictObject({ id: catalogId, slug: z.string(), title: z.string() });
export const gradeShape = z.strictObject({ id: catalogId, number: z.int().min(-1).max(12), title: z.string() });
export const topicShape = z.strictObject({
  id: catalogId,
  slug: z.string(),
  title: z.string(),
  description: z.string(),
  icon: z.string(),
  order: z.int(),
  is_published: z.literal(true),
});

const listedSkill = {
  id: catalogId,
  subject_id: catalogId,
  grade_id: catalogId,
  topic_id: catalogId.nullable(),
  topic_title: z.string().nullable(),
  code: z.string(),
  title: z.string(),
  difficulty: z.int().min(1).max(5),
  tags: z.array(z.string()),
  // Beyond the replaced service: a name for good, what standards it is of, and the skills that come before it.
  permacode: z.string().min(1),
  standards: z.array(z.string()),
  prerequisites: z.array(catalogId),
};

export const listedSkillShape = z.strictObject(listedSkill);
export const skillShape = z.strictObject({
  ...listedSkill,
  description: z.string(),
  example_url: z.string().nullable(),
  video_url: z.string().nullable(),
  is_published: z.literal(true),
});

export const skillStatsShape = z.strictObject({
  best_smartscore: score,
  last_smartscore: score,
  last_practiced_at: time.nullable(),
  total_questions: count,
  accuracy_percent: percent,
});

/** A list that is sent whole, or its first rows. */
export const wholeListOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ data: z.array(item), meta: z.strictObject({ truncated: z.literal(true) }).optional() });

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({
    data: z.array(item),
    meta: z.strictObject({ page: z.int().min(1), page_size: z.int().min(1).max(500), total: count }),
  });

// Practice

/** Of a question that was made from a template: the template, and its number in the session. */
const made = {
  _generator_id: z
    .string()
    .regex(/^[0-9a-f-]{36}:\d+$/)
    .optional(),
};
const choices = z.array(z.strictObject({ id: z.string(), text: z.string() })).min(2);
const question = { id: catalogId, skill_id: catalogId, prompt: z.string().min(1), level: z.int().min(1).max(5) };

const questionShape = z.discriminatedUnion("type", [
  z.strictObject({ ...question, type: z.literal("MCQ"), data: z.strictObject({ ...made, choices }) }),
  z.strictObject({ ...question, type: z.literal("MULTI_SELECT"), data: z.strictObject({ ...made, choices }) }),
  z.strictObject({
    ...question,
    type: z.literal("NUMERIC"),
    data: z.strictObject({
      ...made,
      tolerance: z.number().optional(),
      unit: z.string().optional(),
      min: z.number().optional(),
      max: z.number().optional(),
    }),
  }),
  z.strictObject({ ...question, type: z.literal("TEXT"), data: z.strictObject(made) }),
]);

/** What `state` holds is free, so long as it is an object and no answer key: nothing in it may be called like one. */
const stateShape = z
  .record(z.string(), z.unknown())
  .refine((state) => !/answer|correct_|choice|explanation|key/i.test(JSON.stringify(state)), "holds an answer key");

export const sessionShape = z
  .strictObject({
    id: uuid,
    skill_id: catalogId,
    started_at: time,
    finished_at: time.nullable(),
    finished_reason: z.enum(["FINISHED", "MASTERED", "EXPIRED"]).nullable(),
    questions_answered: count,
    correct_count: count,
    wrong_count: count,
    smartscore: score,
    time_elapsed_sec: count,
    state: stateShape,
    current_question: questionShape.nullable(),
    current_smartscore: score,
    best_smartscore: score,
    total_questions_answered: count,
    total_correct: count,
    total_incorrect: count,
    current_streak_correct: count,
    max_streak_correct: count,
    current_zone: zone,
    last_question_id: catalogId.nullable(),
    last_activity_at: time,
    active_time_seconds: count,
    inactivity_threshold_seconds: z.int().positive(),
  })
  .refine((session) => session.time_elapsed_sec === session.active_time_seconds, "time_elapsed_sec is another time")
  .refine((session) => session.current_smartscore === session.smartscore, "current_smartscore is another score")
  .refine(
    (session) => session.total_questions_answered === session.questions_answered,
    "total_questions_answered differs",
  )
  .refine((session) => session.total_correct === session.correct_count, "total_correct differs")
  .refine((session) => session.total_incorrect === session.wrong_count, "total_incorrect differs")
  .refine((session) => (session.finished_at === null) === (session.finished_reason === null), "half finished")
  .refine((session) => (session.finished_at === null) === (session.current_question !== null), "a question too many");

export const submitReplyShape = z.strictObject({
  is_correct: z.boolean(),
  explanation: z.string().min(1),
  correct_answer: z.string().min(1),
  correct_answer_data: z.record(z.string(), z.unknown()),
  score_change: z.strictObject({ delta: z.int(), reason: z.string(), message: z.string().min(1) }),
  session: sessionShape,
  next_question: questionShape.nullable(),
  finished: z.boolean(),
});

export const nextReplyShape = z.strictObject({ finished: z.boolean(), question: questionShape.nullable() });

export type Question = z.output<typeof questionShape>;
export type Session = z.output<typeof sessionShape>;

// Analytics

export const reportOf = <T extends z.ZodType>(data: T) =>
  z.strictObject({
    data,
    meta: z.strictObject({
      as_of: time.nullable(),
      period: z.strictObject({ from: z.iso.date().nullable(), to: z.iso.date().nullable() }),
      filters: z.record(z.string(), z.unknown()),
      next_cursor: z.string().optional(),
      truncated: z.literal(true).optional(),
    }),
  });

export const overviewShape = z.strictObject({
  total_time_sec: count,
  skills_practiced: count,
  avg_accuracy_percent: percent,
  total_questions_answered: count,
  total_skills_by_grade: z.record(z.string().regex(/^(-1|\d{1,2})$/), count),
});

export const practisedSkillShape = z.strictObject({
  skill_id: catalogId,
  skill_name: z.string(),
  grade_id: catalogId,
  grade_number: z.int(),
  topic_id: catalogId.nullable(),
  topic_title: z.string().nullable(),
  best_smartscore: score,
  last_smartscore: score,
  last_practiced_at: time,
  total_questions: count,
  accuracy_percent: percent,
  total_time_seconds: count,
});

export const answeredQuestionShape = z.strictObject({
  attempt_id: uuid,
  question_id: catalogId,
  skill_id: catalogId,
  question_prompt: z.string(),
  question_type: z.enum(["MCQ", "MULTI_SELECT", "NUMERIC", "TEXT"]),
  question_data: z.record(z.string(), z.unknown()),
  user_answer: z.string(),
  correct_answer: z.string(),
  is_correct: z.boolean(),
  answered_at: time,
  time_spent_seconds: count,
  smartscore_before: score,
  smartscore_after: score,
});

const loggedAttempt = z.strictObject({
  attempt_id: uuid,
  question_id: catalogId,
  question_level: z.int().min(1).max(5),
  question_payload: z.record(z.string(), z.unknown()),
  submitted_answer: z.record(z.string(), z.unknown()),
  is_correct: z.boolean(),
  mistake_type: z.string().nullable(),
  answered_at: time,
  time_spent_seconds_for_question: count,
  smartscore_before: score,
  smartscore_after: score,
  zone_before: zone,
  zone_after: zone,
  change_reason: z.enum(["zone", "level", "streak", "recent_accuracy"]),
  change_message: z.string().min(1),
});

export const questionsLogShape = z.strictObject({
  student_id: uuid,
  skill_id: catalogId,
  summary: z.strictObject({
    total_questions_answered: count,
    accuracy_percent: percent,
    total_time_seconds: count,
    last_smartscore: score,
    best_smartscore_all_time: score,
    last_practiced_at: time.nullable(),
  }),
  sessions: z.array(
    z.strictObject({
      session_id: uuid,
      started_at: time,
      finished_at: time.nullable(),
      current_smartscore: score,
      best_smartscore: score,
      active_time_seconds: count,
      attempts: z.array(loggedAttempt),
    }),
  ),
});
