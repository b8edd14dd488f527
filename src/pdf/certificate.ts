import { Book, type Faces, type PdfFonts } from "./book.ts";
import { drawFlourish, drawFrame, drawMedal, drawPeaks, FRAME, LIVERIES, type Livery } from "./certificate-art.ts";
import { GOLD, INK, SOFT } from "./palette.ts";
import { landscape, type Printing, sizeOf } from "./paper.ts";
import { type Sheet, type TextStyle, widthOf } from "./sheet.ts";
import type { Typeface } from "./typeface.ts";
import { dayText } from "./words.ts";
import { fittingSize, oneLine, wrap, wrapAtMost } from "./wrap.ts";

export type Certificate = {
  readonly type: "EXCELLENCE" | "MASTERY";
  /** As it is to be printed. */
  readonly studentName: string;
  readonly skillTitle: string;
  /** Where the skill belongs: "Grade 5 · Math". */
  readonly skillPlace: string;
  /** The day that is printed: `2026-11-22`. */
  readonly date: string;
  /** Who awarded it; null where it was earned by practice alone. */
  readonly awardedBy: string | null;
  /** What its verification page is found by, and the page's whole address. */
  readonly code: string;
  readonly verifyUrl: string;
};

/** What a certificate says of its type. */
const WORDING = {
  MASTERY: { title: "Certificate of Mastery", deed: "has mastered the skill" },
  EXCELLENCE: { title: "Certificate of Excellence", deed: "has reached excellence in the skill" },
} as const;

/** A certificate to hang up: one page, lying. Its file says that it was made when the certificate was. */
export async function certificatePdf(
  asked: Certificate,
  { paper, at }: Printing,
  fonts: PdfFonts,
): Promise<Uint8Array<ArrayBuffer>> {
  const size = landscape(sizeOf(paper));
  const title = `${WORDING[asked.type].title}: ${asked.skillTitle}, ${asked.studentName}`;
  const book = new Book({ fonts, size, title, subject: asked.skillPlace, at });
  const sheet = book.addSheet();
  const livery = LIVERIES[asked.type];
  drawFrame(sheet, livery);
  drawDeed(sheet, book.faces, asked, livery);
  drawFoot(sheet, book.faces, asked, livery);
  return book.finish();
}

/** Who did what: from the mark at the top to the skill. */
function drawDeed(sheet: Sheet, { serif, italic, bold, regular }: Faces, asked: Certificate, livery: Livery): void {
  const middle = sheet.size.width / 2;
  // From the middle of the page on, so that what a paper lacks in height is missing above and below alike.
  const top = sheet.size.height / 2 - 250;
  const room = sheet.size.width - FRAME * 2 - 70;
  const { title, deed } = WORDING[asked.type];
  drawPeaks(sheet, middle, top + 54, 40, livery);
  sheet.text("ASCENT", middle, top + 70, { face: bold, size: 8.5, color: livery.dark, spacing: 3 }, "center");
  sheet.text(title, middle, top + 120, { face: serif, size: 42, color: livery.dark, spacing: 0.4 }, "center");
  sheet.text("This is to certify that", middle, top + 154, { face: italic, size: 16, color: SOFT }, "center");

  const name = inLines(asked.studentName, serif, [52, 30], [26, 22, 19, 16], room);
  const nameStyle = { face: serif, size: name.size, color: INK } as const;
  drawCentered(sheet, name, { x: middle, y: top + 193 }, nameStyle);
  const widest = Math.max(...name.lines.map((line) => widthOf(line, nameStyle)));
  drawFlourish(sheet, middle, top + 230, Math.min(room, Math.max(260, widest + 60)));

  sheet.text(deed, middle, top + 260, { face: italic, size: 16, color: SOFT }, "center");
  const skill = inLines(asked.skillTitle, serif, [27, 24], [21, 18, 15, 12.5], room);
  drawCentered(sheet, skill, { x: middle, y: top + 291 }, { face: serif, size: skill.size, color: INK });
  const place = oneLine(asked.skillPlace, regular, 10.5, room);
  sheet.text(place, middle, top + 328, { face: regular, size: 10.5, color: SOFT }, "center");
}

