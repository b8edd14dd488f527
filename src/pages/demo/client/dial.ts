import type { Zone } from "../../../practice/smartscore.ts";
import { el, fill, setText, svg, wantsLittleMotion } from "./dom.ts";
import { CHALLENGE_FROM, MASTERY, nextGoal, REFINING_FROM, ZONE_NAMES } from "./wording.ts";

export type Dial = {
  readonly node: HTMLElement;
  /** Shows a SmartScore; `delta` is what the last answer changed. */
  show(score: number, zone: Zone, delta?: number): void;
};

/** The arc: three quarters of a circle, open at the bottom, in a box of 200. */
const CENTRE = 100;
const RADIUS = 82;
const TICK_RADIUS = 97;
const START_DEG = 135;
const SWEEP_DEG = 270;
const COUNTING_MS = 600;

const ZONES: readonly { zone: Zone; from: number; to: number }[] = [
  { zone: "LEARNING", from: 0, to: REFINING_FROM },
  { zone: "REFINING", from: REFINING_FROM, to: CHALLENGE_FROM },
  { zone: "CHALLENGE", from: CHALLENGE_FROM, to: MASTERY },
];

/** The SmartScore as a dial with its zones, the score counting up to where it is. */
export function dial(): Dial {
  const progress = svg("path", { class: "dial-progress", d: arc(0, MASTERY), pathLength: MASTERY });
  const number = el("span", { class: "dial-number" });
  const change = el("span", { class: "dial-change", "aria-hidden": "true" });
  const zoneName = el("span", { class: "zone-name" });
  const goal = el("span", { class: "dial-goal" });
  const picture = el(
    "div",
    { class: "dial-picture", role: "img" },
    svg(
      "svg",
      { viewBox: "0 0 200 178", "aria-hidden": "true", focusable: "false" },
      ...ZONES.map(({ zone, from, to }) =>
        svg("path", {
          class: "dial-zone",
          "data-zone": zone,
          d: arc(from + (from === 0 ? 0 : 0.9), to - (to === MASTERY ? 0 : 0.9)),
        }),
      ),
      progress,
      ...[REFINING_FROM, CHALLENGE_FROM].map(tick),
    ),
    el("span", { class: "dial-centre" }, number, el("span", { class: "dial-label" }, "SmartScore")),
    change,
  );
  const node = el("div", { class: "dial" }, picture, el("p", { class: "dial-zone-line" }, zoneName, goal));
  let shown: number | undefined;
  let frame = 0;

  function count(from: number, to: number): void {
    cancelAnimationFrame(frame);
    if (from === to || wantsLittleMotion()) {
      setText(number, String(to));
      return;
    }
    const start = performance.now();
    const step = (now: number) => {
      const share = Math.min(1, Math.max(0, (now - start) / COUNTING_MS));
      const eased = 1 - (1 - share) ** 3;
      setText(number, String(Math.round(from + (to - from) * eased)));
      if (share < 1) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
  }

  return {
    node,
    show(score, zone, delta) {
      count(shown ?? score, score);
      shown = score;
      node.dataset.zone = score === MASTERY ? "MASTERED" : zone;
      progress.style.strokeDasharray = `${score} ${MASTERY * 2}`;
      progress.style.opacity = score === 0 ? "0" : "1";
      picture.setAttribute("aria-label", `SmartScore ${score} of ${MASTERY}, zone ${ZONE_NAMES[zone]}`);
      setText(zoneName, score === MASTERY ? "Mastered" : ZONE_NAMES[zone]);
      setText(goal, score === MASTERY ? "" : nextGoal(score));
      fill(change);
      if (delta !== undefined) {
        const kind = delta > 0 ? "up" : delta < 0 ? "down" : "same";
        // A new element each time: its motion starts anew.
        fill(change, el("span", { class: "dial-delta", "data-kind": kind }, signed(delta)));
      }
    },
  };
}

/** With a plus or a real minus sign. */
function signed(delta: number): string {
  return delta < 0 ? `−${-delta}` : delta > 0 ? `+${delta}` : "±0";
}

function tick(score: number): SVGElement {
  const [x, y] = point(score, TICK_RADIUS);
  return svg(
    "text",
    { class: "dial-tick", x, y, "text-anchor": "middle", "dominant-baseline": "middle" },
    String(score),
  );
}

function arc(from: number, to: number): string {
  const [x1, y1] = point(from, RADIUS);
  const [x2, y2] = point(to, RADIUS);
  const isLong = ((to - from) / MASTERY) * SWEEP_DEG > 180 ? 1 : 0;
  return `M${x1} ${y1}A${RADIUS} ${RADIUS} 0 ${isLong} 1 ${x2} ${y2}`;
}

function point(score: number, radius: number): [number, number] {
  const radians = ((START_DEG + (score / MASTERY) * SWEEP_DEG) * Math.PI) / 180;
  return [round(CENTRE + radius * Math.cos(radians)), round(CENTRE + radius * Math.sin(radians))];
}

const round = (value: number) => Math.round(value * 100) / 100;
