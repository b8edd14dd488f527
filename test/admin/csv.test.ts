import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CSV_COLUMNS, TEMPLATE_COLUMNS, toCells } from "../../src/admin/csv/columns.ts";
import { rowsOfCsv } from "../../src/admin/csv/rows-of-csv.ts";
import type { ImportKind, Json } from "../../src/admin/import/kinds.ts";
import { csvLine, guarded, unguarded } from "../../src/csv/cells.ts";
import { templateBodySchema } from "../../src/templates/schemas.ts";
import { EXAMPLES } from "../templates/examples.ts";

const bytes = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer;

const read = (kind: ImportKind, text: string) => rowsOfCsv(kind, bytes(text));

const written = (kind: ImportKind, ...items: Json[]) =>
  csvLine(Object.keys(CSV_COLUMNS[kind])) + items.map((item) => csvLine(toCells(kind, item))).join("");

/** Of what separates cells, quotes or begins formulas. */
const line = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(..."ab =+-@＝＋－＠\t'\",;[]\n\r1é🍰") });

const values = (kind: ImportKind, text: string) => read(kind, text).map((row) => row.values);

describe("a cell that a spreadsheet would run", () => {
  it.each([
    "=1+1",
    "+1-1",
    "-a",
    "-1,2,3",
    " =1",
    '"=1',
    "@x",
    "\tx",
    "\rx",
    "\nx",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "'=1",
    "''-1",
    "'\n",
  ])("%j gets an apostrophe, and loses it again", (text) => {
    expect(guarded(text)).toBe(`'${text}`);
    expect(unguarded(guarded(text))).toBe(text);
  });

  it.each([
    ["x;=1+1;y", "x;'=1+1;y"],
    ['x;"=1+1"', `x;'"=1+1"`],
    ["x; @y", "x;' @y"],
    ["x\t'=1", "x\t''=1"],
    ["x\r\n-y", "x\r\n'-y"],
    ["\t=1", "'\t'=1"],
    ["-1;=1;-2", "-1;'=1;-2"],
  ])("%j is guarded wherever another spreadsheet begins a cell: %j", (text, cell) => {
    expect(guarded(text)).toBe(cell);
    expect(unguarded(cell)).toBe(text);
  });

  it.each(["", "a=1", "'quoted'", "1+1", "−1", "-1", "+1", "-5.25", "-0,5", "-1\n", "3; -2; 1", "a; b", "A, =b"])(
    "%j is none",
    (text) => {
      expect(guarded(text)).toBe(text);
      expect(unguarded(text)).toBe(text);
    },
  );

  it("whatever a text is, reading gives what was written", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), line), (text) => {
        expect(unguarded(guarded(text))).toBe(text);
      }),
    );
  });
});

describe("what is exported as CSV is read as it was", () => {
  it("whatever the texts of a question hold", () => {
    const question = fc.record({
      id: fc.integer({ min: 1 }),
      skill: fc.constant("math/5/A.1"),
      type: fc.constant("TEXT"),
      level: fc.integer({ min: 1, max: 5 }),
      prompt: line,
      data: fc.record({ placeholder: line }),
      correct_answer: fc.record({ text: line }),
      explanation: fc.oneof(fc.constant(""), line),
    });
    fc.assert(
      fc.property(fc.array(question, { maxLength: 5 }), (questions) => {
        expect(values("questions", written("questions", ...questions))).toEqual(questions);
      }),
    );
  });

  it("whatever the lists of a skill hold", () => {
    const item = line.map((text) => text.trim()).filter((text) => text !== "");
    fc.assert(
      fc.property(fc.array(item, { maxLength: 4 }), (tags) => {
        const skill = {
          permacode: "MC96",
          subject_slug: "math",
          grade_number: -1,
          topic_slug: null,
          code: "A.1",
          title: "T",
        };
        const [again] = values("skills", written("skills", { ...skill, tags }));
        expect(again).toMatchObject({ ...skill, tags });
      }),
    );
  });

  it.each(EXAMPLES)("the template %s", (_, template) => {
    const item = { id: "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c011", skill: "math/5/A.1", template };
    expect(values("templates", written("templates", item))).toEqual([item]);
  });

  it("has a column for every part that a template can have", () => {
    const parts = templateBodySchema.options.flatMap((option) => Object.keys(option.shape));
    expect(Object.keys(TEMPLATE_COLUMNS).toSorted()).toEqual([...new Set(parts)].toSorted());
  });
});

describe("a CSV", () => {
  const HEADER = "skill,type,level,prompt,correct_answer";

  it("may begin with a byte order mark, end its lines in any way, and have its columns in any order", () => {
    const text = '\uFEFFlevel,skill,type,correct_answer,prompt\n2,MC96,TEXT,"{""text"":""x""}","a ""b"",\r\nc"\r\n';
    expect(values("questions", text)).toEqual([
      { level: 2, skill: "MC96", type: "TEXT", correct_answer: { text: "x" }, prompt: 'a "b",\r\nc' },
    ]);
  });

  it("may have semicolons between its cells, and lists and JSON in quotes then", () => {
    const text = 'code;tags;prerequisites\r\nA.1;"one; two, three";math/5/A.0\r\n';
    expect(values("skills", text)).toEqual([
      { code: "A.1", tags: ["one", "two, three"], prerequisites: ["math/5/A.0"] },
    ]);
    const [question] = values("questions", `${HEADER.replaceAll(",", ";")}\r\nMC96;TEXT;2;a, b;"{""text"":""x;y""}"`);
    expect(question).toMatchObject({ prompt: "a, b", correct_answer: { text: "x;y" } });
  });

  it("may have empty rows, which count", () => {
    const rows = read("questions", `${HEADER}\r\n,,,,\r\nMC96,TEXT,2,p,{}\r\n`);
    expect(rows.map(({ row }) => row)).toEqual([2]);
  });

  it("has faults by row: a cell that is no JSON, a cell too many", () => {
    const [row] = read("questions", `${HEADER}\r\nMC96,TEXT,2,p,{no},x\r\n`);
    expect(row?.faults).toEqual([
      { path: "correct_answer", message: expect.stringMatching(/^is not JSON, such as/) },
      { path: "", message: "has 6 cells, the header 5" },
    ]);
  });

  it("has faults that say what a cell must be: a number, true or false", () => {
    const [row] = read("skills", "permacode,difficulty,is_published\r\nMC96,two,yes\r\n");
    expect(row?.faults).toEqual([
      { path: "difficulty", message: "must be a number, such as 3" },
      { path: "is_published", message: "must be true or false" },
    ]);
  });

  it.each([
    ["no column that it needs", "skill,type", ["level", "prompt", "correct_answer"]],
    ["a column that there is not", `${HEADER},colour`, ["colour"]],
    ["a column twice", `${HEADER},level`, ["level"]],
    ["a quote that does not end", `${HEADER}\r\n"MC96`, [""]],
    ["nothing at all", "", ["skill", "type", "level", "prompt", "correct_answer"]],
  ])("is refused that has %s", (_, text, fields) => {
    expect(() => read("questions", text)).toThrow(
      expect.objectContaining({ details: fields.map((field) => expect.objectContaining({ field })) }),
    );
  });

  it("is refused that is not UTF-8", () => {
    expect(() => rowsOfCsv("skills", new Uint8Array([0x63, 0xe9, 0x2c]).buffer)).toThrow("UTF-8");
  });
});
