import { el, fill, setText } from "./dom.ts";
import { type IconName, icon } from "./icons.ts";
import type { Status, Watched } from "./live-class.ts";
import { scoreCurve } from "./score-curve.ts";
import { ago } from "./times.ts";
import { CHALLENGE_FROM, MASTERY, REFINING_FROM, ZONE_NAMES } from "./wording.ts";

export type Tile = {
  readonly node: HTMLElement;
  show(student: Watched): void;
  /** Says anew how long ago the last activity was. */
  tick(nowMs: number): void;
};

export const STATUS_LOOK: Readonly<Record<Status, { name: string; icon: IconName }>> = {
  ACTIVE: { name: "Active", icon: "bolt" },
  NEEDS_HELP: { name: "Needs help", icon: "hand" },
  IDLE: { name: "Idle", icon: "pause" },
  OFFLINE: { name: "Offline", icon: "off" },
};

/** One student of the class; `titleOf` gives a skill's title. */
export function tile(titleOf: (skillId: number) => Promise<string>): Tile {
  const initials = el("span", { class: "initials", "aria-hidden": "true" });
  const name = el("h3", { class: "tile-name" });
  const status = el("span", { class: "status" });
  const skill = el("p", { class: "tile-skill" });
  const bar = el("span", { class: "bar-fill" });
  const score = el("span", { class: "tile-score" });
  const moved = el("span", { class: "tile-moved", "aria-hidden": "true" });
  const zone = el("span", { class: "zone-name" });
  const answered = el("dd", {});
  const right = el("dd", {});
  const wrong = el("dd", {});
  const curve = scoreCurve();
  const trail = el("span", { class: "trail", "aria-hidden": "true" });
  const last = el("span", { class: "tile-last" });
  const practice = el(
    "div",
    { class: "tile-practice" },
    el("p", { class: "tile-score-line" }, el("span", { class: "sr-only" }, "SmartScore "), score, moved, zone),
    el(
      "div",
      { class: "bar", "aria-hidden": "true" },
      bar,
      el("span", { class: "bar-mark", "data-at": REFINING_FROM }),
      el("span", { class: "bar-mark", "data-at": CHALLENGE_FROM }),
    ),
    el(
      "dl",
      { class: "tile-counts" },
      el("div", {}, el("dt", {}, "Answered"), answered),
      el(
        "div",
        { class: "count-right" },
        el("dt", {}, icon("check"), el("span", { class: "tile-word" }, "Right")),
        right,
      ),
      el(
        "div",
        { class: "count-wrong" },
        el("dt", {}, icon("cross"), el("span", { class: "tile-word" }, "Wrong")),
        wrong,
      ),
    ),
  );
  const node = el(
    "li",
    { class: "tile" },
    el("div", { class: "tile-head" }, initials, el("div", { class: "tile-who" }, name, skill), status),
    practice,
    curve.node,
    el("p", { class: "tile-foot" }, trail, last),
  );
  let shown: Watched | undefined;

  async function showSkill(student: Watched): Promise<void> {
    const { skill_id: skillId } = student;
    const title = skillId === null ? "Not practising yet" : await titleOf(skillId);
    if (shown?.skill_id === skillId) setText(skill, title);
  }

  return {
    node,
    show(student) {
      const before = shown;
      shown = student;
      const value = student.smartscore;
      setText(initials, initialsOf(student.full_name));
      setText(name, student.full_name);
      if (before?.status !== student.status) {
        const look = STATUS_LOOK[student.status];
        node.dataset.status = student.status;
        fill(status, icon(look.icon), look.name);
      }
      if (before === undefined || before.skill_id !== student.skill_id) void showSkill(student);
      practice.hidden = student.skill_id === null;
      node.dataset.zone = value === MASTERY ? "MASTERED" : (student.zone ?? "");
      setText(score, value === null ? "–" : String(value));
      setText(zone, value === MASTERY ? "Mastered" : student.zone === null ? "" : ZONE_NAMES[student.zone]);
      bar.style.inlineSize = `${value ?? 0}%`;
      curve.show(student.scores);
      setText(answered, String(student.questions_answered));
      setText(right, String(student.correct));
      setText(wrong, String(student.incorrect));
      fill(trail, ...student.trail.map((isRight) => el("i", { "data-right": isRight ? "yes" : "no" })));
      if (before !== undefined && before.questions_answered !== student.questions_answered) move(student);
    },
    tick(nowMs) {
      const { status: now, last_activity_at: at } = shown ?? {};
      setText(last, at ? ago(Date.parse(at), nowMs) : now === "OFFLINE" ? "Not seen today" : "");
    },
  };

  /** The tile lights up for a moment. */
  function move(student: Watched): void {
    const sign = student.moved > 0 ? `+${student.moved}` : student.moved < 0 ? `−${-student.moved}` : "";
    fill(moved, sign === "" ? undefined : el("span", { "data-kind": student.moved > 0 ? "up" : "down" }, sign));
    delete node.dataset.moved;
    // Read between the two, the size makes the browser see both: the motion starts anew.
    void node.offsetWidth;
    node.dataset.moved = student.trail.at(-1) === false ? "wrong" : "right";
  }
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== "");
  const first = (word: string | undefined) => [...(word ?? "")][0] ?? "";
  return (first(words[0]) + (words.length > 1 ? first(words.at(-1)) : "")).toUpperCase();
}
