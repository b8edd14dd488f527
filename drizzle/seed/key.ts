import { evaluateCheck, isPredicate, readText, sameValue, type Value, within } from "./evaluate.ts";
import type { CheckedQuestion } from "./schema.ts";

type ChoiceQuestion = Extract<CheckedQuestion, { type: "MCQ" | "MULTI_SELECT" }>;

/** What is wrong with a question's key, found by computing its check; nothing where it is right. */
export function keyFaults(question: CheckedQuestion): string[] {
  try {
    return compareKey(question);
  } catch (error) {
    return [`check "${question.check}" cannot be computed: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function compareKey(question: CheckedQuestion): string[] {
  switch (question.type) {
    case "MCQ":
    case "MULTI_SELECT":
      return [...choiceKeyFaults(question), ...repeatedValueFaults(question)];
    case "NUMERIC":
      return numericKeyFaults(question);
    case "TEXT":
      return [question.correct_answer.text, ...(question.correct_answer.accept ?? [])]
        .filter((text) => !satisfies(question.check, text))
        .map((text) => `the accepted answer "${text}" is not ${describe(question.check)}`);
  }
}

function choiceKeyFaults(question: ChoiceQuestion): string[] {
  const key = question.type === "MCQ" ? [question.correct_answer.choice] : question.correct_answer.choices;
  const right = question.data.choices.filter(({ text }) => satisfies(question.check, text)).map(({ id }) => id);
  if (question.type === "MCQ" && right.length !== 1) return [`${right.length} choices are right (${right.join(", ")})`];
  if (right.length === question.data.choices.length) return ["every choice is right"];
  if (right.join() === key.toSorted().join()) return [];
  return [`the key is ${key.join(", ")}, but ${describe(question.check)} makes it ${right.join(", ")}`];
}

/** Two choices of one value cannot be told apart, unless equal values are what the question asks for. */
function repeatedValueFaults(question: ChoiceQuestion): string[] {
  const sought = isPredicate(question.check) ? undefined : evaluateCheck(question.check);
  if (sought?.kind === "word") return [];
  const values = question.data.choices.map(({ id, text }) => ({ id, value: readText(text) }));
  return values.flatMap(({ id, value }, index) => {
    if (value.kind !== "number") return [];
    if (question.type === "MULTI_SELECT" && sought && sameValue(sought, value)) return [];
    const twin = values.slice(0, index).find((other) => sameValue(other.value, value));
    return twin ? [`choices ${twin.id} and ${id} have the same value`] : [];
  });
}

function numericKeyFaults({ check, correct_answer, data }: Extract<CheckedQuestion, { type: "NUMERIC" }>): string[] {
  const key = correct_answer.value;
  const faults: string[] = [];
  const right = isPredicate(check)
    ? satisfies(check, String(key))
    : within(evaluateCheck(check), readText(String(key)), data.tolerance ?? 0);
  if (!right) faults.push(`the key ${key} is not ${describe(check)}`);
  if (data.min !== undefined && key < data.min) faults.push(`the key ${key} is below min`);
  if (data.max !== undefined && key > data.max) faults.push(`the key ${key} is above max`);
  return faults;
}

function satisfies(check: string, text: string): boolean {
  if (isPredicate(check)) {
    const judged = evaluateCheck(check, text);
    if (judged.kind !== "truth") throw new Error("a check of `answer` must be true or false");
    return judged.holds;
  }
  const sought = evaluateCheck(check);
  return sameValue(sought, sought.kind === "word" ? wordOf(sought.text, text) : readText(text));
}

/** Words are compared as written but for spaces ("4R5"), what names them ("tens place", "x = 1/3") and how a ratio is put. */
function wordOf(sought: string, text: string): Value {
  const bare = (from: string) =>
    from.replace(/^(the|rectangle) |^x ?= ?| (place|angle|triangle)$|[ .]/gi, "").toLowerCase();
  const written = sought.includes(":") ? text.replace(/ to |\//, ":") : text;
  return { kind: "word", text: bare(sought) === bare(written) ? sought : text };
}

function describe(check: string): string {
  if (isPredicate(check)) return `such that ${check}`;
  const value = evaluateCheck(check);
  switch (value.kind) {
    case "number":
      return `${check}, which is ${value.at[0]}`;
    case "truth":
      return `${check}, which is ${value.holds}`;
    case "word":
      return `${check}, which is "${value.text}"`;
  }
}
