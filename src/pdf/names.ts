import type { Flow } from "./flow.ts";
import { INK } from "./palette.ts";
import { oneLine } from "./wrap.ts";

const COLUMNS = 3;
const SIZE = 9;
const HEIGHT = 15;

/** A list of names in columns, to be read across; it goes on on the next page. */
export function drawNames(flow: Flow, names: readonly string[]): void {
  const width = flow.width / COLUMNS;
  const style = { face: flow.book.faces.regular, size: SIZE, color: INK } as const;
  for (const [index, name] of names.entries()) {
    const column = index % COLUMNS;
    if (column === 0) {
      flow.need(HEIGHT);
      flow.y += HEIGHT;
    }
    flow.sheet.text(oneLine(name, style.face, SIZE, width - 10), flow.left + column * width, flow.y - 4, style);
  }
}
