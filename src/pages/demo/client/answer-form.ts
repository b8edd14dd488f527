import { choicesOf } from "../../../practice/question.ts";
import type { SubmitReply } from "../../../practice/schemas.ts";
import { type Question, rightChoices, submittedAnswer } from "./answer.ts";
import { el, fill } from "./dom.ts";
import { icon } from "./icons.ts";

type Answer = Readonly<Record<string, unknown>>;

export type AnswerForm = {
  readonly node: HTMLElement;
  focus(): void;
  /** Puts an answer in that was given before. */
  fill(answer: Answer): void;
  /** Says under the form what is wrong with it; nothing with "". */
  complain(words: string): void;
  /** Whether the form can be changed: not while an answer is on its way. */
  enable(isOn: boolean): void;
  /** Shows what was right; the form stays closed. */
  reveal(reply: SubmitReply): void;
};

/** The form of a question in its type's way; Enter sends it. A choice can also be picked by its letter. */
export function answerForm(question: Question, onAnswer: (answer: Answer) => void): AnswerForm {
  const controls =
    question.type === "MCQ" || question.type === "MULTI_SELECT" ? choiceControls(question) : writtenControls(question);
  const complaint = el("p", { class: "complaint", id: "complaint", role: "alert" });
  const send = el("button", { type: "submit", class: "button primary" }, "Submit");
  const fields = el(
    "fieldset",
    { class: "fields" },
    el("legend", { class: "prompt" }, question.prompt),
    ...controls.nodes,
  );
  const row = el("div", { class: "send-row" }, send);
  const node = el("form", { class: "answer", novalidate: true, submit }, fields, complaint, row);

  function submit(event: Event): void {
    event.preventDefault();
    const read = submittedAnswer(question, controls.filled());
    if (read.ok) {
      onAnswer(read.answer);
    } else {
      complain(read.missing);
      controls.first?.focus();
    }
  }

  function complain(words: string): void {
    fill(complaint, words === "" ? undefined : words);
  }

  node.addEventListener("input", () => complain(""));
  fields.addEventListener("keydown", (event) => controls.pickByLetter(event));
  return {
    node,
    focus: () => controls.first?.focus({ preventScroll: true }),
    fill: controls.fill,
    complain,
    enable(isOn) {
      fields.disabled = !isOn;
      send.disabled = !isOn;
    },
    reveal(reply) {
      fields.disabled = true;
      row.remove();
      controls.reveal(reply);
    },
  };
}

type Controls = {
  readonly nodes: readonly HTMLElement[];
  readonly first: HTMLElement | undefined;
  filled(): { chosen: string[]; written: string };
  fill(answer: Answer): void;
  pickByLetter(event: KeyboardEvent): void;
  reveal(reply: SubmitReply): void;
};

function choiceControls(question: Question): Controls {
  const type = question.type === "MCQ" ? "radio" : "checkbox";
  const choices = choicesOf(question).map(({ id, text }) => {
    const input = el("input", { type, name: "choice", value: id });
    const verdict = el("span", { class: "verdict" });
    const letter = el("span", { class: "letter", "aria-hidden": "true" }, id);
    const node = el("label", { class: "choice" }, input, letter, el("span", { class: "choice-text" }, text), verdict);
    return { id, input, verdict, node };
  });
  const hint = question.type === "MULTI_SELECT" ? "Choose all that are right." : "Choose one.";
  return {
    nodes: [el("p", { class: "form-hint" }, hint), el("div", { class: "choices" }, ...choices.map(({ node }) => node))],
    first: choices[0]?.input,
    filled: () => ({ chosen: choices.filter(({ input }) => input.checked).map(({ id }) => id), written: "" }),
    fill({ choice, choices: several }) {
      const chosen: readonly unknown[] = Array.isArray(several) ? several : [choice];
      for (const { id, input } of choices) input.checked = chosen.includes(id);
    },
    pickByLetter(event) {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const picked = choices.find(({ id }) => id.toLowerCase() === event.key.toLowerCase());
      if (picked === undefined) return;
      event.preventDefault();
      picked.input.focus();
      picked.input.click();
    },
    reveal(reply) {
      const right = rightChoices(question, reply.correct_answer_data);
      for (const { id, input, verdict, node } of choices) {
        const isRight = right.includes(id);
        if (isRight) {
          node.dataset.verdict = "right";
          fill(verdict, icon("check"), input.checked ? "Your answer, right" : "Right answer");
        } else if (input.checked) {
          node.dataset.verdict = "wrong";
          fill(verdict, icon("cross"), "Your answer");
        }
      }
    },
  };
}

const MOST_CHARACTERS = 500;

function writtenControls(question: Question): Controls {
  const { type, data } = question;
  const isNumber = type === "NUMERIC";
  const unit = isNumber && typeof data.unit === "string" ? data.unit : "";
  // The keypad of phones has no minus and no slash: it is offered only where none is needed.
  const keypad = isNumber && typeof data.min === "number" && data.min >= 0 ? "decimal" : "text";
  const input = el("input", {
    class: "written",
    type: "text",
    name: "answer",
    inputmode: keypad,
    maxlength: MOST_CHARACTERS,
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    placeholder: typeof data.placeholder === "string" ? data.placeholder : undefined,
    "aria-label": unit === "" ? "Your answer" : `Your answer in ${unit}`,
    "aria-describedby": "complaint",
  });
  const verdict = el("span", { class: "verdict" });
  const shownUnit = unit === "" ? undefined : el("span", { class: "unit", "aria-hidden": "true" }, unit);
  const node = el("div", { class: isNumber ? "writing number" : "writing" }, input, shownUnit, verdict);
  const hint = isNumber ? "Write a number." : "Write your answer.";
  return {
    nodes: [el("p", { class: "form-hint" }, hint), node],
    first: input,
    filled: () => ({ chosen: [], written: input.value }),
    fill({ value, text }) {
      input.value = String(value ?? text ?? "");
    },
    pickByLetter: () => undefined,
    reveal(reply) {
      node.dataset.verdict = reply.is_correct ? "right" : "wrong";
      fill(verdict, icon(reply.is_correct ? "check" : "cross"));
    },
  };
}
