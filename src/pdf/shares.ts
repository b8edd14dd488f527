import type { Flow } from "./flow.ts";
import { INK, TINT } from "./palette.ts";
import { type Color, widthOf } from "./sheet.ts";

export type Share = { readonly name: string; readonly count: number; readonly color: Color };

const THICK = 12;
const GAP = 1.5;
const DOT = 7;

/** How a whole is made up: one bar in parts, and what each part is. Without anything it is an empty bar. */
export function drawShares(flow: Flow, shares: readonly Share[]): void {
  flow.need(THICK + 32);
  const { sheet } = flow;
  const total = shares.reduce((sum, { count }) => sum + count, 0);
  const top = flow.y + 4;
  sheet.rect(flow.left, top, { width: flow.width, height: THICK }, { fill: TINT });
  let x = flow.left;
  for (const { count, color } of shares.filter((share) => share.count > 0)) {
    const width = (flow.width * count) / total;
    sheet.rect(x, top, { width: Math.max(1, width - GAP), height: THICK }, { fill: color });
    x += width;
  }
  const style = { face: flow.book.faces.regular, size: 8, color: INK } as const;
  let left = flow.left;
  for (const { name, count, color } of shares) {
    const text = `${name}: ${count}`;
    sheet.rect(left, top + THICK + 9, { width: DOT, height: DOT }, { fill: color }, 1.5);
    sheet.text(text, left + DOT + 5, top + THICK + 15.5, style);
    left += DOT + 5 + widthOf(text, style) + 18;
  }
  flow.y = top + THICK + 24;
}
