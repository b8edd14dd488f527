import { z } from "../../http/zod.ts";
import { QUESTION_TYPES } from "../../practice/question.ts";
import { ZONES } from "../../practice/smartscore.ts";

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
    grade_number: z.int(),
    topic_id: z.int().nullable(),
    topic_title: z.string().nullable(),
    best_smartscore: score,
    last_smartscore: score,
    last_practiced_at: moment,
    total_questions: count,
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

export const exampleAnsweredQuestion = {
  attempt_id: "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c101",
  question_id: 1,
  skill_id: 1,
  question_prompt: "What is 7 × 8?",
  question_type: "MCQ" as const,
  question_data: EXAMPLE_CHOICES,
  user_answer: "54",
  correct_answer: "56",
  is_correct: false,
  answered_at: "2026-11-22T08:00:12.000Z",
  time_spent_seconds: 12,
  smartscore_before: 20,
  smartscore_after: 18,
};

const answeredQuestion = z
  .object({
    attempt_id: z.uuid(),
    question_id: z.int(),
    skill_id: z.int(),
    question_prompt: z.string(),
    question_type: z.enum(QUESTION_TYPES),
    question_data: json,
    user_answer: z.string().openapi({ description: "As text for display" }),
    correct_answer: z.string().openapi({ description: "As text for display" }),
    is_correct: z.boolean(),
    answered_at: moment,
    time_spent_seconds: z.int(),
    smartscore_before: score,
    smartscore_after: score,
  })
  .openapi("AnsweredQuestion", { example: exampleAnsweredQuestion });

export const answeredQuestions = z.array(answeredQuestion);

const exampleAttempt = {
  attempt_id: "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c101",
  question_id: 1,
  question_level: 2,
  question_payload: {
    id: 1,
    type: "MCQ" as const,
    prompt: "What is 7 × 8?",
    data: EXAMPLE_CHOICES,
    correct_answer: { choice: "B" },
    explanation: "7 × 8 is 7 × 7 and one more 7: 49 + 7 = 56.",
  },
  submitted_answer: { choice: "A" },
  is_correct: false,
  mistake_type: "wrong_choice",
  answered_at: "2026-11-22T08:00:12.000Z",
  time_spent_seconds_for_question: 12,
  smartscore_before: 20,
  smartscore_after: 18,
  zone_before: "LEARNING" as const,
  zone_after: "LEARNING" as const,
  change_reason: "zone",
  change_message: "−2: mistakes cost little while you are learning.",
};

const loggedAttempt = z
  .object({
    attempt_id: z.uuid(),
    question_id: z.int(),
    question_level: z.int().min(1).max(5),
    question_payload: z
      .object({
        id: z.int(),
        type: z.enum(QUESTION_TYPES),
        prompt: z.string(),
        data: json,
        correct_answer: json.openapi({ description: "The key" }),
        explanation: z.string(),
      })
      .openapi({ description: "The question as it stood when it was answered, with its key" }),
    submitted_answer: json.openapi({ description: "As it was submitted" }),
    is_correct: z.boolean(),
    mistake_type: z.string().nullable(),
    answered_at: moment,
    time_spent_seconds_for_question: z.int(),
    smartscore_before: score,
    smartscore_after: score,
    zone_before: zone,
    zone_after: zone,
    change_reason: z.string().openapi({
      description: "What mainly decided how far the score moved: `zone`, `level`, `streak`, `recent_accuracy`",
    }),
    change_message: z.string().openapi({ description: "The same as the student read it" }),
  })
  .openapi("LoggedAttempt", { example: exampleAttempt });

const exampleSession = {
  session_id: "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001",
  started_at: "2026-11-22T08:00:00.000Z",
  finished_at: null,
  current_smartscore: 18,
  best_smartscore: 20,
  active_time_seconds: 90,
  attempts: [exampleAttempt],
};

const loggedSession = z
  .object({
    session_id: z.uuid(),
    started_at: moment,
    finished_at: moment.nullable(),
    current_smartscore: score,
    best_smartscore: score,
    active_time_seconds: activeSeconds,
    attempts: z.array(loggedAttempt).openapi({ description: "Those in this page, in the order of practice" }),
  })
  .openapi("LoggedSession", { example: exampleSession });

export const exampleQuestionsLog = {
  student_id: "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c002",
  skill_id: 1,
  summary: {
    total_questions_answered: 3,
    accuracy_percent: 66.7,
    total_time_seconds: 90,
    last_smartscore: 18,
    best_smartscore_all_time: 20,
    last_practiced_at: "2026-11-22T08:01:30.000Z",
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
        last_smartscore: score,
        best_smartscore_all_time: score.openapi({ description: "Whatever the period is" }),
        last_practiced_at: moment.nullable(),
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
