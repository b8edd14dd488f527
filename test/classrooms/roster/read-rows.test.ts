import { describe, expect, it } from "vitest";
import { checkRows, rowsOfCsv, rowsOfJson } from "../../../src/classrooms/roster/read-rows.ts";

const bytes = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer;

const HEADER = "full_name,grade_level,username";

const read = (...lines: string[]) => checkRows(rowsOfCsv(bytes([HEADER, ...lines].join("\r\n"))));

const good = (row: number, fullName: string, gradeLevel: number, username?: string) => ({
  row,
  fullName,
  gradeLevel,
  username,
});

const refused = (text: string | Uint8Array<ArrayBuffer>) => {
  try {
    rowsOfCsv(typeof text === "string" ? bytes(text) : text.buffer);
    return "not refused";
  } catch (error) {
    return error;
  }
};

describe("a roster as CSV", () => {
  it("may begin with a byte order mark, have quotes, any end of line, and its columns in any order", () => {
    const text = '\uFEFFusername,grade_level,full_name\r\n,5,"López, Ana ""Anita"""\nBen.O,-1,Ben\r,0,"Zoë\u00A0"\r\n';
    expect(checkRows(rowsOfCsv(bytes(text)))).toEqual({
      rows: [good(1, 'López, Ana "Anita"', 5), good(2, "Ben", -1, "ben.o"), good(3, "Zoë", 0)],
      faults: [],
    });
  });

  it("may leave the usernames out, and have rows of nothing, which count", () => {
    expect(checkRows(rowsOfCsv(bytes("full_name,grade_level\n,\nAna,5\n\n")))).toEqual({
      rows: [good(2, "Ana", 5)],
      faults: [],
    });
  });

  it.each([";", "\t"])("may have %j between its cells, as its header has", (delimiter) => {
    const lines = [HEADER.split(","), ['"López; Ana"', "5", ""], ["Ben, the 2nd", "-1", "ben.o"]];
    const text = lines.map((cells) => cells.join(delimiter)).join("\r\n");
    expect(checkRows(rowsOfCsv(bytes(`\uFEFF${text}`)))).toEqual({
      rows: [good(1, "López; Ana", 5), good(2, "Ben, the 2nd", -1, "ben.o")],
      faults: [],
    });
  });

  it("takes what a spreadsheet would run for text", () => {
    expect(read("=1+1,5,", "'@Ana,5,", "-Ben,5,").rows.map(({ fullName }) => fullName)).toEqual([
      "=1+1",
      "@Ana",
      "-Ben",
    ]);
  });

  it.each([
    ["nothing", "", ["full_name", "grade_level"]],
    ["a header alone", HEADER, [""]],
    ["no name", "grade_level\n5", ["full_name"]],
    ["a column that there is not", `${HEADER},password\nAna,5,,x`, ["password"]],
    ["a bar between its cells", "full_name|grade_level\nAna|5", ["full_name|grade_level", "full_name", "grade_level"]],
    ["a column twice", `${HEADER},username\nAna,5,a,b`, ["username"]],
    ["a quote that does not end", `${HEADER}\n"Ana,5,`, [""]],
    ["501 rows", `${HEADER}\n${"Ana,5,\n".repeat(501)}`, [""]],
  ])("is refused that has %s", (_, text, columns) => {
    expect(refused(text)).toMatchObject({
      code: "validation_error",
      status: 422,
      details: columns.map((column) => ({ column, message: expect.stringMatching(/\w/) })),
    });
  });

  it("is refused that has columns without end, with the first hundred faults", () => {
    const { details } = refused("full_name,".repeat(100_000)) as { details: unknown[] };
    expect(details).toHaveLength(100);
  });

  it("is refused that has empty rows without end, and is not read to it", () => {
    const [fault] = (refused(`${HEADER}${"\n".repeat(50_000)}Ana,5,`) as { details: object[] }).details;
    expect(fault).toMatchObject({ row: 20_001, column: "", message: expect.stringContaining("20000") });
  });

  it("is refused that is not UTF-8", () => {
    const latin1 = new Uint8Array([...new TextEncoder().encode(`${HEADER}\nAna L`), 0xf3, 0x70, 0x65, 0x7a]);
    expect(refused(latin1)).toMatchObject({ code: "validation_error", message: expect.stringContaining("UTF-8") });
  });

  it.each([
    ["no name", ",5,", "full_name", "is missing"],
    ["a name of spaces", '"  ",5,', "full_name", /./],
    ["a name of 121 characters", `${"x".repeat(121)},5,`, "full_name", /120/],
    ["a name of two lines", '"Ana\nLópez",5,', "full_name", /control/],
    ["no grade", "Ana,,", "grade_level", "is missing"],
    ["a grade that is no number", "Ana,five,", "grade_level", /must be a number/],
    ["half a grade", "Ana,5.5,", "grade_level", /./],
    ["grade 13", "Ana,13,", "grade_level", /12/],
    ["grade −2", "Ana,-2,", "grade_level", /whole number/],
    ["a username of two characters", "Ana,5,an", "username", /3 to 32/],
    ["an e-mail address as username", "Ana,5,ana@example.com", "username", /letters/],
    ["a username of 33 characters", `Ana,5,${"x".repeat(33)}`, "username", /3 to 32/],
    ["a cell too many", "Ana,5,ana,x", "", /4 cells/],
  ])("has a fault in a row with %s", (_, line, column, message) => {
    const { rows, faults } = read("Ben,5,", line);
    expect(rows).toEqual([good(1, "Ben", 5)]);
    expect(faults).toEqual([
      {
        row: 2,
        column,
        path: `students.1${column === "" ? "" : `.${column}`}`,
        message: expect.stringMatching(message),
      },
    ]);
  });

  it("has a fault in each row with a username that an earlier one has, in whatever case", () => {
    expect(read("Ana,5,ana", "Ben,5,ANA", "Cem,5,Ana").faults).toMatchObject([
      { row: 2, column: "username", message: "is that of row 1 too" },
      { row: 3, column: "username", message: "is that of row 1 too" },
    ]);
  });

  it("has a fault in each of two equal rows that has no username, and none where both have one", () => {
    expect(read("Ana López,5,", "ana  lópez,5,", "Ana López,4,").faults).toMatchObject([
      { row: 1, column: "username", message: expect.stringContaining("same name and grade") },
      { row: 2, column: "username" },
    ]);
    expect(read("Ana,5,ana.a", "Ana,5,").faults).toMatchObject([{ row: 2, column: "username" }]);
    expect(read("Ana,5,ana.a", "Ana,5,ana.b").faults).toEqual([]);
  });
});

describe("a roster as JSON", () => {
  it("has rows by themselves, usernames or null", () => {
    const students = [
      { full_name: " Ana ", grade_level: 5, username: null },
      { full_name: "Ben", grade_level: 0, username: "Ben" },
    ];
    expect(checkRows(rowsOfJson(students))).toEqual({
      rows: [good(1, "Ana", 5), good(2, "Ben", 0, "ben")],
      faults: [],
    });
  });

  it.each([null, 5, "Ana", [], { full_name: "Ana", grade_level: "5" }, { full_name: 5, grade_level: 5 }])(
    "has a fault where a row is %j",
    (row) => {
      const { rows, faults } = checkRows(rowsOfJson([row]));
      expect(rows).toEqual([]);
      expect(faults.length).toBeGreaterThan(0);
      expect(faults).toEqual(
        faults.map((fault) => ({ ...fault, row: 1, path: expect.stringMatching(/^students\.0/) })),
      );
    },
  );
});
