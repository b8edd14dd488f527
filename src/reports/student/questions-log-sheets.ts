import { answerText } from "../../practice/question.ts";
import { sheetReading } from "../kit/sheet.ts";
import type { LoggedAttemptDto, LoggedSessionDto, QuestionsLogDto } from "./schemas.ts";

type LoggedRow = { readonly session: LoggedSessionDto; readonly attempt: LoggedAttemptDto };

const rowsOf = ({ sessions }: QuestionsLogDto): LoggedRow[] =>
  sessions.flatMap((session) => session.attempts.map((attempt) => ({ session, attempt })));

const answered = ({ question_payload: question }: LoggedAttemptDto, answer: Record<string, unknown>) =>
  answerText(question, answer);

/** The log as CSV: a line a question, with its session; the summary. Answers and keys are texts. */
export const logSheets = {
  attempts: sheetReading(
    {
      session_id: ({ session }: LoggedRow) => session.session_id,
      started_at: ({ session }) => session.started_at,
      attempt_id: ({ attempt }) => attempt.attempt_id,
      question_id: ({ attempt }) => attempt.question_id,
      question_level: ({ attempt }) => attempt.question_level,
      question_type: ({ attempt }) => attempt.question_payload.type,
      question_prompt: ({ attempt }) => attempt.question_payload.prompt,
      submitted_answer: ({ attempt }) => answered(attempt, attempt.submitted_answer),
      correct_answer: ({ attempt }) => answered(attempt, attempt.question_payload.correct_answer),
      is_correct: ({ attempt }) => attempt.is_correct,
      mistake_type: ({ attempt }) => attempt.mistake_type,
      answered_at: ({ attempt }) => attempt.answered_at,
      time_spent_seconds_for_question: ({ attempt }) => attempt.time_spent_seconds_for_question,
      smartscore_before: ({ attempt }) => attempt.smartscore_before,
      smartscore_after: ({ attempt }) => attempt.smartscore_after,
      zone_before: ({ attempt }) => attempt.zone_before,
      zone_after: ({ attempt }) => attempt.zone_after,
      change_reason: ({ attempt }) => attempt.change_reason,
      change_message: ({ attempt }) => attempt.change_message,
    },
    rowsOf,
  ),
  summary: sheetReading(
    {
      total_questions_answered: (row: QuestionsLogDto["summary"]) => row.total_questions_answered,
      accuracy_percent: (row) => row.accuracy_percent,
      total_time_seconds: (row) => row.total_time_seconds,
      last_smartscore: (row) => row.last_smartscore,
      best_smartscore_all_time: (row) => row.best_smartscore_all_time,
      last_practiced_at: (row) => row.last_practiced_at,
    },
    ({ summary }: QuestionsLogDto) => [summary],
  ),
};
