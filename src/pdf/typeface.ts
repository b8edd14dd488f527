import { type PDFContext, PDFName, type PDFRef, PDFString } from "pdf-lib";
import { addStream } from "./compressed.ts";
import { cutFont } from "./cut-font.ts";
import { type FontFile, MISSING_GLYPH } from "./font-file.ts";
import { type Ink, placeMark } from "./mark.ts";

/** What one sign of a text becomes: a glyph of a font of the document. */
export type Glyph = {
  readonly font: DocumentFont;
  /** Its code as a PDF writes it: four hexadecimal digits. */
  readonly code: string;
  /** What it stands for. */
  readonly text: string;
  /** How far the pen moves on, at a size of 1. */
  readonly advance: number;
  /** Where its outline is; undefined of a blank. */
  readonly ink: Ink | undefined;
  /** Of a mark, which moves no pen: how far it is from where it would be drawn after its letter. */
  readonly moved?: { readonly x: number; readonly y: number; readonly width: number };
};

/** Signs that show nothing: joiners, marks of direction, variation selectors, controls. */
const SHOWS_NOTHING = /[\p{Cc}\p{Cf}\p{Variation_Selector}]/u;

/** What belongs on, over or below the letter before it. */
const MARK = /\p{Mn}/u;

/** ▯, of the font of signs. */
const BOX = 0x25af;

/** The most characters that are said to be behind one box. */
const BEHIND_A_BOX = 30;

const clusters = new Intl.Segmenter("en", { granularity: "grapheme" });

/** A font as one document uses it. A glyph gets its code when text first needs it, so that only those are embedded. */
export class DocumentFont {
  /** What pages call it. */
  readonly resource: string;
  readonly file: FontFile;
  readonly #glyphs: number[] = [MISSING_GLYPH];
  /** What each code stands for: what is found and copied in a viewer. */
  readonly #texts: string[] = [""];
  readonly #advances: number[] = [0];
  readonly #known = new Map<string, Glyph>();

  constructor(resource: string, file: FontFile) {
    this.resource = resource;
    this.file = file;
  }

  get isUsed(): boolean {
    return this.#glyphs.length > 1;
  }

  /** The glyph of one code point; undefined where the font has none. */
  glyphOf(character: string): Glyph | undefined {
    const known = this.#known.get(character);
    if (known) return known;
    const glyph = this.file.glyphOf(character.codePointAt(0) ?? 0);
    return glyph === undefined ? undefined : this.#take(glyph, character);
  }

  /** A box in place of what no font has; it is found and copied as what it stands for. */
  boxFor(text: string): Glyph {
    return this.#known.get(text) ?? this.#take(this.file.glyphOf(BOX) ?? MISSING_GLYPH, text);
  }

