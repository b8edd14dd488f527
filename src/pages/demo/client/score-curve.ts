import { el, svg } from "./dom.ts";
import { CHALLENGE_FROM, MASTERY, REFINING_FROM } from "./wording.ts";

/** So many answers the width holds before it is shared out more narrowly. */
const ROOMY = 12;

/** How the SmartScore went from answer to answer; who does not see it has the number. */
export function scoreCurve(): { readonly node: HTMLElement; show(scores: readonly number[]): void } {
  const line = svg("path", { class: "curve-line", "vector-effect": "non-scaling-stroke" });
  const area = svg("path", { class: "curve-area" });
  const borders = [REFINING_FROM, CHALLENGE_FROM].map((score) =>
    svg("path", { class: "curve-border", d: `M0 ${y(score)}H100`, "vector-effect": "non-scaling-stroke" }),
  );
  const picture = svg("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none" }, ...borders, area, line);
  const dot = el("span", { class: "curve-dot" });
  const node = el("div", { class: "curve", "aria-hidden": "true" }, picture, dot);
  return {
    node,
    show(scores) {
      const step = 100 / (Math.max(ROOMY, scores.length) - 1);
      const points = scores.map((score, at) => `${(at * step).toFixed(2)} ${y(score)}`);
      const end = (Math.max(0, scores.length - 1) * step).toFixed(2);
      line.setAttribute("d", points.length < 2 ? "" : `M${points.join("L")}`);
      area.setAttribute("d", points.length < 2 ? "" : `M${points.join("L")}L${end} 100L0 100Z`);
      dot.style.insetInlineStart = `${end}%`;
      dot.style.insetBlockStart = `${y(scores.at(-1) ?? 0)}%`;
      dot.hidden = scores.length === 0;
    },
  };
}

function y(score: number): number {
  return MASTERY - score;
}
