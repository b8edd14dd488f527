import type { SubmitReply } from "../../../practice/schemas.ts";
import { el } from "./dom.ts";
import { icon } from "./icons.ts";
import { ZONE_NAMES } from "./wording.ts";

/** What came of an answer, below its question: right or wrong, why, and the way on, which takes the focus. */
export function feedback(reply: SubmitReply, onNext: () => void): { node: HTMLElement; focus(): void } {
  const { is_correct: isCorrect, finished, correct_answer: correctAnswer, explanation, score_change: change } = reply;
  const label = finished ? "See how it went" : "Next question";
  const next = el("button", { type: "button", class: "button primary", click: onNext }, label, icon("next"));
  const node = el(
    "div",
    { class: "feedback", "data-verdict": isCorrect ? "right" : "wrong" },
    el("p", { class: "feedback-title" }, icon(isCorrect ? "check" : "cross"), isCorrect ? "Right!" : "Not quite."),
    isCorrect
      ? undefined
      : el("p", { class: "feedback-answer" }, "The answer is ", el("strong", {}, correctAnswer), "."),
    explanation === "" ? undefined : el("p", { class: "feedback-why" }, explanation),
    el("p", { class: "feedback-change" }, el("span", { class: "change-label" }, "SmartScore"), ` ${change.message}`),
    el("div", { class: "send-row" }, next),
  );
  return { node, focus: () => next.focus() };
}

/** The same in one breath, for who listens. */
export function spokenFeedback(reply: SubmitReply): string {
  const { is_correct: isCorrect, correct_answer: correctAnswer, explanation, score_change: change, session } = reply;
  return [
    isCorrect ? "Right!" : `Not quite. The answer is ${correctAnswer}.`,
    explanation,
    `SmartScore ${session.smartscore}, ${ZONE_NAMES[session.current_zone]}. ${change.message}`,
  ].join(" ");
}