  #take(glyph: number, text: string): Glyph {
    const advance = Math.round((this.file.advanceOf(glyph) * 1000) / this.file.unitsPerEm);
    const code = this.#glyphs.push(glyph) - 1;
    this.#texts.push(text);
    this.#advances.push(advance);
    const taken = { font: this, code: hex(code), text, advance: advance / 1000, ink: this.file.inkOf(glyph) };
    this.#known.set(text, taken);
    return taken;
  }

  /** Puts the font into a document: the glyphs that were used, their widths, their texts. (ISO 32000-1, 9.7) */
  async embed(context: PDFContext): Promise<PDFRef> {
    const { file } = this;
    const name = PDFName.of(`ASCENT+${file.name}`);
    const thousandths = (length: number) => Math.round((length * 1000) / file.unitsPerEm);
    const program = cutFont(file, this.#glyphs);
    const descriptor = context.obj({
      Type: "FontDescriptor",
      FontName: name,
      Flags: SYMBOLIC | (file.isItalic ? ITALIC : 0),
      FontBBox: file.box.map(thousandths),
      ItalicAngle: file.isItalic ? -12 : 0,
      Ascent: thousandths(file.ascent),
      Descent: thousandths(file.descent),
      CapHeight: thousandths(file.capHeight),
      StemV: file.isBold ? 120 : 80,
      FontFile2: await addStream(context, program, { Length1: program.length }),
    });
    const descendant = context.obj({
      Type: "Font",
      Subtype: "CIDFontType2",
      BaseFont: name,
      CIDSystemInfo: { Registry: PDFString.of("Adobe"), Ordering: PDFString.of("Identity"), Supplement: 0 },
      CIDToGIDMap: "Identity",
      FontDescriptor: context.register(descriptor),
      W: [0, this.#advances],
    });
    const font = context.obj({
      Type: "Font",
      Subtype: "Type0",
      BaseFont: name,
      Encoding: "Identity-H",
      DescendantFonts: [context.register(descendant)],
      ToUnicode: await addStream(context, this.#toUnicode()),
    });
    return context.register(font);
  }

  #toUnicode(): string {
    const entries = this.#texts.map((text, code) => `<${hex(code)}> <${utf16(text)}>`).slice(1);
    const blocks = Array.from({ length: Math.ceil(entries.length / 100) }, (_, index) => {
      const block = entries.slice(index * 100, (index + 1) * 100);
      return `${block.length} beginbfchar\n${block.join("\n")}\nendbfchar`;
    });
    return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${blocks.join("\n")}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`;
  }
}

/** Flags of a font descriptor (ISO 32000-1, table 123). */
const SYMBOLIC = 1 << 2;
const ITALIC = 1 << 6;

const hex = (code: number) => code.toString(16).padStart(4, "0");

/** A text as PDFs write what others stand for: in UTF-16, four hexadecimal digits a unit. */
export const utf16 = (text: string) => {
  const shown = [...text].slice(0, BEHIND_A_BOX).join("");
  return Array.from({ length: shown.length }, (_, index) => hex(shown.charCodeAt(index))).join("");
};

/** How text is set: the first of these fonts that has a sign draws it; what none has is a box of the last. */
export class Typeface {
  readonly #fonts: readonly [DocumentFont, ...DocumentFont[]];
  readonly #known = new Map<string, Glyph | null>();

  constructor(...fonts: readonly [DocumentFont, ...DocumentFont[]]) {
    this.#fonts = fonts;
  }

  get #first(): DocumentFont {
    return this.#fonts[0];
  }

  /** Heights at a size of 1, the descent below 0: those of the first font, whatever else is in a line. */
  get ascent(): number {
    return this.#first.file.ascent / this.#first.file.unitsPerEm;
  }

  get descent(): number {
    return this.#first.file.descent / this.#first.file.unitsPerEm;
  }

  get capHeight(): number {
    return this.#first.file.capHeight / this.#first.file.unitsPerEm;
  }

  /** The glyphs of a text in its order. Never fails: a cluster of signs that the fonts lack is one box. */
  glyphsOf(text: string): Glyph[] {
    const normal = text.toWellFormed().normalize("NFC");
    return (
      this.#set(normal) ??
      [...clusters.segment(normal)].flatMap(({ segment }) => this.#set(segment) ?? [this.#box(segment)])
    );
  }

  /** Undefined where the fonts lack a sign. A mark takes its place by the letter before it and the marks that this has already. */
  #set(text: string): Glyph[] | undefined {
    const glyphs: Glyph[] = [];
    let letter: Glyph | undefined;
    for (const character of text) {
      const glyph = this.#glyphOf(character);
      if (glyph === undefined) return undefined;
      if (glyph === null) continue;
      if (letter?.ink && glyph.ink && MARK.test(character)) {
        const { x, y, ink } = placeMark({ ...letter, ink: letter.ink }, glyph.ink);
        glyphs.push({ ...glyph, advance: 0, moved: { x, y, width: glyph.advance } });
        letter = { ...letter, ink };
      } else {
        glyphs.push(glyph);
        letter = glyph;
      }
    }
    return glyphs;
  }

  #box(cluster: string): Glyph {
    return (this.#fonts.at(-1) ?? this.#first).boxFor(cluster);
  }

  /** Null for what shows nothing, undefined for what no font has. */
  #glyphOf(character: string): Glyph | null | undefined {
    const known = this.#known.get(character);
    if (known !== undefined) return known;
    const glyph = SHOWS_NOTHING.test(character) ? null : this.#inFonts(character);
    if (glyph !== undefined) this.#known.set(character, glyph);
    return glyph;
  }

  #inFonts(character: string): Glyph | undefined {
    for (const font of this.#fonts) {
      const glyph = font.glyphOf(character);
      if (glyph) return glyph;
    }
    return undefined;
  }

  /** How wide a text is, at a size of 1. */
  widthOf(text: string): number {
    return this.glyphsOf(text).reduce((width, { advance }) => width + advance, 0);
  }
}
