import type { Flow } from "./flow.ts";
import { INK, LINE, SOFT, TINT } from "./palette.ts";
import type { Align, Color } from "./sheet.ts";
import type { Typeface } from "./typeface.ts";
import { oneLine, wrapAtMost } from "./wrap.ts";

export type Column = {
  readonly title: string;
  /** In points, or a part of what those in points leave, by its share. */
  readonly width: { readonly points: number } | { readonly share: number };
  readonly align?: Align;
};

export type Paragraph = {
  readonly text: string;
  readonly isBold?: boolean;
  readonly size?: number;
  readonly color?: Color;
};

/** Something drawn in a cell, from its upper left corner on. */
export type Drawing = {
  readonly height: number;
  readonly draw: (flow: Flow, at: { readonly x: number; readonly y: number; readonly width: number }) => void;
};

export type Cell = string | Paragraph | readonly Paragraph[] | { readonly drawing: Drawing };

export type Table = {
  /** Above it, and never apart from its first row. */
  readonly title?: string;
  /** Below the title. */
  readonly note?: string | undefined;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** What is said in place of rows where there are none. */
  readonly empty: string;
};

const SIZE = 9;
const HEADING_SIZE = 7.5;
const HEADING_HEIGHT = 20;
const LINE_HEIGHT = 1.36;
const PADDING = { x: 6, y: 5 } as const;
/** What a title and a note take, at most. */
const ABOVE = 60;
/** Where a row begins that no page has whole, there is room for this part of a page, at least. */
const LEAST_BEGUN = 0.15;
/** So many pages of text a cell shows, at most: more than any question has. */
const MOST_PAGES = 8;

type Placed = { readonly x: number; readonly width: number; readonly column: Column };

type SetLine = { readonly text: string; readonly face: Typeface; readonly size: number; readonly color: Color };

type SetCell = {
  readonly lines: readonly SetLine[];
  readonly drawing: Drawing | undefined;
  readonly height: number;
};

/**
 * Draws a table: its heading is repeated on every page, and a row is whole on one page, but for one that is higher than a
 * page, which goes on line by line on the next. The last of three rows or more is not alone on its page, if the two can be
 * on one.
 */
export function drawTable(flow: Flow, { title, note, columns, rows, empty }: Table): void {
  const placed = place(columns, flow);
  const setRow = (row: readonly Cell[]): SetRow =>
    rowOf(placed.map(({ width }, index) => setCell(flow, row[index] ?? "", width - PADDING.x * 2)));
  /** What must fit where a row is to begin, below so much on the same page. */
  const roomFor = ({ height }: SetRow, above = HEADING_HEIGHT) =>
    above + height > flow.height ? flow.height * LEAST_BEGUN : height;
  const first = setRow(rows[0] ?? [empty]);
  const aboveFirst = (title === undefined ? 0 : ABOVE) + HEADING_HEIGHT;
  flow.need(aboveFirst + roomFor(first, aboveFirst));
  if (title !== undefined) flow.section(title, 0);
  if (note !== undefined) flow.paragraph(note);
  drawHeading(flow, placed);
  if (rows.length === 0) drawEmpty(flow, empty);
  for (const [index, row] of rows.entries()) {
    const set = index === 0 ? first : setRow(row);
    const room = roomFor(set, index === 0 ? aboveFirst : HEADING_HEIGHT);
    const last = index > 0 && index === rows.length - 2 ? roomFor(setRow(rows[index + 1] ?? [])) : 0;
    const isPair = HEADING_HEIGHT + set.height + last <= flow.height;
    if (!flow.fits(room + (isPair ? last : 0))) goOn(flow, placed);
    drawRow(flow, placed, set);
  }
}

type SetRow = { readonly cells: readonly SetCell[]; readonly height: number };

const rowOf = (cells: readonly SetCell[]): SetRow => ({
  cells,
  height: Math.max(...cells.map((cell) => cell.height)) + PADDING.y * 2,
});

function goOn(flow: Flow, placed: readonly Placed[]): void {
  flow.newPage();
  drawHeading(flow, placed);
}

function drawEmpty(flow: Flow, empty: string): void {
  const style = { face: flow.book.faces.regular, size: SIZE, color: SOFT } as const;
  flow.sheet.text(empty, flow.left + PADDING.x, flow.y + PADDING.y + SIZE, style);
  flow.y += PADDING.y * 2 + SIZE * LINE_HEIGHT;
}

