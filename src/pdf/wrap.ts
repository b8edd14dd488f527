import type { Typeface } from "./typeface.ts";

/** What follows a text of which not all is shown. */
export const ELLIPSIS = "…";

/**
 * A text in lines that are no wider than `width` at this size: broken between words, a word that is wider than a line
 * after a hyphen if it has one there, else wherever it must be, and where the text itself has a new line. Other white
 * space is one space.
 */
export function wrap(text: string, face: Typeface, size: number, width: number): string[] {
  return wrapFirst(text, face, size, width, Number.POSITIVE_INFINITY);
}

/** The first lines of the same, with an ellipsis after the last where there are more; what follows costs nothing. */
export function wrapAtMost(text: string, face: Typeface, size: number, width: number, most: number): string[] {
  const lines = wrapFirst(text, face, size, width, most + 1);
  if (lines.length <= most) return lines;
  return lines
    .slice(0, most)
    .map((line, at) => (at === most - 1 ? oneLine(`${line} ${ELLIPSIS}`, face, size, width) : line));
}

/** So many lines at least, if there are as many. */
function wrapFirst(text: string, face: Typeface, size: number, width: number, enough: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split(/\r\n|[\n\r\u2028\u2029]/)) {
    if (lines.length >= enough) break;
    lines.push(...wrapParagraph(paragraph, face, width / size, enough - lines.length));
  }
  return lines;
}

function wrapParagraph(paragraph: string, face: Typeface, width: number, enough: number): string[] {
  const words = paragraph.split(WHITE_SPACE).filter((word) => word !== "");
  const space = face.widthOf(" ");
  const lines: string[] = [];
  let line = "";
  let filled = 0;
  for (const word of words) {
    if (lines.length > enough) break;
    const wide = face.widthOf(word);
    if (line !== "" && filled + space + wide <= width) {
      line += ` ${word}`;
      filled += space + wide;
      continue;
    }
    if (line !== "") lines.push(line);
    if (wide <= width) {
      line = word;
      filled = wide;
      continue;
    }
    const pieces = broken(word, face, width);
    line = pieces.pop() ?? "";
    filled = face.widthOf(line);
    lines.push(...pieces);
  }
  return [...lines, line];
}

/** White space where a line may break: a no-break space is none. */
const WHITE_SPACE = /[\t\v\f \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000\u200b]+/;

const clusters = new Intl.Segmenter("en", { granularity: "grapheme" });

/** As much of a word as ends with a hyphen between letters. */
const TO_HYPHEN = /^.*\p{L}[-\u2010\u2013\u2014/](?=\p{L})/su;

/** A word in pieces that fit, each with one sign at least. */
function broken(word: string, face: Typeface, width: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  let filled = 0;
  for (const { segment } of clusters.segment(word)) {
    const wide = face.widthOf(segment);
    if (piece !== "" && filled + wide > width) {
      const [whole = piece] = TO_HYPHEN.exec(piece + segment) ?? [];
      pieces.push(whole);
      piece = piece.slice(whole.length);
      filled = face.widthOf(piece);
    }
    piece += segment;
    filled += wide;
  }
  return [...pieces, piece];
}

/** The text in one line that is no wider than `width`: as much of it as fits, with an ellipsis where that is not all. */
export function oneLine(text: string, face: Typeface, size: number, width: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (face.widthOf(line) * size <= width) return line;
  const room = width / size - face.widthOf(ELLIPSIS);
  let kept = "";
  let filled = 0;
  for (const { segment } of clusters.segment(line)) {
    filled += face.widthOf(segment);
    if (filled > room) break;
    kept += segment;
  }
  return `${kept.trimEnd()}${ELLIPSIS}`;
}

/** The size at which a text is no wider than `width`: `size`, or smaller, but not below `least`. */
export function fittingSize(text: string, face: Typeface, size: number, width: number, least: number): number {
  const wide = face.widthOf(text);
  return wide === 0 ? size : Math.max(least, Math.min(size, width / wide));
}
