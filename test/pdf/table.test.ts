import { describe, expect, it } from "vitest";
import { fontsFromDisk } from "../../dev/pdf/fonts.ts";
import { Book } from "../../src/pdf/book.ts";
import { Flow } from "../../src/pdf/flow.ts";
import { PAPERS, sizeOf } from "../../src/pdf/paper.ts";
import type { Sheet } from "../../src/pdf/sheet.ts";
import { type Cell, type Column, drawTable } from "../../src/pdf/table.ts";

const fonts = await fontsFromDisk();
const at = new Date("2026-11-22T08:00:00Z");

const COLUMNS: readonly Column[] = [
  { title: "#", width: { points: 40 }, align: "right" },
  { title: "Text", width: { share: 2 } },
  { title: "More", width: { share: 1 } },
];

function flowOn(paper: (typeof PAPERS)[number]): Flow {
  const book = new Book({ fonts, size: sizeOf(paper), title: "T", subject: "S", at });
  return new Flow(book, { kind: "Kind", about: "About", asOf: "As of now" });
}

type Placed = { readonly x: number; readonly y: number };

/** Where lines of text begin on a sheet, from its upper left corner. */
const textsOn = ({ content, size }: Sheet): Placed[] =>
  [...content.matchAll(/([\d.-]+) ([\d.-]+) Td/g)].map(([, x, y]) => ({ x: Number(x), y: size.height - Number(y) }));

/** The codes by which a sheet shows a text, of the document's bold font. */
const codesOf = (flow: Flow, text: string) =>
  flow.book.faces.bold
    .glyphsOf(text)
    .map(({ code }) => code)
    .join("");