function place(columns: readonly Column[], { left, width }: Flow): readonly Placed[] {
  const fixed = columns.reduce((sum, column) => sum + ("points" in column.width ? column.width.points : 0), 0);
  const shares = columns.reduce((sum, column) => sum + ("share" in column.width ? column.width.share : 0), 0);
  let x = left;
  return columns.map((column) => {
    const own = column.width;
    const wide = "points" in own ? own.points : ((width - fixed) * own.share) / shares;
    x += wide;
    return { x: x - wide, width: wide, column };
  });
}

function drawHeading(flow: Flow, columns: readonly Placed[]): void {
  const { bold } = flow.book.faces;
  flow.sheet.rect(flow.left, flow.y, { width: flow.width, height: HEADING_HEIGHT }, { fill: TINT }, 3);
  for (const { x, width, column } of columns) {
    const title = oneLine(column.title, bold, HEADING_SIZE, width - PADDING.x * 2);
    const style = { face: bold, size: HEADING_SIZE, color: SOFT } as const;
    flow.sheet.text(title, anchor(x, width, column.align), flow.y + 13, style, column.align);
  }
  flow.y += HEADING_HEIGHT;
}

/** Draws a row from here on, over as many pages as it takes. */
function drawRow(flow: Flow, columns: readonly Placed[], row: SetRow): void {
  for (let rest = row; ; goOn(flow, columns)) {
    const { now, later } = parted(rest, flow.bottom - flow.y);
    drawLines(flow, columns, now);
    if (!later) break;
    rest = later;
  }
  flow.sheet.line(flow.left, flow.y, flow.right, flow.y, { stroke: LINE, lineWidth: 0.5 });
}

/** What of a row fits in so much room, and what does not, if anything. */
function parted(row: SetRow, room: number): { now: SetRow; later?: SetRow } {
  if (row.height <= room) return { now: row };
  const parts = row.cells.map((cell) => partedCell(cell, room - PADDING.y * 2));
  const [now, later] = [rowOf(parts.map(([fitting]) => fitting)), rowOf(parts.map(([, rest]) => rest))];
  return later.cells.some(({ lines }) => lines.length > 0) ? { now, later } : { now };
}

function partedCell({ lines, drawing }: SetCell, room: number): readonly [SetCell, SetCell] {
  let [fitting, filled] = [0, 0];
  for (const { size } of lines) {
    filled += size * LINE_HEIGHT;
    if (filled > room) break;
    fitting += 1;
  }
  return [cellOf(lines.slice(0, fitting), drawing), cellOf(lines.slice(fitting))];
}

const cellOf = (lines: readonly SetLine[], drawing?: Drawing): SetCell => ({
  lines,
  drawing,
  height: lines.reduce((height, { size }) => height + size * LINE_HEIGHT, drawing?.height ?? 0),
});

function drawLines(flow: Flow, columns: readonly Placed[], { cells, height }: SetRow): void {
  const { sheet, y } = flow;
  for (const [index, { x, width, column }] of columns.entries()) {
    const cell = cells[index];
    if (!cell) continue;
    let top = y + PADDING.y;
    for (const line of cell.lines) {
      sheet.text(line.text, anchor(x, width, column.align), top + line.size, line, column.align);
      top += line.size * LINE_HEIGHT;
    }
    cell.drawing?.draw(flow, { x: x + PADDING.x, y: top, width: width - PADDING.x * 2 });
  }
  flow.y += height;
}

const anchor = (x: number, width: number, align: Align = "left") =>
  align === "left" ? x + PADDING.x : align === "right" ? x + width - PADDING.x : x + width / 2;

function setCell(flow: Flow, cell: Cell, width: number): SetCell {
  if (typeof cell === "object" && "drawing" in cell) return cellOf([], cell.drawing);
  const paragraphs: readonly Paragraph[] = typeof cell === "string" ? [{ text: cell }] : "text" in cell ? [cell] : cell;
  let room = flow.height * MOST_PAGES;
  const lines = paragraphs.flatMap(({ text, isBold = false, size = SIZE, color = INK }): SetLine[] => {
    const face = isBold ? flow.book.faces.bold : flow.book.faces.regular;
    const set = wrapAtMost(text, face, size, width, Math.max(0, Math.floor(room / (size * LINE_HEIGHT))));
    room -= set.length * size * LINE_HEIGHT;
    return set.map((line) => ({ text: line, face, size, color }));
  });
  return cellOf(lines);
}
