import type { Level } from "./smartscore.ts";

export const QUESTION_TYPES = ["MCQ", "MULTI_SELECT", "NUMERIC", "TEXT"] as const;

export type QuestionType = (typeof QUESTION_TYPES)[number];

type Json = Readonly<Record<string, unknown>>;

/** A question with its key, as the record keeps it: never sent to a student before the answer is in. */
export type KeyedQuestion = {
  readonly id: number;
  readonly type: QuestionType;
  readonly prompt: string;
  readonly data: Json;
  readonly correctAnswer: Json;
  readonly explanation: string;
  readonly level: Level;
  /** What to say to a wrong choice once the answer is in, by the choice's id; questions made from templates may have it. */
  readonly feedback?: Readonly<Record<string, string>>;
};

/** A question as a student sees it. */
export type QuestionView = {
  id: number;
  skill_id: number;
  type: QuestionType;
  prompt: string;
  data: Record<string, unknown>;
  level: Level;
};

export type Choice = { readonly id: string; readonly text: string };

/** The choices of an MCQ or MULTI_SELECT, only their id and text: whatever else an author kept on them stays here. */
export function choicesOf({ data }: Pick<KeyedQuestion, "data">): readonly Choice[] {
  const choices: unknown = data.choices;
  if (!Array.isArray(choices)) return [];
  return choices.map((choice: Json) => ({ id: String(choice.id), text: String(choice.text) }));
}

/** The question without its key and explanation. */
export function toQuestionView(question: KeyedQuestion, skillId: number): QuestionView {
  const { id, type, prompt, data, level } = question;
  const hasChoices = "choices" in data;
  return {
    id,
    skill_id: skillId,
    type,
    prompt,
    data: hasChoices ? { ...data, choices: choicesOf(question) } : data,
    level,
  };
}

/** What a student reads once the answer is in: what their wrong choices show, then the way to the answer. */
export function explanationOf(question: KeyedQuestion, answer: Json): string {
  const { explanation, feedback = {}, correctAnswer } = question;
  const right = chosenIn(question, correctAnswer);
  const wrong = chosenIn(question, answer).filter((id) => !right.includes(id) && Object.hasOwn(feedback, id));
  return [...wrong.map((id) => feedback[id]), explanation].join(" ");
}

/** The ids of the choices in an answer or a key. */
function chosenIn({ type }: Answerable, answer: Json): readonly string[] {
  const chosen: unknown = type === "MULTI_SELECT" ? answer.choices : type === "MCQ" ? [answer.choice] : [];
  return Array.isArray(chosen) ? chosen.filter((id) => typeof id === "string") : [];
}

/** What {@link answerText} needs to know of a question. */
type Answerable = Pick<KeyedQuestion, "type" | "data">;

/** An answer or a key as text for display: the texts of the choices, the number with its unit, the words. */
export function answerText(question: Answerable, answer: Json): string {
  switch (question.type) {
    case "MCQ":
      return choiceText(question, answer.choice);
    case "MULTI_SELECT": {
      const ids: unknown = answer.choices;
      return Array.isArray(ids) ? ids.map((id) => choiceText(question, id)).join(", ") : "";
    }
    case "NUMERIC": {
      const unit = question.data.unit;
      return typeof unit === "string" && unit !== "" ? `${answer.value} ${unit}` : String(answer.value ?? "");
    }
    case "TEXT":
      return String(answer.text ?? answer.answer ?? "");
  }
}

function choiceText(question: Answerable, id: unknown): string {
  return choicesOf(question).find((choice) => choice.id === id)?.text ?? String(id ?? "");
}
