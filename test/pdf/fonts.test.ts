import { describe, expect, it } from "vitest";
import { fontsFromDisk } from "../../dev/pdf/fonts.ts";
import { cutFont } from "../../src/pdf/cut-font.ts";
import { type FontFile, MISSING_GLYPH } from "../../src/pdf/font-file.ts";

const fonts = await fontsFromDisk();

const ALPHABETS: Readonly<Record<string, string>> = {
  English: "The quick brown fox jumps over the lazy dog 0123456789 “” ‘’ – — …",
  Polish: "Zażółć gęślą jaźń ZAŻÓŁĆ GĘŚLĄ JAŹŃ",
  Turkish: "Pijamalı hasta yağız şoföre çabucak güvendi İIıiĞğŞş",
  Vietnamese: "Nguyễn Thị Thuỷ Tiên Đặng Ữ Ợ Ẫ ử ự ặ ẵ ố ỡ",
  Greek: "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία ΆΈΉΊΌΎΏ ς",
  Cyrillic: "Съешь ещё этих мягких французских булок Ґґ Єє Її Ўў Ћћ Ѓѓ",
  "other Latin": "Ångström Žižek Núñez Ørsted Łódź ß ẞ Țț Șș Ħħ Ðð Þþ Œœ",
};

const lacking = (font: FontFile, text: string) =>
  [...new Set(text)].filter((character) => font.glyphOf(character.codePointAt(0) ?? 0) === undefined);

describe("the fonts of PDFs", () => {
  const faces = Object.entries({
    "sans, regular": fonts.sansRegular,
    "sans, bold": fonts.sansBold,
    "serif, bold": fonts.serifBold,
    "serif, italic": fonts.serifItalic,
  });

  it.each(faces)("%s has every letter of names", (_, font) => {
    for (const [language, text] of Object.entries(ALPHABETS)) {
      expect({ language, lacking: lacking(font, text) }).toEqual({ language, lacking: [] });
    }
  });

  it.each(faces)("%s has with the font of signs the letters of names that few fonts have", (_, font) => {
    const alphabets: Readonly<Record<string, string>> = {
      Azerbaijani: "Əliyev Məmmədova",
      "Hausa and Fulfulde": "Ɓɓ Ɗɗ Ƙƙ Ƴƴ Ŋŋ Ɲɲ",
      "Akan, Ewe, Bambara": "Ɛɛ Ɔɔ Ɖɖ Ƒƒ Ɣɣ Ʋʋ ɩ Ɛ̃ ɔ́",
      "Tlingit and Navajo": "x̱ g̱ ḵ ł ą́ ʼ ʔ",
      "Abkhaz and Kurdish": "Ҟҟ Ԥԥ Ԛԛ Ԝԝ",
    };
    for (const [language, text] of Object.entries(alphabets)) {
      const missing = lacking(font, text.normalize("NFC")).filter((letter) => lacking(fonts.signs, letter).length > 0);
      expect({ language, missing }).toEqual({ language, missing: [] });
    }
  });

  it.each(faces.slice(0, 2))("%s has with the font of signs whatever questions are written in", (_, font) => {
    const signs = "×÷−±≤≥≠≈√∛π°½⅓¾⅞²³¹⁰⁴⁻₁→←↑↓✓✗✕☐●○★▲△∞∑∫∠⊥∥∪∩⌊⌋";
    expect(lacking(font, signs).filter((sign) => lacking(fonts.signs, sign).length > 0)).toEqual([]);
  });

  it("the one for what is typed tells letters and digits apart that others do not", () => {
    const { monoBold } = fonts;
    const shapeOf = (sign: string) =>
      Buffer.from(monoBold.outlineOf(monoBold.glyphOf(sign.charCodeAt(0)) ?? 0)).toString("hex");
    expect(new Set([..."Il1|O0o"].map(shapeOf)).size).toBe(7);
  });

  it("says how far each letter moves the pen, in its own units", () => {
    const font = fonts.sansRegular;
    const advance = (letter: string) => font.advanceOf(font.glyphOf(letter.charCodeAt(0)) ?? 0) / font.unitsPerEm;
    expect(advance("i")).toBeLessThan(advance("m") / 2);
    expect(advance("m")).toBeGreaterThan(0.7);
    expect(advance("m")).toBeLessThan(1);
  });
});

/** What a cut font holds: how many glyphs, and the outline of each. */
function outlinesIn(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const table = (tag: string) => {
    for (let at = 12; at < 12 + view.getUint16(4) * 16; at += 16) {
      if (Buffer.from(bytes.subarray(at, at + 4)).toString() === tag) return view.getUint32(at + 8);
    }
    throw new Error(`no table ${tag}`);
  };
  const [glyf, loca, count] = [table("glyf"), table("loca"), view.getUint16(table("maxp") + 4)];
  return Array.from({ length: count }, (_, glyph) =>
    bytes.subarray(glyf + view.getUint32(loca + glyph * 4), glyf + view.getUint32(loca + glyph * 4 + 4)),
  );
}

const partsOf = (outline: Uint8Array) => {
  const view = new DataView(outline.buffer, outline.byteOffset, outline.byteLength);
  return outline.length > 0 && view.getInt16(0) < 0 ? [view.getUint16(12)] : [];
};

describe("a font cut to some glyphs", () => {
  const font = fonts.sansRegular;
  const glyphOf = (character: string) => font.glyphOf(character.codePointAt(0) ?? 0) ?? MISSING_GLYPH;

  it("has them in the order that was asked for, as they were", () => {
    const glyphs = [MISSING_GLYPH, glyphOf("o"), glyphOf("A")];
    const outlines = outlinesIn(cutFont(font, glyphs));
    expect(outlines).toHaveLength(3);
    for (const [place, glyph] of glyphs.entries()) {
      const whole = font.outlineOf(glyph);
      expect(outlines[place]?.subarray(0, whole.length)).toEqual(whole);
    }
  });

  it("has the parts too that letters are composed of, and names them by where they are now", () => {
    const composed = [..."éàüñçşğőłễ"].map(glyphOf).filter((glyph) => partsOf(font.outlineOf(glyph)).length > 0);
    expect(composed.length).toBeGreaterThan(3);
    const outlines = outlinesIn(cutFont(font, [MISSING_GLYPH, ...composed]));
    expect(outlines.length).toBeGreaterThan(composed.length + 1);
    for (const part of outlines.flatMap(partsOf)) expect(part).toBeLessThan(outlines.length);
  });

  it("is small, and the same bytes for the same glyphs", () => {
    const glyphs = [MISSING_GLYPH, ...[..."Multiply whole numbers"].map(glyphOf)];
    const cut = cutFont(font, glyphs);
    expect(cut.length).toBeLessThan(8_000);
    expect(cutFont(font, glyphs)).toEqual(cut);
  });
});
