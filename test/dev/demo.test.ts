import { describe, expect, test } from "vitest";
import { rightAnswer, wrongAnswer } from "../../dev/demo/answers.ts";
import { differences, type Told } from "../../dev/demo/check-log.ts";
import { loadCatalog } from "../../drizzle/seed/catalog.ts";
import { grade } from "../../src/practice/grading.ts";
import type { KeyedQuestion } from "../../src/practice/question.ts";
import type { Level } from "../../src/practice/smartscore.ts";
import type { LoggedAttemptDto } from "../../src/reports/student/schemas.ts";

const { questions } = await loadCatalog();

const told: Told = {
  questionId: 1,
  submitted: { choice: "A" },
  isCorrect: false,
  key: { choice: "B" },
  scoreBefore: 10,
  scoreAfter: 7,
};
const logged: LoggedAttemptDto = {
  attempt_id: "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c101",
  question_id: 1,
  question_level: 2,
  question_payload: { id: 1, type: "MCQ", prompt: "?", data: {}, correct_answer: { choice: "B" }, explanation: "" },
  submitted_answer: { choice: "A" },
  is_correct: false,
  mistake_type: null,
  answered_at: "2026-11-22T08:00:12.000Z",
  time_spent_seconds_for_question: 1,
  smartscore_before: 10,
  smartscore_after: 7,
  zone_before: "LEARNING",
  zone_after: "LEARNING",
  change_reason: "zone",
  change_message: "−3: mistakes cost little while you are learning.",
};

function keyed(question: (typeof questions)[number]): KeyedQuestion {
  const { id, type, prompt, data, correct_answer: correctAnswer, explanation, level } = question;
  return { id, type, prompt, data, correctAnswer, explanation, level: level as Level };
}

describe("the demo", () => {
  test("knows a right and a wrong answer to every question of the seed", () => {
    const mistaken = questions.filter((question) => {
      const right = grade(keyed(question), rightAnswer(question));
      const wrong = grade(keyed(question), wrongAnswer(question));
      return !(right.readable && right.correct && wrong.readable && !wrong.correct);
    });
    expect(mistaken.map(({ id }) => id)).toEqual([]);
  });

  test("finds no fault with a log that says what was told, whatever came before", () => {
    expect(differences([told], [{ ...logged, question_id: 9 }, logged])).toEqual([]);
  });

  test("names what is missing in the log", () => {
    expect(differences([told], [])).toEqual(["answer 1 is missing in the log"]);
  });

  test("names each thing that the log says otherwise", () => {
    expect(differences([told], [{ ...logged, is_correct: true, smartscore_after: 17 }])).toEqual([
      "answer 1, correctness: false was told, true is logged",
      "answer 1, SmartScore after: 7 was told, 17 is logged",
    ]);
  });
});
