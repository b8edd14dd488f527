import { parseNumeral } from "./numeral.ts";
import { choicesOf, type KeyedQuestion } from "./question.ts";

/** In what way an answer is wrong, as far as its form tells. */
export type MistakeType =
  | "wrong_choice"
  | "missing_choice"
  | "extra_choice"
  | "wrong_sign"
  | "wrong_place_value"
  | "off_by_one"
  | "wrong_value"
  | "wrong_text";

export type Grading =
  | { readonly readable: true; readonly correct: boolean; readonly mistakeType: MistakeType | null }
  /** The answer has not the form that its question takes: no answer at all, rather than a wrong one. */
  | { readonly readable: false; readonly expected: string };

type Answer = Readonly<Record<string, unknown>>;

const MAX_TEXT_LENGTH = 500;
/** Two numbers this near, relative to the key, are one number written in two ways: 1/3 and 0.3333333333. */
const SAME_NUMBER = 1e-9;

const right: Grading = { readable: true, correct: true, mistakeType: null };
const wrong = (mistakeType: MistakeType): Grading => ({ readable: true, correct: false, mistakeType });
const unreadable = (expected: string): Grading => ({ readable: false, expected });

/** Right, wrong, or not readable as an answer to this question. */
export function grade(question: KeyedQuestion, answer: Answer): Grading {
  switch (question.type) {
    case "MCQ":
      return gradeChoice(question, answer);
    case "MULTI_SELECT":
      return gradeChoices(question, answer);
    case "NUMERIC":
      return gradeNumber(question, answer);
    case "TEXT":
      return gradeText(question, answer);
  }
}

function gradeChoice(question: KeyedQuestion, answer: Answer): Grading {
  const ids = choicesOf(question).map((choice) => choice.id);
  const given = answer.choice;
  if (typeof given !== "string" || !ids.includes(given)) {
    return unreadable(`{"choice": one of ${quoted(ids)}}`);
  }
  return given === question.correctAnswer.choice ? right : wrong("wrong_choice");
}

function gradeChoices(question: KeyedQuestion, answer: Answer): Grading {
  const ids = choicesOf(question).map((choice) => choice.id);
  const given: unknown = answer.choices;
  if (!Array.isArray(given) || given.length > ids.length || !given.every((id) => ids.includes(id))) {
    return unreadable(`{"choices": a list of any of ${quoted(ids)}}`);
  }
  const chosen = new Set<string>(given);
  const key: unknown = question.correctAnswer.choices;
  const wanted = new Set<string>(Array.isArray(key) ? key : []);
  const extra = [...chosen].some((id) => !wanted.has(id));
  const missing = [...wanted].some((id) => !chosen.has(id));
  if (extra && missing) return wrong("wrong_choice");
  if (extra) return wrong("extra_choice");
  return missing ? wrong("missing_choice") : right;
}

function gradeNumber(question: KeyedQuestion, answer: Answer): Grading {
  const given = toNumber(answer.value, question.data.unit);
  if (given === undefined) return unreadable('{"value": a number, such as 42, "1,234", "0.5" or "3/4"}');
  const key = toNumber(question.correctAnswer.value, undefined);
  if (key === undefined) throw new Error(`the key of question ${question.id} is no number`);
  const tolerance = Number(question.data.tolerance ?? 0) + SAME_NUMBER * Math.max(1, Math.abs(key));
  const isNear = (value: number) => Math.abs(given - value) <= tolerance;
  if (isNear(key)) return right;
  if (isNear(-key)) return wrong("wrong_sign");
  if ([10, 100, 1000, 0.1, 0.01, 0.001].some((factor) => isNear(key * factor))) {
    return wrong("wrong_place_value");
  }
  return isNear(key + 1) || isNear(key - 1) ? wrong("off_by_one") : wrong("wrong_value");
}

/** A number or a numeral; the question's own unit may stand before or behind it. */
function toNumber(value: unknown, unit: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (typeof unit !== "string" || unit === "") return parseNumeral(text);
  if (text.endsWith(unit)) return parseNumeral(text.slice(0, -unit.length));
  return parseNumeral(text.startsWith(unit) ? text.slice(unit.length) : text);
}

function gradeText(question: KeyedQuestion, answer: Answer): Grading {
  const given = answer.text ?? answer.answer;
  if (typeof given !== "string" || given.trim() === "" || given.length > MAX_TEXT_LENGTH) {
    return unreadable(`{"text": some text of at most ${MAX_TEXT_LENGTH} characters}`);
  }
  const { text, accept } = question.correctAnswer;
  const accepted = [text, ...(Array.isArray(accept) ? accept : [])];
  return accepted.some((one) => isSameText(String(one), given)) ? right : wrong("wrong_text");
}

/** Whether two texts are one answer: trimmed, case-folded, in Unicode NFC. */
export const isSameText = (one: string, other: string): boolean => folded(one) === folded(other);

/** By way of lower case, so that ẞ is ß, to upper case, in which ß is SS and ς is Σ. */
const folded = (text: string) => text.normalize("NFC").trim().toLowerCase().toUpperCase().normalize("NFC");

const quoted = (ids: readonly string[]) => ids.map((id) => JSON.stringify(id)).join(", ");
