import type { Flow } from "./flow.ts";
import { ACCENT, INK, LINE, SOFT, TINT } from "./palette.ts";
import type { Color } from "./sheet.ts";
import { fittingSize, oneLine, wrapAtMost } from "./wrap.ts";

export type Fact = {
  readonly label: string;
  readonly value: string;
  readonly note?: string;
  readonly color?: Color;
};

export type TitleBlock = {
  readonly title: string;
  /** Beneath it, in bold. */
  readonly subtitle?: string;
  /** One line each. */
  readonly below: readonly string[];
  /** Figures side by side, six at most in a row. */
  readonly facts: readonly Fact[];
};

const TITLE = { size: 22, height: 27, mostLines: 3 } as const;
const SUBTITLE = { size: 13, height: 19 } as const;
const BELOW = { size: 10.5, height: 16 } as const;
const TILE = { height: 54, gap: 8, most: 6, padding: 10 } as const;

/** What a document is about, large, and its main figures. */
export function drawTitleBlock(flow: Flow, { title, subtitle, below, facts }: TitleBlock): void {
  const { regular, bold } = flow.book.faces;
  flow.y += 6;
  for (const line of wrapAtMost(title, bold, TITLE.size, flow.width, TITLE.mostLines)) {
    flow.y += TITLE.height;
    flow.sheet.text(line, flow.left, flow.y - 4, { face: bold, size: TITLE.size, color: INK });
  }
  flow.y += 4;
  if (subtitle !== undefined) {
    flow.y += SUBTITLE.height;
    const fitting = oneLine(subtitle, bold, SUBTITLE.size, flow.width);
    flow.sheet.text(fitting, flow.left, flow.y - 4, { face: bold, size: SUBTITLE.size, color: ACCENT });
  }
  for (const line of below.filter((each) => each !== "")) {
    flow.y += BELOW.height;
    const fitting = oneLine(line, regular, BELOW.size, flow.width);
    flow.sheet.text(fitting, flow.left, flow.y - 3, { face: regular, size: BELOW.size, color: SOFT });
  }
  flow.y += 12;
  drawFacts(flow, facts);
}

/** Figures side by side, in as many rows as it takes. */
export function drawFacts(flow: Flow, facts: readonly Fact[]): void {
  const inRow = Math.min(TILE.most, facts.length);
  const width = (flow.width - TILE.gap * (inRow - 1)) / inRow;
  for (const [index, fact] of facts.entries()) {
    const column = index % inRow;
    if (column === 0) flow.need(TILE.height + TILE.gap);
    drawFact(flow, fact, { x: flow.left + column * (width + TILE.gap), width });
    if (column === inRow - 1 || index === facts.length - 1) flow.y += TILE.height + TILE.gap;
  }
}

function drawFact(flow: Flow, { label, value, note = "", color = INK }: Fact, at: { x: number; width: number }): void {
  const { sheet, y } = flow;
  const { regular, bold } = flow.book.faces;
  const [left, room] = [at.x + TILE.padding, at.width - TILE.padding * 2];
  sheet.rect(at.x, y, { width: at.width, height: TILE.height }, { fill: TINT, stroke: LINE, lineWidth: 0.5 }, 5);
  const small = { face: regular, size: 7.5, color: SOFT } as const;
  const size = fittingSize(value, bold, 15, room, 8);
  sheet.text(oneLine(label, regular, small.size, room), left, y + 15, small);
  sheet.text(oneLine(value, bold, size, room), left, y + 33, { face: bold, size, color });
  sheet.text(oneLine(note, regular, small.size, room), left, y + 46, small);
}
