import { sql } from "drizzle-orm";
import { questions } from "../../db/tables.ts";
import { badFields } from "../../http/errors.ts";
import { conflict } from "../faults.ts";
import { type ChangeOf, changeRow, readRow } from "../rows.ts";
import type { Work } from "../work.ts";
import { checkQuestion } from "./check-question.ts";
import { QUESTION_ROWS } from "./question-rows.ts";
import type { AdminQuestionDto, QuestionChange } from "./schemas.ts";

/**
 * Changes what is named of a question; gives nothing where there is none. What is named must fit with what stays:
 * `validation_error` where it does not, `conflict` where somebody changed the one meanwhile that the other was held against.
 */
export async function changeQuestion(
  work: Work,
  id: number,
  change: QuestionChange,
): Promise<AdminQuestionDto | undefined> {
  const plain = {
    skillId: change.skill_id,
    prompt: change.prompt,
    explanation: change.explanation,
    level: change.level,
  };
  const { type, data, correct_answer } = change;
  if (type === undefined && data === undefined && correct_answer === undefined) {
    return changeRow(work, QUESTION_ROWS, id, plain);
  }
  const stored = await readRow(work.services, QUESTION_ROWS, id);
  if (!stored) return undefined;
  const checked = checkQuestion({
    type: type ?? stored.type,
    data: data ?? stored.data,
    correct_answer: correct_answer ?? stored.correct_answer,
  });
  if (!checked.ok) throw badFields(checked.faults);
  const answerable: ChangeOf<typeof questions> = {
    type,
    data: data && checked.data,
    correctAnswer: correct_answer && checked.correctAnswer,
  };
  const changed = await changeRow(work, QUESTION_ROWS, id, { ...plain, ...answerable }, isStill(stored));
  if (!changed) throw conflict("Somebody has just changed this question. Look at it again.");
  return changed;
}

const isStill = ({ type, data, correct_answer }: AdminQuestionDto) => sql`${questions.type} = ${type}
  and ${questions.data} = ${JSON.stringify(data)}::jsonb and ${questions.correctAnswer} = ${JSON.stringify(correct_answer)}::jsonb`;
