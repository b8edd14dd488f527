import type { Flow } from "./flow.ts";
import { ACCENT, INK, LINE } from "./palette.ts";
import type { Color } from "./sheet.ts";
import type { Drawing } from "./table.ts";

const HEIGHT = 12;
const THICK = 5;
const NUMBER = 18;

/** A SmartScore in a table's cell: the number and a bar of it, with a mark at the score to reach. */
export function scoreBar(
  score: number,
  { aim, color = ACCENT }: { aim?: number; color?: Color } = {},
): { readonly drawing: Drawing } {
  return {
    drawing: {
      height: HEIGHT,
      draw: (flow, { x, y, width }) => {
        flow.sheet.text(String(score), x + NUMBER, y + 9, { face: flow.book.faces.bold, size: 9, color: INK }, "right");
        drawBar(flow, { x: x + NUMBER + 7, y: y + 3.5, width: width - NUMBER - 11 }, { score, aim, color });
      },
    },
  };
}

type Bar = { readonly score: number; readonly aim: number | undefined; readonly color: Color };

function drawBar({ sheet }: Flow, at: { x: number; y: number; width: number }, { score, aim, color }: Bar): void {
  sheet.rect(at.x, at.y, { width: at.width, height: THICK }, { fill: LINE }, THICK / 2);
  const filled = (at.width * score) / 100;
  if (score > 0) sheet.rect(at.x, at.y, { width: filled, height: THICK }, { fill: color }, THICK / 2);
  if (aim === undefined) return;
  const x = at.x + (at.width * aim) / 100;
  sheet.line(x, at.y - 2, x, at.y + THICK + 2, { stroke: INK, lineWidth: 0.8 });
}
