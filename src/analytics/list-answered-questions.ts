import { desc } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { answerText } from "../practice/question.ts";
import { askedQuestion } from "./asked-question.ts";
import { type AttemptRow, attemptColumns, cutPage, fits, newestAttempts, pageSize } from "./newest-attempts.ts";
import { type Report, reportMetaOf } from "./report.ts";
import type { AttemptsQuery } from "./report-query.ts";
import { firstRow, type Inquiry, reportedStudent } from "./reported-student.ts";
import type { AnsweredQuestionDto } from "./schemas.ts";

/** So many of the newest come where the caller asks for no page. */
const WHOLE = 5_000;

/** Every question that a student has answered, newest first, with both answers as text. One statement. */
export async function listAnsweredQuestions(
  { db }: { db: Database },
  inquiry: Inquiry,
  asked: AttemptsQuery,
): Promise<Report<AnsweredQuestionDto[]>> {
  const student = reportedStudent(db, inquiry);
  const scope = { ...asked, size: pageSize(asked, WHOLE) };
  const page = newestAttempts(db, student, scope);
  const joined = await db.query
    .with(student)
    .select({ asOf: student.asOf, found: page.found, attempt: attemptColumns(page) })
    .from(student)
    .leftJoin(page, fits(page))
    .orderBy(desc(page.answeredAt), desc(page.id));
  const { asOf } = firstRow(joined, inquiry);
  const { rows, rest } = cutPage(joined, scope);
  return { data: rows.map(({ attempt }) => toAnsweredQuestion(attempt)), meta: reportMetaOf(asOf, asked, rest) };
}

function toAnsweredQuestion(attempt: AttemptRow): AnsweredQuestionDto {
  const question = askedQuestion(attempt);
  return {
    attempt_id: attempt.id,
    question_id: attempt.questionId,
    skill_id: attempt.skillId,
    question_prompt: question.prompt,
    question_type: question.type,
    question_data: question.data,
    user_answer: answerText(question, attempt.submittedAnswer),
    correct_answer: answerText(question, attempt.correctAnswer),
    is_correct: attempt.isCorrect,
    answered_at: attempt.answeredAt.toISOString(),
    time_spent_seconds: attempt.timeSpentSec,
    smartscore_before: attempt.smartscoreBefore,
    smartscore_after: attempt.smartscoreAfter,
  };
}
