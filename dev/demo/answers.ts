import type { Question } from "../../drizzle/seed/catalog.ts";

export type SubmittedAnswer = Record<string, unknown>;

/** The answer that a question's key asks for, in the form that a client submits. */
export function rightAnswer(question: Question): SubmittedAnswer {
  switch (question.type) {
    case "MCQ":
    case "NUMERIC":
    case "MULTI_SELECT":
      return question.correct_answer;
    case "TEXT":
      return { text: question.correct_answer.text };
  }
}

/** An answer of the right form that is wrong. */
export function wrongAnswer(question: Question): SubmittedAnswer {
  switch (question.type) {
    case "MCQ":
      return { choice: question.data.choices.find(({ id }) => id !== question.correct_answer.choice)?.id };
    case "NUMERIC":
      return { value: question.correct_answer.value + (question.data.tolerance ?? 0) + 1 };
    case "MULTI_SELECT": {
      const all = question.data.choices.map(({ id }) => id);
      const { choices } = question.correct_answer;
      return { choices: choices.length < all.length ? all : choices.slice(1) };
    }
    case "TEXT":
      return { text: "I do not know" };
  }
}
