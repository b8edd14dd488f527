import type { SessionView, SubmitReply } from "../../../practice/schemas.ts";
import type { Question } from "./answer.ts";
import { type AnswerForm, answerForm } from "./answer-form.ts";
import { dial } from "./dial.ts";
import { el, fill, holdFocus, setText } from "./dom.ts";
import { feedback } from "./feedback.ts";
import { type IconName, icon } from "./icons.ts";
import { clockTime } from "./times.ts";

type PracticeHandlers = {
  onAnswer(question: Question, answer: Readonly<Record<string, unknown>>): void;
  onNext(): void;
  onSkip(): void;
  onFinish(): void;
  onLeave(): void;
};

export type PracticeView = {
  readonly node: HTMLElement;
  /** The scores and counts; `delta` is what the last answer changed. */
  show(session: SessionView, delta?: number): void;
  showTime(seconds: number): void;
  /** The question with its empty form; the focus goes there where `focus` says so. */
  ask(question: Question, focus: boolean): AnswerForm;
  tell(reply: SubmitReply): void;
  /** A word above the question, and a way to act on it; none with undefined. */
  notice(words: string | undefined, action?: HTMLElement): void;
  /**
   * Closes the form and the buttons while something is on its way; opens again what the question, answered or not, leaves to
   * do, and puts the focus back where closing took it.
   */
  enable(isOn: boolean): void;
};

/** A session as its student sees it. */
export function practiceView(skillTitle: string, handlers: PracticeHandlers): PracticeView {
  const score = dial();
  const streak = stat("flame", "Streak");
  const answered = stat("list", "Answered");
  const right = stat("check", "Right");
  const time = stat("clock", "Active time");
  const strip = el("div", { class: "notice-strip", role: "status" });
  const card = el("div", { class: "question-card" });
  const skip = el("button", { type: "button", class: "button quiet", click: handlers.onSkip }, icon("skip"), "Skip");
  const finish = el(
    "button",
    { type: "button", class: "button quiet", click: handlers.onFinish },
    icon("flag"),
    "Finish",
  );
  const leave = el(
    "button",
    { type: "button", class: "button quiet", click: handlers.onLeave },
    icon("back"),
    "Other skill",
  );
  const title = el("h3", { class: "skill-heading" }, skillTitle);
  let current: AnswerForm | undefined;
  let giveBackFocus: () => void = () => undefined;

  const node = el(
    "div",
    { class: "practice" },
    el("div", { class: "practice-head" }, title, leave),
    el(
      "div",
      { class: "scoreboard" },
      score.node,
      el("dl", { class: "stats" }, streak.node, answered.node, right.node, time.node),
    ),
    strip,
    card,
    el("div", { class: "practice-foot" }, skip, finish),
  );

  return {
    node,
    show(session, delta) {
      score.show(session.smartscore, session.current_zone, delta);
      setText(streak.value, String(session.current_streak_correct));
      streak.node.dataset.hot = String(session.current_streak_correct >= 3);
      setText(answered.value, String(session.questions_answered));
      setText(right.value, String(session.correct_count));
    },
    showTime(seconds) {
      setText(time.value, clockTime(seconds));
    },
    ask(question, focus) {
      current = answerForm(question, (answer) => handlers.onAnswer(question, answer));
      const level = el(
        "p",
        { class: "level" },
        el("span", { class: "level-dots", "data-level": question.level, "aria-hidden": "true" }),
        `Level ${question.level}`,
      );
      fill(card, level, current.node);
      card.dataset.state = "asked";
      if (focus) {
        current.focus();
        card.scrollIntoView({ block: "nearest" });
      }
      return current;
    },
    tell(reply) {
      current?.reveal(reply);
      finish.disabled = false;
      card.dataset.state = reply.is_correct ? "right" : "wrong";
      const told = feedback(reply, handlers.onNext);
      card.append(told.node);
      told.focus();
    },
    notice(words, action) {
      fill(strip, ...(words === undefined ? [] : [el("p", {}, words), action]));
    },
    enable(isOn) {
      const isAsked = card.dataset.state === "asked";
      if (!isOn) giveBackFocus = holdFocus();
      skip.disabled = !isOn || !isAsked;
      finish.disabled = !isOn;
      if (isAsked) current?.enable(isOn);
      if (isOn) giveBackFocus();
    },
  };
}

function stat(picture: IconName, label: string) {
  const value = el("dd", {});
  return { value, node: el("div", { class: "stat" }, el("dt", {}, icon(picture), label), value) };
}
