import type { Flow } from "./flow.ts";
import { INK } from "./palette.ts";
import { wrapAtMost } from "./wrap.ts";

const COLUMNS = 3;
const SIZE = 9;
const LINE_HEIGHT = 11.5;
const GAP = 3.5;
const MOST_LINES = 3;

type Row = { readonly names: readonly (readonly string[])[]; readonly height: number };

/**
 * A list of names in columns, to be read across, below its title. One of half a page at most is on one page; a longer one
 * goes on on the next.
 */
export function drawNames(flow: Flow, title: string, names: readonly string[]): void {
  const rows = rowsOf(flow, names);
  const height = rows.reduce((sum, row) => sum + row.height, 0);
  flow.section(title, height <= flow.height / 2 ? height : 60);
  const width = flow.width / COLUMNS;
  const style = { face: flow.book.faces.regular, size: SIZE, color: INK } as const;
  for (const row of rows) {
    flow.need(row.height);
    for (const [column, lines] of row.names.entries()) {
      for (const [line, text] of lines.entries()) {
        flow.sheet.text(text, flow.left + column * width, flow.y + (line + 1) * LINE_HEIGHT - 0.5, style);
      }
    }
    flow.y += row.height;
  }
}

function rowsOf({ book, width }: Flow, names: readonly string[]): Row[] {
  const set = names.map((name) => wrapAtMost(name, book.faces.regular, SIZE, width / COLUMNS - 10, MOST_LINES));
  return Array.from({ length: Math.ceil(set.length / COLUMNS) }, (_, index) => {
    const row = set.slice(index * COLUMNS, (index + 1) * COLUMNS);
    return { names: row, height: Math.max(...row.map((lines) => lines.length)) * LINE_HEIGHT + GAP };
  });
}