describe.each(PAPERS)("a table on %s", (paper) => {
  it("never runs off a page, however many rows and however long they are", () => {
    const flow = flowOn(paper);
    const { height, width } = flow.book.size;
    const rows = Array.from({ length: 300 }, (_, index): Cell[] => [
      String(index + 1),
      "word ".repeat((index * 37) % 120),
      "X".repeat((index * 53) % 200),
    ]);
    drawTable(flow, { columns: COLUMNS, rows, empty: "" });
    expect(flow.book.sheets.length).toBeGreaterThan(10);
    for (const sheet of flow.book.sheets) {
      for (const { x, y } of textsOn(sheet)) {
        expect(y).toBeGreaterThan(20);
        expect(y).toBeLessThan(height - 40);
        expect(x).toBeGreaterThan(20);
        expect(x).toBeLessThan(width - 20);
      }
    }
  });

  it("has its heading on every page", () => {
    const flow = flowOn(paper);
    drawTable(flow, { columns: COLUMNS, rows: Array.from({ length: 200 }, () => ["1", "two", "three"]), empty: "" });
    const heading = codesOf(flow, "Text");
    expect(flow.book.sheets.length).toBeGreaterThan(2);
    for (const sheet of flow.book.sheets) expect(sheet.content.split(heading)).toHaveLength(2);
  });

  it.each([25, 50])("does not split a row of %i lines, which fits on a page: all of them are on one", (lines) => {
    const flow = flowOn(paper);
    const long = Array.from({ length: lines }, (_, index) => `line ${index}`).join("\n");
    drawTable(flow, { columns: COLUMNS, rows: Array.from({ length: 20 }, () => ["1", long, ""]), empty: "" });
    const last = flow.book.faces.regular
      .glyphsOf(`line ${lines - 1}`)
      .map(({ code }) => code)
      .join("");
    const first = flow.book.faces.regular
      .glyphsOf("line 0")
      .map(({ code }) => code)
      .join("");
    const whole = flow.book.sheets.map(({ content }) => content).join();
    expect(whole.split(`<${first}>`)).toHaveLength(21);
    for (const { content } of flow.book.sheets) {
      expect(content.split(`<${first}>`).length).toBe(content.split(`<${last}>`).length);
    }
  });

  it("never leaves its last row alone on a page", () => {
    for (let count = 20; count < 70; count++) {
      const flow = flowOn(paper);
      drawTable(flow, {
        columns: COLUMNS,
        rows: Array.from({ length: count }, () => ["1", "two", "three"]),
        empty: "",
      });
      const two = flow.book.faces.regular
        .glyphsOf("two")
        .map(({ code }) => code)
        .join("");
      const rows = flow.book.sheets.map(({ content }) => content.split(`<${two}>`).length - 1);
      expect(rows.reduce((sum, each) => sum + each, 0)).toBe(count);
      expect(rows.at(-1)).toBeGreaterThan(1);
    }
  });

  it("lets a row that is higher than a page go on on the next, below the heading, and loses nothing of it", () => {
    const count = (flow: Flow, text: string) => {
      const codes = flow.book.faces.regular.glyphsOf(text).map(({ code }) => code);
      return flow.book.sheets.map(({ content }) => content.split(`<${codes.join("")}>`).length - 1);
    };
    for (const lines of [58, 120, 200]) {
      const flow = flowOn(paper);
      flow.y = flow.bottom - 200;
      const long = Array.from({ length: lines }, () => "a line").join("\n");
      const rows = [
        ["1", [{ text: long }, { text: "why" }], "beside"],
        ["2", "after", "b"],
      ];
      drawTable(flow, { columns: COLUMNS, rows, empty: "" });
      const [begun = 0, ...rest] = count(flow, "a line");
      expect(begun).toBeGreaterThan(8);
      expect(begun + rest.reduce((sum, each) => sum + each, 0)).toBe(lines);
      expect(count(flow, "beside").at(0)).toBe(1);
      expect([count(flow, "why").at(-1), count(flow, "after").at(-1)]).toEqual([1, 1]);
      const heading = codesOf(flow, "Text");
      for (const { content } of flow.book.sheets) expect(content.split(heading)).toHaveLength(2);
      for (const { y } of flow.book.sheets.flatMap(textsOn)) expect(y).toBeLessThan(flow.book.size.height - 40);
    }
  });

  it("cuts a cell of more pages than anybody reads, and goes on", () => {
    const flow = flowOn(paper);
    const rows = [
      ["1", "word ".repeat(50_000), "a"],
      ["2", "after", "b"],
    ];
    drawTable(flow, { columns: COLUMNS, rows, empty: "" });
    expect(flow.book.sheets.length).toBeLessThanOrEqual(9);
    for (const { y } of flow.book.sheets.flatMap(textsOn)) expect(y).toBeLessThan(flow.book.size.height - 40);
  });

  it("has no page of its title and heading alone, however high its first row is", () => {
    for (let lines = 40; lines < 70; lines++) {
      const flow = flowOn(paper);
      const rows = [["1", Array.from({ length: lines }, () => "a line").join("\n"), ""]];
      drawTable(flow, { title: "Title", note: "Note", columns: COLUMNS, rows, empty: "" });
      const [first] = flow.book.sheets.map(textsOn);
      expect(first?.length).toBeGreaterThan(20);
      for (const { y } of flow.book.sheets.flatMap(textsOn)) expect(y).toBeLessThan(flow.book.size.height - 40);
    }
  });

  it("keeps its title and heading with its first row", () => {
    const flow = flowOn(paper);
    flow.y = flow.bottom - 120;
    const rows = [["1", "word ".repeat(150), ""]];
    drawTable(flow, { title: "Title", columns: COLUMNS, rows, empty: "" });
    const [left, right] = flow.book.sheets.map(({ content }) => content);
    expect(flow.book.sheets).toHaveLength(2);
    for (const text of ["Title", "Text"]) {
      expect(left).not.toContain(codesOf(flow, text));
      expect(right).toContain(codesOf(flow, text));
    }
  });

  it("says what there is instead of rows", () => {
    const flow = flowOn(paper);
    drawTable(flow, { columns: COLUMNS, rows: [], empty: "Nothing" });
    const nothing = flow.book.faces.regular
      .glyphsOf("Nothing")
      .map(({ code }) => code)
      .join("");
    expect(flow.book.sheets[0]?.content).toContain(nothing);
  });
});

it("the same content gives the same bytes, other content others", async () => {
  const bytesOf = (text: string) => {
    const flow = flowOn("a4");
    drawTable(flow, { columns: COLUMNS, rows: [["1", text, "🦊"]], empty: "" });
    return flow.finish();
  };
  const bytes = await bytesOf("Nguyễn");
  expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe("%PDF-");
  expect(await bytesOf("Nguyễn")).toEqual(bytes);
  expect(await bytesOf("Nguyen")).not.toEqual(bytes);
});
