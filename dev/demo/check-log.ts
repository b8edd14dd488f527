import { isDeepStrictEqual } from "node:util";
import type { LoggedAttemptDto } from "../../src/reports/student/schemas.ts";
import type { SubmittedAnswer } from "./answers.ts";

/** What the replies said about one answer. */
export type Told = {
  readonly questionId: number;
  readonly submitted: SubmittedAnswer;
  readonly isCorrect: boolean;
  readonly key: Record<string, unknown>;
  readonly scoreBefore: number;
  readonly scoreAfter: number;
};

/** Each way in which the log differs from what was told, in words; none where the last attempts of the log are what was told. */
export function differences(told: readonly Told[], log: readonly LoggedAttemptDto[]): string[] {
  const attempts = log.slice(-told.length);
  return told.flatMap((answer, index) => {
    const attempt = attempts[index];
    if (attempt === undefined) return [`answer ${index + 1} is missing in the log`];
    const pairs: [what: string, told: unknown, logged: unknown][] = [
      ["question", answer.questionId, attempt.question_id],
      ["submitted answer", answer.submitted, attempt.submitted_answer],
      ["correctness", answer.isCorrect, attempt.is_correct],
      ["key", answer.key, attempt.question_payload.correct_answer],
      ["SmartScore before", answer.scoreBefore, attempt.smartscore_before],
      ["SmartScore after", answer.scoreAfter, attempt.smartscore_after],
    ];
    return pairs
      .filter(([, one, other]) => !isDeepStrictEqual(one, other))
      .map(
        ([what, one, other]) =>
          `answer ${index + 1}, ${what}: ${JSON.stringify(one)} was told, ${JSON.stringify(other)} is logged`,
      );
  });
}
