import { choicesOf, QUESTION_TYPES, type QuestionType } from "../../practice/question.ts";
import type { AttemptRow } from "./attempt-page.ts";

/** The question of an attempt as it stood, as its student saw it, with the explanation that followed their answer. */
export type AskedQuestion = {
  readonly type: QuestionType;
  readonly prompt: string;
  readonly data: Record<string, unknown>;
  readonly explanation: string;
};

/** The question of an attempt; throws where it is of a type that there is not. */
export function askedQuestion({ question }: Pick<AttemptRow, "question">): AskedQuestion {
  const { prompt, data } = question;
  return {
    type: toQuestionType(question.type),
    prompt,
    // Of a choice its id and text alone: what else an author kept on it was never shown.
    data: "choices" in data ? { ...data, choices: choicesOf({ data }) } : data,
    explanation: "explanation" in question ? String(question.explanation) : "",
  };
}

function toQuestionType(text: string): QuestionType {
  const type = QUESTION_TYPES.find((each) => each === text);
  if (!type) throw new RangeError(`An attempt is of a question of type ${text}, which there is not`);
  return type;
}
