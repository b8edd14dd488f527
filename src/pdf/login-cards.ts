import { Book, type Faces, type PdfFonts } from "./book.ts";
import { ACCENT, FAINT, INK, LINE, SOFT } from "./palette.ts";
import { type Printing, type Size, sizeOf } from "./paper.ts";
import type { Sheet } from "./sheet.ts";
import { fittingSize, oneLine } from "./wrap.ts";

/** What login cards show: a card for each pupil who signs in by user name. */
export type LoginCards = {
  readonly classroom: string;
  /** Where pupils sign in. */
  readonly signInUrl: string;
  readonly cards: readonly LoginCard[];
};

type LoginCard = {
  readonly fullName: string;
  readonly username: string;
  /** The first password; null where it is another by now, which only the pupil knows. */
  readonly password: string | null;
};

const COLUMNS = 2;
const ROWS = 4;
const PER_PAGE = COLUMNS * ROWS;
const PADDING = 20;
/** Left blank at the edges, where many printers cannot print. */
const MARGIN = 18;

/** A class's login cards, eight to a page, with lines to cut along. Without any it is one page that says so. */
export async function loginCardsPdf(
  asked: LoginCards,
  { paper, at }: Printing,
  fonts: PdfFonts,
): Promise<Uint8Array<ArrayBuffer>> {
  const title = `Login cards: ${asked.classroom}`;
  const book = new Book({ fonts, size: sizeOf(paper), title, subject: title, at });
  for (let first = 0; first < Math.max(asked.cards.length, 1); first += PER_PAGE) {
    drawPage(book, asked, asked.cards.slice(first, first + PER_PAGE));
  }
  return book.finish();
}

function drawPage(book: Book, asked: LoginCards, cards: readonly LoginCard[]): void {
  const sheet = book.addSheet();
  const { width, height } = sheet.size;
  const size = { width: (width - MARGIN * 2) / COLUMNS, height: (height - MARGIN * 2) / ROWS };
  if (cards.length === 0) {
    const style = { face: book.faces.regular, size: 12, color: SOFT } as const;
    sheet.text("No pupil of this class signs in by user name.", width / 2, height / 2, style, "center");
    return;
  }
  drawCutLines(sheet, size);
  for (const [index, card] of cards.entries()) {
    const x = MARGIN + (index % COLUMNS) * size.width;
    const y = MARGIN + Math.floor(index / COLUMNS) * size.height;
    drawCard(sheet, book.faces, { card, asked, x, y, size });
  }
}

const CUT = { stroke: FAINT, lineWidth: 0.6, dash: [4, 4] } as const;

function drawCutLines(sheet: Sheet, size: Size): void {
  const [right, bottom] = [sheet.size.width, sheet.size.height];
  for (let column = 0; column <= COLUMNS; column++) {
    const x = MARGIN + column * size.width;
    sheet.line(x, 0, x, bottom, CUT);
  }
  for (let row = 0; row <= ROWS; row++) {
    const y = MARGIN + row * size.height;
    sheet.line(0, y, right, y, CUT);
  }
}

type Placed = {
  readonly card: LoginCard;
  readonly asked: LoginCards;
  readonly x: number;
  readonly y: number;
  readonly size: Size;
};

function drawCard(sheet: Sheet, { regular, bold, mono }: Faces, { card, asked, x, y, size }: Placed): void {
  const [left, width] = [x + PADDING, size.width - PADDING * 2];
  const small = { face: regular, size: 8, color: SOFT } as const;
  const brand = { face: bold, size: 8, color: ACCENT } as const;
  const top = y + PADDING + 8;
  sheet.text(oneLine(asked.classroom, regular, small.size, width - 50), left, top, small);
  sheet.text("Ascent", left + width, top, brand, "right");
  sheet.line(left, top + 7, left + width, top + 7, { stroke: LINE, lineWidth: 0.75 });

  const nameSize = fittingSize(card.fullName, bold, 17, width, 10);
  const name = oneLine(card.fullName, bold, nameSize, width);
  sheet.text(name, left, top + 31, { face: bold, size: nameSize, color: INK });

  const facts: readonly (readonly [label: string, value: string, isTyped: boolean])[] = [
    ["Sign in at", asked.signInUrl, false],
    ["User name", card.username, true],
    ["Password", card.password ?? "the one that you know", card.password !== null],
  ];
  for (const [index, [label, value, isTyped]] of facts.entries()) {
    const baseline = top + 56 + index * 24;
    const face = isTyped ? mono : regular;
    const room = width - 62;
    const fitting = fittingSize(value, face, isTyped ? 13 : 9.5, room, 6.5);
    sheet.text(label, left, baseline, small);
    sheet.text(oneLine(value, face, fitting, room), left + 62, baseline, { face, size: fitting, color: INK });
  }
  sheet.text("Keep this card to yourself.", left, y + size.height - 14, { ...small, size: 7, color: FAINT });
}
