import type { Level } from "./smartscore.ts";

export const QUESTION_TYPES = ["MCQ", "MULTI_SELECT", "NUMERIC", "TEXT"] as const;

export type QuestionType = (typeof QUESTION_TYPES)[number];

/** A question with its key, as the record keeps it: never sent to a student before the answer is in. */
export type KeyedQuestion = {
  readonly id: number;
  readonly type: QuestionType;
  readonly prompt: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly correctAnswer: Readonly<Record<string, unknown>>;
  readonly explanation: string;
  readonly level: Level;
};