/** When and by whom, to the left and right of the medal, and where it can be checked. */
function drawFoot(sheet: Sheet, faces: Faces, asked: Certificate, livery: Livery): void {
  const { width, height } = sheet.size;
  const bottom = height - FRAME;
  drawMedal(sheet, { x: width / 2, y: bottom - 103, radius: 38 }, livery);
  const by = asked.awardedBy ?? "Earned by practice";
  drawSigned(sheet, faces, { x: width / 2 - 210, y: bottom - 72 }, dayText(asked.date), "Date");
  drawSigned(
    sheet,
    faces,
    { x: width / 2 + 210, y: bottom - 72 },
    by,
    asked.awardedBy === null ? "on Ascent" : "Awarded by",
  );

  const small = { face: faces.regular, size: 7.5, color: SOFT } as const;
  const check = `To check this certificate: ${asked.verifyUrl}  ·  code ${asked.code}`;
  const fitting = fittingSize(check, faces.regular, small.size, width - FRAME * 2 - 30, 5);
  const line = oneLine(check, faces.regular, fitting, width - FRAME * 2 - 30);
  sheet.text(line, width / 2, bottom - 12, { ...small, size: fitting }, "center");
}

const SIGNED_WIDTH = 190;

function drawSigned(
  sheet: Sheet,
  { serif, regular }: Faces,
  { x, y }: { x: number; y: number },
  value: string,
  caption: string,
): void {
  const set = inLines(value, serif, [16, 12], [11.5, 10, 8.5], SIGNED_WIDTH);
  const up = 8 + set.size * 0.32 + ((set.lines.length - 1) * set.size * LEADING) / 2;
  drawCentered(sheet, set, { x, y: y - up }, { face: serif, size: set.size, color: INK });
  sheet.line(x - SIGNED_WIDTH / 2, y, x + SIGNED_WIDTH / 2, y, { stroke: GOLD, lineWidth: 0.8 });
  sheet.text(caption, x, y + 13, { face: regular, size: 8.5, color: SOFT }, "center");
}

const LEADING = 1.12;

type SetText = { readonly lines: readonly string[]; readonly size: number };

/** A text in one line between the largest and the least of `sizes`, else in two lines of the first of `smaller` that will do. */
function inLines(
  text: string,
  face: Typeface,
  [largest, least]: readonly [number, number],
  smaller: readonly [number, ...number[]],
  width: number,
): SetText {
  const size = fittingSize(text, face, largest, width, 1);
  if (size >= least) return { lines: [oneLine(text, face, size, width)], size };
  const fits = smaller.find((each) => wrap(text, face, each, width).length <= 2) ?? Math.min(...smaller);
  return { lines: inTwoLines(text, face, fits, width), size: fits };
}

const STEP = 4;

/** A text in two lines as alike in length as its words let them be; with an ellipsis where it needs more. */
function inTwoLines(text: string, face: Typeface, size: number, width: number): readonly string[] {
  const widestWord = Math.max(...text.split(/\s+/).map((word) => face.widthOf(word))) * size;
  let lines = wrapAtMost(text, face, size, width, 2);
  for (let narrower = width - STEP; narrower >= widestWord; narrower -= STEP) {
    const tried = wrap(text, face, size, narrower);
    if (tried.length > 2) break;
    lines = tried;
  }
  return lines;
}

/** Lines around a middle. */
function drawCentered(sheet: Sheet, { lines, size }: SetText, at: { x: number; y: number }, style: TextStyle): void {
  for (const [index, line] of lines.entries()) {
    const y = at.y + size * 0.32 + (index - (lines.length - 1) / 2) * size * LEADING;
    sheet.text(line, at.x, y, style, "center");
  }
}
