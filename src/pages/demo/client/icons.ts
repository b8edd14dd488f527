import { svg } from "./dom.ts";

/** Drawn in a box of 24, in the colour of the text. */
const PATHS = {
  check: "M5 12.5l4.5 4.5L19 7.5",
  cross: "M6.5 6.5l11 11M17.5 6.5l-11 11",
  bolt: "M13 3L5 13.5h6L11 21l8-10.5h-6z",
  pause: "M9 6v12M15 6v12",
  hand: "M12 8v5m0 3.5v.01M12 3.5L2.8 19.5h18.4z",
  off: "M12 4v7M7 6.6a7.5 7.5 0 1 0 10 0",
  flame:
    "M12 3c1 3.5 5 5.5 5 10.2A5 5 0 0 1 12 18.5a5 5 0 0 1-5-5.3c0-2 1-3.2 2-4.2.3 1.5 1 2.3 1.8 2.5C10.5 8.5 11 5.5 12 3z",
  clock: "M12 7v5l3.5 2M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z",
  list: "M8 7h11M8 12h11M8 17h11M4.5 7h.01M4.5 12h.01M4.5 17h.01",
  next: "M5 12h14M13 6l6 6-6 6",
  skip: "M5 6l7 6-7 6zM13 6l6 6-6 6z",
  flag: "M6 21V4m0 0h11l-2 4 2 4H6",
  back: "M19 12H5m6-6l-6 6 6 6",
} as const;

export type IconName = keyof typeof PATHS;

/** A picture beside words that say the same: hidden from screen readers. */
export function icon(name: IconName): SVGSVGElement {
  return svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: PATHS[name] }));
}
