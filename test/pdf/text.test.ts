import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fontsFromDisk } from "../../dev/pdf/fonts.ts";
import { Book } from "../../src/pdf/book.ts";
import { sizeOf } from "../../src/pdf/paper.ts";
import { ELLIPSIS, fittingSize, oneLine, wrap, wrapAtMost } from "../../src/pdf/wrap.ts";

const fonts = await fontsFromDisk();
const at = new Date("2026-11-22T08:00:00Z");
const { faces } = new Book({ fonts, size: sizeOf("a4"), title: "", subject: "", at });
const face = faces.regular;

/** Any text: words, white space, emoji, Arabic, Han, marks, halves of surrogate pairs. */
const anyText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 80 }),
  fc.string({ unit: "binary", maxLength: 80 }),
  fc
    .array(
      fc.constantFrom(
        "word",
        " ",
        "\n",
        "🦊",
        "👩‍👩‍👧",
        "李小龙",
        "محمد",
        "e\u0301",
        "supercalifragilistic",
        "\t",
        "\u00ad",
      ),
    )
    .map((parts) => parts.join("")),
);

describe("text in lines", () => {
  it("is never wider than its column, but for a single sign that is", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 300 }), (text, width) => {
        for (const line of wrap(text, face, 9, width)) {
          const wide = face.widthOf(line) * 9;
          if (wide > width + 1e-6) expect([...new Intl.Segmenter().segment(line)]).toHaveLength(1);
        }
      }),
    );
  });

  it("has all that is seen of the text, in its order", () => {
    const seen = (text: string) => text.replace(/\s+/g, "");
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 300 }), (text, width) => {
        expect(seen(wrap(text, face, 9, width).join(""))).toBe(seen(text.replace(/\u200b/g, "")));
      }),
    );
  });

  it("breaks between words, and where the text itself does", () => {
    expect(wrap("one two\nthree", face, 9, 500)).toEqual(["one two", "three"]);
    expect(wrap("one two", face, 9, face.widthOf("one tw") * 9)).toEqual(["one", "two"]);
    expect(wrap("over 7\u00a0000", face, 9, 30)).toEqual(["over", "7\u00a0000"]);
  });

  it("breaks a word that is longer than the line", () => {
    const lines = wrap("Donaudampfschifffahrtsgesellschaft", face, 9, 60);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join("")).toBe("Donaudampfschifffahrtsgesellschaft");
  });

  it("breaks such a word after its hyphen, where it has one in the line", () => {
    const width = face.widthOf("Wolfeschlegelsteinhausen-Papa") * 9;
    expect(wrap("Wolfeschlegelsteinhausen-Papadiamantopoulos Ada", face, 9, width)).toEqual([
      "Wolfeschlegelsteinhausen-",
      "Papadiamantopoulos Ada",
    ]);
    expect(wrap("Kind-of-a-Wolfeschlegelsteinhausen-", face, 9, width)[0]).toBe("Kind-of-a-");
    const number = wrap("-12345678901234567890", face, 9, face.widthOf("-1234567") * 9);
    expect(number[0]).toBe("-1234567");
  });

  it("is cut after so many lines, and says so", () => {
    const text = "one two three four five six seven eight nine ten";
    const lines = wrap(text, face, 9, 60);
    expect(wrapAtMost(text, face, 9, 60, lines.length)).toEqual(lines);
    const cut = wrapAtMost(text, face, 9, 60, 2);
    expect(cut).toHaveLength(2);
    expect(cut[0]).toBe(lines[0]);
    expect(cut[1]?.endsWith(ELLIPSIS)).toBe(true);
    expect(face.widthOf(cut[1] ?? "") * 9).toBeLessThanOrEqual(60);
  });

  it("is cut to one line with an ellipsis, if it must be", () => {
    expect(oneLine("short", face, 9, 100)).toBe("short");
    const cut = oneLine("a long title that goes on and on", face, 9, 60);
    expect(cut.endsWith(ELLIPSIS)).toBe(true);
    expect(face.widthOf(cut) * 9).toBeLessThanOrEqual(60);
  });

  it("is set smaller until it fits, down to a least size", () => {
    expect(fittingSize("Ada", face, 20, 500, 8)).toBe(20);
    const size = fittingSize("A name that is long", face, 20, 100, 5);
    expect(face.widthOf("A name that is long") * size).toBeCloseTo(100);
    expect(fittingSize("A name that is far too long for this", face, 20, 10, 5)).toBe(5);
  });
});

describe("signs that no font has", () => {
  it("never fail, whatever they are", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(face.widthOf(text)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("are one box for each that people see as one", () => {
    const family = face.glyphsOf("👩‍👩‍👧");
    expect(family).toHaveLength(1);
    expect(family[0]?.advance).toBeGreaterThan(0.3);
    expect(face.glyphsOf("🦊 Foxy")).toHaveLength(6);
    expect(face.glyphsOf("李小龙")).toHaveLength(3);
  });

  it("leave no trace where they show nothing", () => {
    expect(face.widthOf("a\u200db\u202ec\ufeff")).toBe(face.widthOf("abc"));
  });

  it("are taken from the font of signs where that has them", () => {
    const [plain, sign] = face.glyphsOf("a∛");
    expect(sign?.font).not.toBe(plain?.font);
  });
});

describe("a mark that makes no letter of its own", () => {
  const inkOf = (text: string, of = face) =>
    of.glyphsOf(text).map(({ ink, advance, moved }) => ({ ...ink, advance, x: moved?.x ?? 0, y: moved?.y ?? 0 }));

  it.each(Object.entries(faces))("is over or below the middle of its letter, %s, and takes no room", (_, of) => {
    for (const text of ["ɔ\u0301", "\u1ecd\u0300", "X\u0331", "g\u0331", "Ɛ\u0303"]) {
      const [letter, mark, ...rest] = inkOf(text, of);
      expect(rest).toEqual([]);
      const { left = 0, right = 0, top = 0, bottom = 0, advance = 0 } = letter ?? {};
      const { left: from = 0, right: to = 0, top: up = 0, bottom: low = 0, x = 0, y = 0 } = mark ?? {};
      expect(advance + x + (from + to) / 2).toBeCloseTo((left + right) / 2);
      expect(low + y > top || up + y < bottom).toBe(true);
      expect(of.widthOf(text)).toBe(advance);
    }
  });

  it("is on top of those before it, and never far from its line", () => {
    const [, first, second] = inkOf("ɔ\u0303\u0301");
    expect((second?.bottom ?? 0) + (second?.y ?? 0)).toBeGreaterThan((first?.top ?? 0) + (first?.y ?? 0));
    for (const { y } of inkOf(`Z${"\u0301\u0323".repeat(50)}`)) expect(Math.abs(y)).toBeLessThanOrEqual(0.5);
  });

  it("is set as it is where it has no letter", () => {
    expect(inkOf("\u0331")).toHaveLength(1);
    expect(inkOf(" \u0331")).toHaveLength(2);
  });
});

it("letters with marks are set as one, however they are written", () => {
  expect(face.glyphsOf("Thu\u1ef7")).toEqual(face.glyphsOf("Thuy\u0309"));
});
