import { literalsOf, readText } from "./evaluate.ts";
import type { CheckedQuestion } from "./schema.ts";

const NUMBER = /\d[\d,]*(?:\.\d+)?(?:\/\d+)?/g;

/** Numbers that a check may use though the prompt does not show them: units, degrees, halves, percents. */
const KNOWN = new Set([0, 1, 2, 10, 60, 90, 100, 180, 360, 1000]);
const WORTH: Readonly<Record<string, number>> = {
  ...{ one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, twelve: 12 },
  ...{ twice: 2, double: 2, triple: 3, quarter: 4, week: 7, dozen: 12, year: 12, day: 24, hour: 60 },
  ...{ triangle: 3, equilateral: 3, square: 4, quadrilateral: 4, pentagon: 5, hexagon: 6, octagon: 8, fifth: 5 },
};

/** What is wrong with the words around the key; nothing where they are right. */
export function wordingFaults(question: CheckedQuestion): string[] {
  return [...explanationFaults(question), ...giveawayFaults(question), ...strayNumberFaults(question)];
}

function explanationFaults(question: CheckedQuestion): string[] {
  const { explanation } = question;
  if (explanation.trim().length < 30) return ["the explanation is missing or too short to teach"];
  const faults = statementsIn(explanation)
    .filter((statement) => !isTrue(statement))
    .map((statement) => `the explanation says "${statement}", which is false`);
  if (question.type === "NUMERIC" && !numbersIn(explanation).includes(question.correct_answer.value)) {
    faults.push(`the explanation does not arrive at ${question.correct_answer.value}`);
  }
  if (
    "choices" in question.data &&
    /\bthe (first|second|third|fourth|last) (and|are|is|gives?|one)\b/i.test(explanation)
  ) {
    faults.push("the explanation counts on the order of the choices");
  }
  const sentences = explanation.split(/[.!?](?:\s|$)/).filter((sentence) => sentence.trim() !== "").length;
  if (sentences > 4) faults.push(`the explanation has ${sentences} sentences, more than 4`);
  return faults;
}

/** The prompt must not show the answer as a number (unless it is to be picked from a list) or as a word. */
function giveawayFaults(question: CheckedQuestion): string[] {
  const { prompt, check } = question;
  switch (question.type) {
    case "NUMERIC": {
      const picks = /\b(median|mode|max|min|mean|digit|abs)\b/.test(check);
      const shown = numbersIn(prompt).includes(question.correct_answer.value);
      return shown && !picks ? ["the prompt shows the answer"] : [];
    }
    case "TEXT": {
      const word = question.correct_answer.text.toLowerCase();
      const offered = / or /.test(prompt);
      const shown = prompt.toLowerCase().includes(word);
      return shown && !offered ? ["the prompt shows the answer"] : [];
    }
    case "MCQ":
    case "MULTI_SELECT": {
      const stated = question.data.choices.find(({ text }) =>
        new RegExp(`= ${escapeRegExp(text)}(?!\\d|[.,/]\\d)`).test(prompt),
      );
      return stated && question.type === "MCQ" && stated.id === question.correct_answer.choice
        ? ["the prompt shows the answer"]
        : [];
    }
  }
}

/** A check that computes with numbers which the question does not give proves another question. */
function strayNumberFaults(question: CheckedQuestion): string[] {
  const choices = "choices" in question.data ? question.data.choices.map(({ text }) => text).join(" ; ") : "";
  const words = `${question.prompt} ${choices}`.toLowerCase();
  const shown = new Set([
    ...numbersIn(words),
    ...[...words.matchAll(/\d+/g)].map(([digits]) => Number(digits)),
    ...Object.entries(WORTH).flatMap(([word, worth]) => (words.includes(word) ? [worth] : [])),
  ]);
  return literalsOf(question.check)
    .map(toNumber)
    .filter((literal) => !KNOWN.has(literal) && !shown.has(literal))
    .map((literal) => `the check computes with ${literal}, which the prompt does not give`);
}

/**
 * The complete comparisons of numbers in a text: "3 × 4 = 12" or "1/2 > 1/3". A run of numbers that starts or ends with an
 * operator stands next to a letter or a unit and is left out.
 */
function statementsIn(text: string): string[] {
  const statements: string[] = [];
  let current: string[] = [];
  const close = () => {
    const operator = /^[+−×÷=<>]$/;
    const complete = current.length > 2 && !operator.test(current[0] ?? "") && !operator.test(current.at(-1) ?? "");
    if (complete && current.some((token) => /^[=<>]$/.test(token))) statements.push(current.join(" "));
    current = [];
  };
  for (const raw of text.split(/\s+/)) {
    const token = raw.replace(/[.,;:!?]+$/, "");
    if (/^[($−]*[\d(][\d.,/()$%°²³−]*$/.test(token) || /^[+−×÷=<>]$/.test(token)) {
      current.push(token.replace(/°$/, ""));
      if (raw !== token) close();
    } else {
      close();
    }
  }
  close();
  return statements;
}

function isTrue(statement: string): boolean {
  const value = readText(statement);
  return value.kind === "truth" && value.holds;
}

function numbersIn(text: string): number[] {
  return [...text.matchAll(NUMBER)].flatMap(([found], index, all) => {
    const at = all[index]?.index ?? 0;
    const before = text[at - 1] ?? "";
    const value = toNumber(found.replace(/,$/, "").replaceAll(",", ""));
    return before === "−" ? [-value, value] : [value];
  });
}

function toNumber(text: string): number {
  const [numerator, denominator = "1"] = text.split("/");
  return Number(numerator) / Number(denominator);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
