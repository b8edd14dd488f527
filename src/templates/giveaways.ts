import type { TemplateFault } from "./faults.ts";
import type { Made } from "./make-instance.ts";
import type { Template } from "./template.ts";
import { valueText } from "./values.ts";

/** Fewer instances than this prove no habit. */
const MIN_INSTANCES = 10;

const NUMERALS = /[−-]?\$?\d[\d,]*(?:\.\d+)?(?: \d+\/\d+|\/\d+)?/g;

/**
 * What would tell a student the answer without the question: what always holds, over all the instances that were made. It is
 * in the prompt; it never changes; it always stands in one place; it alone is written in its way.
 */
export function giveaways(template: Template, all: readonly Made[]): TemplateFault[] {
  if (all.length < MIN_INSTANCES) return [];
  return [...constantAnswer(all), ...shownAnswer(template, all), ...markedChoice(template, all)];
}

function constantAnswer(all: readonly Made[]): TemplateFault[] {
  const keys = new Set(all.map((made) => JSON.stringify(rightTexts(made).toSorted())));
  const [path = "answer"] = all[0]?.judged.filter(({ right }) => right).map((one) => one.path) ?? [];
  return keys.size === 1 ? [{ path, message: `the answer is always ${rightTexts(all[0]).join(", ")}` }] : [];
}

function shownAnswer({ body }: Template, all: readonly Made[]): TemplateFault[] {
  if (body.type === "MULTI_SELECT" || body.answer_shown) return [];
  const always = all.every((made) => {
    const stands = (text: string) => standsIn(made.instance.prompt, text);
    const wrong = choiceTexts(made).filter((text) => !rightTexts(made).includes(text));
    return rightTexts(made).some(stands) && !wrong.some(stands);
  });
  const message = "the answer always stands in the prompt; where it is to be picked from there, set answer_shown";
  return always ? [{ path: "prompt", message }] : [];
}

function markedChoice(template: Template, all: readonly Made[]): TemplateFault[] {
  if (template.type !== "MCQ") return [];
  const faults: TemplateFault[] = [];
  const places = new Set(all.map(({ instance }) => instance.correctAnswer.choice));
  if (places.size === 1) faults.push({ path: "order", message: `the right choice is always ${[...places].join()}` });
  const marked = all.every((made) => {
    const [right = ""] = rightTexts(made).map(shape);
    const wrong = choiceTexts(made).map(shape);
    wrong.splice(wrong.indexOf(right), 1);
    return wrong.length > 1 && new Set(wrong).size === 1 && !wrong.includes(right);
  });
  if (marked) faults.push({ path: "answer.text", message: "only the right choice is written in its way" });
  return faults;
}

/** What is left of a text without its numbers. */
const shape = (text: string) => text.replace(NUMERALS, "#").trim();

function choiceTexts({ instance }: Made): string[] {
  const { choices } = instance.data;
  return Array.isArray(choices) ? choices.map(({ text }: { text: string }) => text) : [];
}

function rightTexts(made: Made | undefined): string[] {
  if (!made) return [];
  const texts = choiceTexts(made);
  return made.judged.flatMap(({ right, value }, index) => (right ? [texts[index] ?? valueText(value)] : []));
}

/** As a word or number of its own. */
function standsIn(prompt: string, text: string): boolean {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\d.,/−-])${escaped}(?![\\p{L}\\d/]|[.,]\\d)`, "iu").test(prompt);
}
