import type { SessionView, SubmitReply } from "../../../practice/schemas.ts";

export type Question = NonNullable<SessionView["current_question"]>;

/** What stands in the form of a question. */
export type Filled = { readonly chosen: readonly string[]; readonly written: string };

export type ReadAnswer =
  | { readonly ok: true; readonly answer: Readonly<Record<string, unknown>> }
  /** What is missing, in words. */
  | { readonly ok: false; readonly missing: string };

/** The form's content as `submitted_answer`; numbers go as they were written, for the server reads numerals as people write them. */
export function submittedAnswer({ type }: Pick<Question, "type">, { chosen, written }: Filled): ReadAnswer {
  const text = written.trim();
  switch (type) {
    case "MCQ": {
      const [choice] = chosen;
      return choice === undefined ? missing("Pick one answer first.") : { ok: true, answer: { choice } };
    }
    case "MULTI_SELECT":
      return chosen.length === 0
        ? missing("Pick at least one answer first.")
        : { ok: true, answer: { choices: [...chosen] } };
    case "NUMERIC":
      return text === "" ? missing("Write a number first.") : { ok: true, answer: { value: text } };
    case "TEXT":
      return text === "" ? missing("Write your answer first.") : { ok: true, answer: { text } };
  }
}

const missing = (words: string): ReadAnswer => ({ ok: false, missing: words });

/** What to write instead, where the server could not read an answer. */
export function formHint({ type }: Pick<Question, "type">): string {
  return type === "NUMERIC"
    ? "That is not a number. Write one such as 42, 1,234, 0.5 or 3/4."
    : "That cannot be an answer to this question. Try another.";
}

/** The ids of the right choices in a key; none where the question has no choices. */
export function rightChoices({ type }: Pick<Question, "type">, key: SubmitReply["correct_answer_data"]): string[] {
  const ids: unknown = type === "MCQ" ? [key.choice] : type === "MULTI_SELECT" ? key.choices : [];
  return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
}
