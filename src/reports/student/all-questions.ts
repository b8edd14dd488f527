import { answerText } from "../../practice/question.ts";
import { askedQuestion } from "../figures/asked-question.ts";
import { type AttemptRow, attemptPage, cutAttempts, type Found, fittingRows } from "../figures/attempt-page.ts";
import { timeCursor } from "../kit/cursor.ts";
import { PAGING, pageSize } from "../kit/paging.ts";
import { reportFrom } from "../kit/report.ts";
import { period, skillFilters, timePage } from "../kit/report-query.ts";
import { scopeOf } from "../kit/scope.ts";
import { sheetReading } from "../kit/sheet.ts";
import { iso } from "../kit/statement.ts";
import { readStudentParts, studentReport } from "../kit/student-report.ts";
import { type AnsweredQuestionDto, answeredQuestions, exampleAnsweredQuestion } from "./schemas.ts";

/** So many of the newest come where the caller asks for no page. */
const WHOLE = 5_000;

/** Every question that a student has answered, newest first, with both answers as text. */
export const allQuestionsReport = studentReport({
  name: "all-questions",
  path: "/analytics/all-questions",
  operationId: "listAnsweredQuestions",
  summary: "Every question that a student has answered, newest first",
  description: `Without \`cursor\` and \`limit\`, the newest 5,000. ${PAGING}`,
  query: { ...period, ...skillFilters, ...timePage },
  data: answeredQuestions,
  example: [exampleAnsweredQuestion],
  sheets: {
    questions: sheetReading(
      {
        attempt_id: (row: AnsweredQuestionDto) => row.attempt_id,
        question_id: (row) => row.question_id,
        skill_id: (row) => row.skill_id,
        question_prompt: (row) => row.question_prompt,
        question_type: (row) => row.question_type,
        question_data: (row) => JSON.stringify(row.question_data),
        user_answer: (row) => row.user_answer,
        correct_answer: (row) => row.correct_answer,
        is_correct: (row) => row.is_correct,
        answered_at: (row) => row.answered_at,
        time_spent_seconds: (row) => row.time_spent_seconds,
        smartscore_before: (row) => row.smartscore_before,
        smartscore_after: (row) => row.smartscore_after,
      },
      (data: AnsweredQuestionDto[]) => data,
    ),
  },
  pages: { table: "questions", cursor: timeCursor.parameter },
  read: async ({ db }, { who, asked }) => {
    const size = pageSize(asked, WHOLE);
    const { head, rows } = await readStudentParts<{ attempts: AttemptRow & Found }>(db, who, {
      asked,
      ctes: attemptPage(scopeOf(asked), asked, size),
      parts: { attempts: fittingRows },
    });
    const { rows: page, rest } = cutAttempts(rows.attempts, asked, head, WHOLE);
    return reportFrom(page.map(toAnsweredQuestion), head, asked, rest);
  },
});

function toAnsweredQuestion(attempt: AttemptRow): AnsweredQuestionDto {
  const question = askedQuestion(attempt);
  return {
    attempt_id: attempt.id,
    question_id: attempt.question_id,
    skill_id: attempt.skill_id,
    question_prompt: question.prompt,
    question_type: question.type,
    question_data: question.data,
    user_answer: answerText(question, attempt.submitted_answer),
    correct_answer: answerText(question, attempt.correct_answer),
    is_correct: attempt.is_correct,
    answered_at: iso(attempt.answered_at),
    time_spent_seconds: attempt.time_spent_sec,
    smartscore_before: attempt.smartscore_before,
    smartscore_after: attempt.smartscore_after,
  };
}
