import type { FontFile } from "./font-file.ts";

/** Flags of a part of a composite glyph (OpenType 1.9, `glyf`). */
const ARGUMENTS_ARE_WORDS = 0x0001;
const HAS_SCALE = 0x0008;
const MORE_PARTS = 0x0020;
const HAS_TWO_SCALES = 0x0040;
const HAS_MATRIX = 0x0080;

/**
 * A TrueType font of these glyphs alone, in this order, and of what they are composed of after them: what a PDF embeds.
 * The same glyphs give the same bytes. A glyph may be named more than once.
 */
export function cutFont(font: FontFile, glyphs: readonly number[]): Uint8Array {
  const kept = [...glyphs];
  const places = new Map<number, number>();
  for (const [place, glyph] of kept.entries()) if (!places.has(glyph)) places.set(glyph, place);
  const placeOf = (glyph: number): number => {
    const known = places.get(glyph);
    if (known !== undefined) return known;
    places.set(glyph, kept.length);
    return kept.push(glyph) - 1;
  };
  const outlines: Uint8Array[] = [];
  // A part may be composed itself: the list grows while it is walked.
  for (let place = 0; place < kept.length; place++) {
    outlines.push(withParts(font.outlineOf(kept[place] ?? 0), placeOf));
  }
  const count = kept.length;
  return fontOf([
    ["glyf", joined(outlines)],
    ["head", headOf(font)],
    ["hhea", changed(font.table("hhea"), (view) => view.setUint16(34, count))],
    ["hmtx", metricsOf(font, kept)],
    ["loca", placesOf(outlines)],
    ["maxp", changed(font.table("maxp"), (view) => view.setUint16(4, count))],
  ]);
}

/** An outline whose parts, if it is composed of others, are named by their new places. */
function withParts(outline: Uint8Array, placeOf: (glyph: number) => number): Uint8Array {
  if (outline.length === 0 || viewOf(outline).getInt16(0) >= 0) return outline;
  return changed(outline, (view) => {
    for (let at = 10, flags = MORE_PARTS; flags & MORE_PARTS; at += partLength(flags)) {
      flags = view.getUint16(at);
      view.setUint16(at + 2, placeOf(view.getUint16(at + 2)));
    }
  });
}

function partLength(flags: number): number {
  const scale = flags & HAS_SCALE ? 2 : flags & HAS_TWO_SCALES ? 4 : flags & HAS_MATRIX ? 8 : 0;
  return 4 + (flags & ARGUMENTS_ARE_WORDS ? 4 : 2) + scale;
}

/** The head with long places; its checksum of the whole file, which no reader of PDFs looks at, is 0. */
const headOf = (font: FontFile) =>
  changed(font.table("head"), (view) => {
    view.setUint32(8, 0);
    view.setInt16(50, 1);
  });

function metricsOf(font: FontFile, glyphs: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(glyphs.length * 4));
  for (const [place, glyph] of glyphs.entries()) {
    view.setUint16(place * 4, font.advanceOf(glyph));
    view.setInt16(place * 4 + 2, font.leftBearingOf(glyph));
  }
  return new Uint8Array(view.buffer);
}

function placesOf(outlines: readonly Uint8Array[]): Uint8Array {
  const view = new DataView(new ArrayBuffer((outlines.length + 1) * 4));
  let end = 0;
  for (const [place, outline] of outlines.entries()) {
    end += padded(outline.length);
    view.setUint32((place + 1) * 4, end);
  }
  return new Uint8Array(view.buffer);
}

const TABLE_RECORD = 16;
const HEADER = 12;

/** The file of these tables, which are in the order of their tags. */
function fontOf(tables: readonly (readonly [tag: string, bytes: Uint8Array])[]): Uint8Array {
  const start = HEADER + tables.length * TABLE_RECORD;
  const bodies = joined(tables.map(([, bytes]) => bytes));
  const file = new Uint8Array(start + bodies.length);
  const view = viewOf(file);
  const log = Math.floor(Math.log2(tables.length));
  const range = 2 ** log * TABLE_RECORD;
  view.setUint32(0, 0x00010000);
  view.setUint16(4, tables.length);
  view.setUint16(6, range);
  view.setUint16(8, log);
  view.setUint16(10, tables.length * TABLE_RECORD - range);
  let offset = start;
  for (const [index, [tag, bytes]] of tables.entries()) {
    const at = HEADER + index * TABLE_RECORD;
    for (let letter = 0; letter < 4; letter++) view.setUint8(at + letter, tag.charCodeAt(letter));
    view.setUint32(at + 4, checksumOf(bytes));
    view.setUint32(at + 8, offset);
    view.setUint32(at + 12, bytes.length);
    offset += padded(bytes.length);
  }
  file.set(bodies, start);
  return file;
}

function checksumOf(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at++) sum = (sum + ((bytes[at] ?? 0) << (24 - 8 * (at % 4)))) >>> 0;
  return sum;
}

/** These one after the other, each from a multiple of four. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + padded(part.length), 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += padded(part.length);
  }
  return whole;
}

const padded = (length: number) => (length + 3) & ~3;

function changed(bytes: Uint8Array, change: (view: DataView) => void): Uint8Array {
  const copy = bytes.slice();
  change(viewOf(copy));
  return copy;
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
