import { el, setText } from "./dom.ts";
import { icon } from "./icons.ts";
import type { SeenAnswer } from "./live-class.ts";
import { ago } from "./times.ts";

const LENGTH = 5;

export type AnswerFeed = {
  readonly node: HTMLElement;
  add(answers: readonly SeenAnswer[], atMs: number): void;
  /** Says anew how long ago each was. */
  tick(nowMs: number): void;
};

/** The last answers of the class, the newest on top. */
export function answerFeed(): AnswerFeed {
  const list = el("ol", { class: "feed" });
  const node = el(
    "div",
    { class: "feed-box", hidden: true },
    el("h3", { class: "feed-title" }, "Latest answers"),
    list,
  );
  let entries: { readonly when: HTMLElement; readonly atMs: number }[] = [];

  return {
    node,
    add(answers, atMs) {
      for (const answer of answers) {
        const when = el("span", { class: "feed-when" });
        list.prepend(entry(answer, when));
        entries = [{ when, atMs }, ...entries].slice(0, LENGTH);
      }
      while (list.children.length > LENGTH) list.lastElementChild?.remove();
      node.hidden = entries.length === 0;
    },
    tick(nowMs) {
      for (const { when, atMs } of entries) setText(when, ago(atMs, nowMs));
    },
  };
}

function entry({ name, isRight, from, to }: SeenAnswer, when: HTMLElement): HTMLElement {
  return el(
    "li",
    { "data-verdict": isRight ? "right" : "wrong" },
    el("span", { class: "feed-mark" }, icon(isRight ? "check" : "cross")),
    el("span", { class: "feed-name" }, name),
    el("span", { class: "feed-what" }, isRight ? "right" : "wrong"),
    el("span", { class: "feed-score" }, `${from} → ${to}`),
    when,
  );
}
