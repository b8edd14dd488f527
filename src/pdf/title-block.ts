import type { Flow } from "./flow.ts";
import { ACCENT, INK, LINE, SOFT, TINT } from "./palette.ts";
import type { Color, TextStyle } from "./sheet.ts";
import { fittingSize, oneLine, wrap, wrapAtMost } from "./wrap.ts";

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
  /** Each begins a line. */
  readonly below: readonly string[];
  /** Figures side by side, six at most in a row. */
  readonly facts: readonly Fact[];
};

/** A title is large where it takes few lines, and smaller where it takes more. */
const TITLE = { size: 22, height: 27, mostLines: 3 } as const;
const LONG_TITLE = { size: 15, height: 19.5, mostLines: 7 } as const;
const SUBTITLE = { size: 13, height: 19, mostLines: 5 } as const;
const BELOW = { size: 10.5, height: 16, mostLines: 4 } as const;
const TILE = { height: 54, gap: 8, most: 6, padding: 10 } as const;

/** What a document is about, large, and its main figures. */
export function drawTitleBlock(flow: Flow, { title, subtitle, below, facts }: TitleBlock): void {
  const { regular, bold } = flow.book.faces;
  const isLong = wrap(title, bold, TITLE.size, flow.width).length > TITLE.mostLines;
  flow.y += 6;
  drawLines(flow, title, { ...(isLong ? LONG_TITLE : TITLE), up: 4, face: bold, color: INK });
  flow.y += 4;
  if (subtitle !== undefined) drawLines(flow, subtitle, { ...SUBTITLE, up: 4, face: bold, color: ACCENT });
  for (const text of below) {
    if (text !== "") drawLines(flow, text, { ...BELOW, up: 3, face: regular, color: SOFT });
  }
  flow.y += 12;
  drawFacts(flow, facts);
}

type Lines = TextStyle & {
  readonly height: number;
  readonly mostLines: number;
  /** Of its baseline from where its line ends. */
  readonly up: number;
};

function drawLines(flow: Flow, text: string, { height, mostLines, up, ...style }: Lines): void {
  for (const line of wrapAtMost(text, style.face, style.size, flow.width, mostLines)) {
    flow.y += height;
    flow.sheet.text(line, flow.left, flow.y - up, style);
  }
}

/** Figures side by side, in as many rows as it takes. */
function drawFacts(flow: Flow, facts: readonly Fact[]): void {
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
