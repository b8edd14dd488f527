import type { SessionView } from "../../../practice/schemas.ts";
import { dial } from "./dial.ts";
import { el } from "./dom.ts";
import { clockTime } from "./times.ts";

type SummaryHandlers = { onAgain(): void; onOther(): void };

/** A session that is over: what was reached, and the ways on. */
export function summary(session: SessionView, skillTitle: string, { onAgain, onOther }: SummaryHandlers): HTMLElement {
  const isMastered = session.finished_reason === "MASTERED";
  const score = dial();
  score.show(session.smartscore, session.current_zone);
  const accuracy =
    session.questions_answered === 0
      ? "–"
      : `${Math.round((session.correct_count / session.questions_answered) * 100)} %`;
  const title = el("h3", { tabindex: -1 }, isMastered ? "Mastered!" : "Well practised.");
  return el(
    "div",
    { class: "summary", "data-mastered": isMastered },
    title,
    el("p", { class: "soft" }, skillTitle),
    score.node,
    session.best_smartscore > session.smartscore
      ? el("p", { class: "soft" }, `The best of this session was ${session.best_smartscore}.`)
      : undefined,
    el(
      "dl",
      { class: "stats" },
      figure("Answered", String(session.questions_answered)),
      figure("Right", accuracy),
      figure("Best streak", String(session.max_streak_correct)),
      figure("Active time", clockTime(session.active_time_seconds)),
    ),
    el(
      "div",
      { class: "ways" },
      el("button", { type: "button", class: "button primary", click: onOther }, "Choose another skill"),
      el("button", { type: "button", class: "button", click: onAgain }, "Practise this again"),
    ),
  );
}

function figure(label: string, text: string): HTMLElement {
  return el("div", { class: "stat" }, el("dt", {}, label), el("dd", {}, text));
}
