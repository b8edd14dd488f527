import { expect, it } from "vitest";
import { fontsFromDisk } from "../../dev/pdf/fonts.ts";
import { Book } from "../../src/pdf/book.ts";
import { Flow } from "../../src/pdf/flow.ts";
import { PAPERS, sizeOf } from "../../src/pdf/paper.ts";
import { drawTitleBlock } from "../../src/pdf/title-block.ts";
import type { Typeface } from "../../src/pdf/typeface.ts";

const fonts = await fontsFromDisk();
const at = new Date("2026-11-22T08:00:00Z");

/** A text as long as a title may be, whose last word nothing else has. */
const longest = (last: string) => `${"of words that go on ".repeat(10).slice(0, 199 - last.length)} ${last}`;

it.each(PAPERS)("a document on %s has the whole of its title, however long, and all that is below it", (paper) => {
  const book = new Book({ fonts, size: sizeOf(paper), title: "T", subject: "S", at });
  const flow = new Flow(book, { kind: "Kind", about: "About", asOf: "As of now" });
  const { bold, regular } = book.faces;
  drawTitleBlock(flow, {
    title: longest("lastly"),
    subtitle: longest("beneath"),
    below: [longest("under")],
    facts: [{ label: "Fact", value: "1" }],
  });
  const [sheet] = book.sheets;
  const codesOf = (text: string, face: Typeface) =>
    face
      .glyphsOf(text)
      .map(({ code }) => code)
      .join("");
  for (const [word, face] of [
    ["lastly", bold],
    ["beneath", bold],
    ["under", regular],
  ] as const) {
    expect(sheet?.content).toContain(codesOf(word, face));
  }
  expect(book.sheets).toHaveLength(1);
  expect(flow.y).toBeLessThan(flow.height / 2);
});
