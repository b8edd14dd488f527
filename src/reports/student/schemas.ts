import { EXAMPLE_STUDENT_ID } from "../../classrooms/schemas.ts";
import { z } from "../../http/zod.ts";
import { QUESTION_TYPES } from "../../practice/question.ts";
import { initialScore, type ScoreState, scoreAnswer, ZONES, zoneOf } from "../../practice/smartscore.ts";

const moment = z.iso.datetime();
const score = z.int().min(0).max(100);
const percent = z
  .number()
  .min(0)
  .max(100)
  .openapi({ description: "Right answers, in percent, to one decimal; 0 without answers" });
const activeSeconds = z.int().openapi({ description: "Active time in whole seconds" });
const count = z.int().min(0);
const zone = z.enum(ZONES);
const json = z.record(z.string(), z.unknown());
const claimedSeconds = z
  .int()
  .openapi({ description: "What the client says that it took, at most what the server saw go by" });
const scoreBefore = score.openapi({ description: "The SmartScore before the answer" });
const scoreAfter = score.openapi({ description: "The SmartScore after it" });
const questionDataAsAsked = json.openapi({ description: "As it was asked: choices, unit and such" });

export const exampleOverview = {
  total_time_sec: 5_400,
  skills_practiced: 3,
  avg_accuracy_percent: 83.3,
  total_questions_answered: 120,
  total_skills_by_grade: { "4": 1, "5": 2 },
};

export const overview = z
  .object({
    total_time_sec: activeSeconds,
    skills_practiced: count.openapi({ description: "Skills with at least one answer" }),
    avg_accuracy_percent: percent.openapi({ description: "Right answers of all answers, in percent, to one decimal" }),
    total_questions_answered: count,
    total_skills_by_grade: z
      .record(z.string(), count)
      .openapi({ description: "Skills with at least one answer, by the number of their grade" }),
  })
  .openapi("AnalyticsOverview", { example: exampleOverview });

export const examplePractisedSkill = {
  skill_id: 1,
  skill_name: "Multiply whole numbers",
  grade_id: 7,
  grade_number: 5,
  topic_id: 1,
  topic_title: "Multiplication and division",
  best_smartscore: 84,
  last_smartscore: 80,
  last_practiced_at: "2026-11-22T08:01:30.000Z",
  total_questions: 32,
  accuracy_percent: 87.5,
  total_time_seconds: 960,
};

const practisedSkill = z
  .object({
    skill_id: z.int(),
    skill_name: z.string(),
    grade_id: z.int(),
    grade_number: z.int().openapi({ description: "−1 is Pre-K, 0 is Kindergarten" }),
    topic_id: z.int().nullable().openapi({ description: "Null where the skill is in no topic" }),
    topic_title: z.string().nullable().openapi({ description: "Null where the skill is in no topic" }),
    best_smartscore: score.openapi({ description: "The highest of all sessions, or of the period" }),
    last_smartscore: score.openapi({ description: "Where the last answer led to" }),
    last_practiced_at: moment.openapi({ description: "The last activity" }),
    total_questions: count.openapi({ description: "Questions answered" }),
    accuracy_percent: percent,
    total_time_seconds: activeSeconds,
  })
  .openapi("PractisedSkill", { example: examplePractisedSkill });

export const practisedSkills = z.array(practisedSkill);

const EXAMPLE_CHOICES = {
  choices: [
    { id: "A", text: "54" },
    { id: "B", text: "56" },
    { id: "C", text: "64" },
  ],
};

/** What a new student's first two answers at level 2 come to, a right and a wrong one. */
const START = initialScore();
const RIGHT = scoreAnswer(START, { correct: true, level: 2 });
const WRONG = scoreAnswer(RIGHT.state, { correct: false, level: 2 });

const EXAMPLE_ATTEMPT_ID = "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c101";

export const exampleAnsweredQuestion = {
  attempt_id: EXAMPLE_ATTEMPT_ID,
  question_id: 1,
  skill_id: 1,
  question_prompt: "What is 7 × 8?",
  question_type: "MCQ" as const,
  question_data: EXAMPLE_CHOICES,
  user_answer: "56",
  correct_answer: "56",
  is_correct: true,
  answered_at: "2026-11-22T08:00:12.000Z",
  time_spent_seconds: 12,
  smartscore_before: START.score,
  smartscore_after: RIGHT.state.score,
};

const answeredQuestion = z
  .object({
    attempt_id: z.uuid(),
    question_id: z.int(),
    skill_id: z.int(),
    question_prompt: z.string(),
    question_type: z.enum(QUESTION_TYPES),
    question_data: questionDataAsAsked,
    user_answer: z.string().openapi({ description: "As text for display" }),
    correct_answer: z.string().openapi({ description: "As text for display" }),
    is_correct: z.boolean(),
    answered_at: moment,
    time_spent_seconds: claimedSeconds,
    smartscore_before: scoreBefore,
    smartscore_after: scoreAfter,
  })
  .openapi("AnsweredQuestion", { example: exampleAnsweredQuestion });

export const answeredQuestions = z.array(answeredQuestion);

