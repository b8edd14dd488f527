import type { Book } from "./book.ts";
import { ACCENT, FAINT, INK, LINE, SOFT } from "./palette.ts";
import type { Sheet, TextStyle } from "./sheet.ts";
import { oneLine, wrap } from "./wrap.ts";

/** What every page says of the document. */
export type Running = {
  /** What kind of document it is: "Practice session". */
  readonly kind: string;
  /** Whose, and of what: on every page but the first, whose title says so. */
  readonly about: string;
  /** How fresh it is. */
  readonly asOf: string;
};

const MARGIN = 44;
const HEADING_Y = 36;
const CONTENT_TOP = 64;
const FOOT = 30;
const LINE_HEIGHT = 1.38;

/** Content that runs down a page and on to the next: every page has the heading, the margins and its number. */
export class Flow {
  readonly book: Book;
  readonly left = MARGIN;
  /** Where the next thing begins. */
  y = CONTENT_TOP;
  readonly #running: Running;
  #sheet: Sheet;

  constructor(book: Book, running: Running) {
    this.book = book;
    this.#running = running;
    this.#sheet = this.#addSheet();
  }

  get sheet(): Sheet {
    return this.#sheet;
  }

  get width(): number {
    return this.book.size.width - MARGIN * 2;
  }

  get right(): number {
    return this.left + this.width;
  }

  /** Where content must end. */
  get bottom(): number {
    return this.book.size.height - FOOT - 24;
  }

  /** The most that fits on one page. */
  get height(): number {
    return this.bottom - CONTENT_TOP;
  }

  /** Whether so much fits on what is left of the page. */
  fits(height: number): boolean {
    return this.y + height <= this.bottom;
  }

  /** Goes to a new page where so much does not fit on this one. */
  need(height: number): void {
    if (!this.fits(height)) this.newPage();
  }

  newPage(): void {
    this.#sheet = this.#addSheet();
    this.y = CONTENT_TOP;
  }

  /** A heading with room for something below it. */
  section(title: string, room = 60): void {
    this.need(room + 36);
    this.y += 26;
    this.sheet.text(title, this.left, this.y, { face: this.book.faces.bold, size: 12.5, color: INK });
    this.y += 9;
  }

  /** Running text; its lines go on on the next page one by one. */
  paragraph(text: string, style: Partial<TextStyle> = {}): void {
    const { face = this.book.faces.regular, size = 9.5, color = SOFT } = style;
    for (const line of wrap(text, face, size, this.width)) {
      this.need(size * LINE_HEIGHT);
      this.y += size * LINE_HEIGHT;
      this.sheet.text(line, this.left, this.y - size * 0.3, { face, size, color });
    }
    this.y += 4;
  }

  /** Numbers the pages. Nothing may be added afterwards. */
  finish(): Promise<Uint8Array<ArrayBuffer>> {
    const style = { face: this.book.faces.regular, size: 7.5, color: FAINT } as const;
    const y = this.book.size.height - FOOT;
    for (const [index, sheet] of this.book.sheets.entries()) {
      sheet.text(this.#running.asOf, this.left, y, style);
      sheet.text(`Page ${index + 1} of ${this.book.sheets.length}`, this.right, y, style, "right");
    }
    return this.book.finish();
  }

  #addSheet(): Sheet {
    const sheet = this.book.addSheet();
    const { regular, bold } = this.book.faces;
    const isFirst = this.book.sheets.length === 1;
    const brand = { face: bold, size: 8.5, color: ACCENT } as const;
    const kind = { face: regular, size: 8.5, color: SOFT } as const;
    sheet.text("Ascent", this.left, HEADING_Y, brand);
    const about = isFirst ? this.#running.kind : `${this.#running.kind} · ${this.#running.about}`;
    sheet.text(oneLine(about, regular, 8.5, this.width - 60), this.right, HEADING_Y, kind, "right");
    sheet.line(this.left, HEADING_Y + 8, this.right, HEADING_Y + 8, { stroke: LINE, lineWidth: 0.75 });
    return sheet;
  }
}
