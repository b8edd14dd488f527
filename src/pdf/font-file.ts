import type { Ink } from "./mark.ts";

/** A TrueType font as its file has it: what it takes to measure text and to cut a smaller font from it. */
export type FontFile = {
  /** For PDFs: letters, digits and hyphens. */
  readonly name: string;
  readonly unitsPerEm: number;
  /** In font units, as all lengths here; the descent is below 0. */
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  readonly box: readonly [left: number, bottom: number, right: number, top: number];
  readonly isItalic: boolean;
  readonly isBold: boolean;
  /** The glyph of a code point; undefined where the font has none. */
  glyphOf(codePoint: number): number | undefined;
  /** How far the pen moves on. */
  advanceOf(glyph: number): number;
  leftBearingOf(glyph: number): number;
  /** The glyph's outline as the `glyf` table has it; empty for a blank. */
  outlineOf(glyph: number): Uint8Array;
  /** Where that outline is, at a size of 1; undefined for a blank. */
  inkOf(glyph: number): Ink | undefined;
  /** A table, whole. */
  table(tag: string): Uint8Array;
};

/** The box that every TrueType font has first, for what it lacks. */
export const MISSING_GLYPH = 0;

const SEMIBOLD = 600;
const ITALIC = 1;

/** Reads a TrueType font. Throws a RangeError where it lacks a table that it must have. (OpenType 1.9) */
export function readFontFile(name: string, bytes: ArrayBuffer): FontFile {
  const view = new DataView(bytes);
  const places = new Map<string, { offset: number; length: number }>();
  for (let at = 12, left = view.getUint16(4); left > 0; at += 16, left--) {
    places.set(tagAt(view, at), { offset: view.getUint32(at + 8), length: view.getUint32(at + 12) });
  }
  const table = (tag: string): Uint8Array => {
    const place = places.get(tag);
    if (!place) throw new RangeError(`The font ${name} has no table ${tag}`);
    return new Uint8Array(bytes, place.offset, place.length);
  };
  const head = viewOf(table("head"));
  const hhea = viewOf(table("hhea"));
  const os2 = viewOf(table("OS/2"));
  const hmtx = viewOf(table("hmtx"));
  const loca = viewOf(table("loca"));
  const glyf = table("glyf");
  const withAdvance = hhea.getUint16(34);
  const isLong = head.getInt16(50) === 1;
  const outlineStart = (glyph: number) => (isLong ? loca.getUint32(glyph * 4) : loca.getUint16(glyph * 2) * 2);
  const outlineOf = (glyph: number) => glyf.subarray(outlineStart(glyph), outlineStart(glyph + 1));
  const unitsPerEm = head.getUint16(18);
  const glyphs = glyphsIn(table("cmap"));
  return {
    name,
    unitsPerEm,
    ascent: hhea.getInt16(4),
    descent: hhea.getInt16(6),
    // Tables before version 2 do not say; capitals are about so high.
    capHeight: os2.getUint16(0) >= 2 ? os2.getInt16(88) : Math.round(unitsPerEm * 0.72),
    box: [head.getInt16(36), head.getInt16(38), head.getInt16(40), head.getInt16(42)],
    isItalic: (os2.getUint16(62) & ITALIC) !== 0,
    isBold: os2.getUint16(4) >= SEMIBOLD,
    glyphOf: (codePoint) => glyphs.get(codePoint),
    // The last advance holds for all glyphs that follow.
    advanceOf: (glyph) => hmtx.getUint16(Math.min(glyph, withAdvance - 1) * 4),
    leftBearingOf: (glyph) =>
      hmtx.getInt16(glyph < withAdvance ? glyph * 4 + 2 : withAdvance * 4 + (glyph - withAdvance) * 2),
    outlineOf,
    inkOf: (glyph) => {
      const outline = viewOf(outlineOf(glyph));
      if (outline.byteLength === 0) return undefined;
      const [left = 0, bottom = 0, right = 0, top = 0] = [2, 4, 6, 8].map((at) => outline.getInt16(at) / unitsPerEm);
      return { left, bottom, right, top };
    },
    table,
  };
}

/** The glyphs by code point, from the subtables of formats 4 and 12: those of Unicode. */
function glyphsIn(cmap: Uint8Array): ReadonlyMap<number, number> {
  const view = viewOf(cmap);
  const glyphs = new Map<number, number>();
  const seen = new Set<number>();
  for (let record = 0; record < view.getUint16(2); record++) {
    const offset = view.getUint32(4 + record * 8 + 4);
    if (seen.has(offset)) continue;
    seen.add(offset);
    const format = view.getUint16(offset);
    if (format === 4) readSegments(view, offset, glyphs);
    if (format === 12) readGroups(view, offset, glyphs);
  }
  return glyphs;
}

function readSegments(view: DataView, at: number, glyphs: Map<number, number>): void {
  const size = view.getUint16(at + 6);
  const [ends, starts, deltas, offsets] = [at + 14, at + 16 + size, at + 16 + size * 2, at + 16 + size * 3];
  for (let segment = 0; segment < size; segment += 2) {
    const [first, last] = [view.getUint16(starts + segment), view.getUint16(ends + segment)];
    const delta = view.getUint16(deltas + segment);
    const offset = view.getUint16(offsets + segment);
    for (let code = first; code <= last && code < 0xffff; code++) {
      const indexed = offset === 0 ? code : view.getUint16(offsets + segment + offset + (code - first) * 2);
      const glyph = offset !== 0 && indexed === 0 ? 0 : (indexed + delta) & 0xffff;
      if (glyph !== MISSING_GLYPH) glyphs.set(code, glyph);
    }
  }
}

function readGroups(view: DataView, at: number, glyphs: Map<number, number>): void {
  for (let group = at + 16, left = view.getUint32(at + 12); left > 0; group += 12, left--) {
    const [first, last, glyph] = [view.getUint32(group), view.getUint32(group + 4), view.getUint32(group + 8)];
    for (let code = first; code <= last; code++) glyphs.set(code, glyph + code - first);
  }
}

const tagAt = (view: DataView, at: number) =>
  String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