const exampleRightAttempt = {
  attempt_id: EXAMPLE_ATTEMPT_ID,
  question_id: 1,
  question_level: 2,
  question_payload: {
    id: 1,
    type: "MCQ" as const,
    prompt: "What is 7 × 8?",
    data: EXAMPLE_CHOICES,
    correct_answer: { choice: "B" },
    explanation: "Start from a fact you know: 7 × 7 = 49. One more seven makes 49 + 7 = 56.",
  },
  submitted_answer: { choice: "B" },
  is_correct: true,
  mistake_type: null,
  answered_at: "2026-11-22T08:00:12.000Z",
  time_spent_seconds_for_question: 12,
  ...scored(START, RIGHT),
};

const exampleWrongAttempt = {
  attempt_id: "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c102",
  question_id: 2,
  question_level: 2,
  question_payload: {
    id: 2,
    type: "NUMERIC" as const,
    prompt: "What is 12 × 9?",
    data: {},
    correct_answer: { value: 108 },
    explanation: "Split 12 into 10 and 2. Then 10 × 9 = 90 and 2 × 9 = 18, and together 90 + 18 = 108.",
  },
  submitted_answer: { value: "109" },
  is_correct: false,
  mistake_type: "off_by_one",
  answered_at: "2026-11-22T08:00:40.000Z",
  time_spent_seconds_for_question: 28,
  ...scored(RIGHT.state, WRONG),
};

function scored(before: ScoreState, { state, change }: ReturnType<typeof scoreAnswer>) {
  return {
    smartscore_before: before.score,
    smartscore_after: state.score,
    zone_before: zoneOf(before.score),
    zone_after: zoneOf(state.score),
    change_reason: change.reason,
    change_message: change.message,
  };
}

const loggedAttempt = z
  .object({
    attempt_id: z.uuid(),
    question_id: z.int(),
    question_level: z.int().min(1).max(5).openapi({ description: "How hard it was, 1 the easiest" }),
    question_payload: z
      .object({
        id: z.int(),
        type: z.enum(QUESTION_TYPES),
        prompt: z.string(),
        data: questionDataAsAsked,
        correct_answer: json.openapi({ description: "The key" }),
        explanation: z.string(),
      })
      .openapi({ description: "The question as it stood when it was answered, with its key" }),
    submitted_answer: json.openapi({ description: "As it was submitted" }),
    is_correct: z.boolean(),
    mistake_type: z
      .string()
      .nullable()
      .openapi({ description: "In what way it is wrong, such as `wrong_choice` or `off_by_one`; null of a right one" }),
    answered_at: moment,
    time_spent_seconds_for_question: claimedSeconds,
    smartscore_before: scoreBefore,
    smartscore_after: scoreAfter,
    zone_before: zone.openapi({ description: "The zone of the SmartScore before" }),
    zone_after: zone.openapi({ description: "The zone of the SmartScore after" }),
    change_reason: z.string().openapi({
      description: "What mainly decided how far the score moved: `zone`, `level`, `streak`, `recent_accuracy`",
    }),
    change_message: z.string().openapi({ description: "The same as the student read it" }),
  })
  .openapi("LoggedAttempt", { example: exampleWrongAttempt });

const exampleSession = {
  session_id: "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001",
  started_at: "2026-11-22T08:00:00.000Z",
  finished_at: null,
  current_smartscore: WRONG.state.score,
  best_smartscore: RIGHT.state.score,
  active_time_seconds: 40,
  attempts: [exampleRightAttempt, exampleWrongAttempt],
};

const loggedSession = z
  .object({
    session_id: z.uuid(),
    started_at: moment,
    finished_at: moment.nullable().openapi({ description: "Null while it goes on" }),
    current_smartscore: score.openapi({ description: "Where its last answer led to" }),
    best_smartscore: score.openapi({ description: "Its highest" }),
    active_time_seconds: activeSeconds,
    attempts: z.array(loggedAttempt).openapi({ description: "Those in this page, in the order of practice" }),
  })
  .openapi("LoggedSession", { example: exampleSession });

export const exampleQuestionsLog = {
  student_id: EXAMPLE_STUDENT_ID,
  skill_id: 1,
  summary: {
    total_questions_answered: 2,
    accuracy_percent: 50,
    total_time_seconds: 40,
    last_smartscore: WRONG.state.score,
    best_smartscore_all_time: RIGHT.state.score,
    last_practiced_at: "2026-11-22T08:00:40.000Z",
  },
  sessions: [exampleSession],
};

export const questionsLog = z
  .object({
    student_id: z.uuid(),
    skill_id: z.int(),
    summary: z
      .object({
        total_questions_answered: count,
        accuracy_percent: percent,
        total_time_seconds: activeSeconds,
        last_smartscore: score.openapi({ description: "Where the last answer led to; 0 without answers" }),
        best_smartscore_all_time: score.openapi({
          description: "The highest ever, whatever the period; 0 without answers",
        }),
        last_practiced_at: moment.nullable().openapi({ description: "Null without practice" }),
      })
      .openapi({ description: "Of the whole period, whatever the page is" }),
    sessions: z.array(loggedSession).openapi({ description: "Those with attempts in this page, the newest first" }),
  })
  .openapi("QuestionsLog", { example: exampleQuestionsLog });

export type OverviewDto = z.infer<typeof overview>;
export type PractisedSkillDto = z.infer<typeof practisedSkill>;
export type AnsweredQuestionDto = z.infer<typeof answeredQuestion>;
export type LoggedAttemptDto = z.infer<typeof loggedAttempt>;
export type LoggedSessionDto = z.infer<typeof loggedSession>;
export type QuestionsLogDto = z.infer<typeof questionsLog>;
