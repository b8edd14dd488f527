import type { KeyedQuestion } from "../../src/practice/question.ts";
import type { Level } from "../../src/practice/smartscore.ts";

/** A question with two choices, of which A is right. */
export const twoChoices = (id: number, level: Level): KeyedQuestion => ({
  id,
  type: "MCQ",
  prompt: `Question ${id}`,
  data: {
    choices: [
      { id: "A", text: "right" },
      { id: "B", text: "wrong" },
    ],
  },
  correctAnswer: { choice: "A" },
  explanation: `Because of ${id}`,
  level,
});

/** A pool of questions with these levels, their ids counted from 1. */
export const poolOf = (levels: readonly Level[]) => levels.map((level, index) => twoChoices(index + 1, level));

const LEVELS: readonly Level[] = [1, 2, 3, 4, 5];

/** `count` questions, spread over the five levels. */
export const mixedPool = (count: number) =>
  Array.from({ length: count }, (_, index) => twoChoices(index + 1, LEVELS[index % LEVELS.length] ?? 1));

/** A question of any type, with what matters to the test. */
export const question = (fields: Partial<KeyedQuestion>): KeyedQuestion => ({ ...twoChoices(1, 2), ...fields });
