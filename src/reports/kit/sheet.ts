import { csvCell } from "../../csv/cells.ts";
import type { CellValue, Table } from "./table.ts";

/** A table of a report's data as CSV has it: its header, and a line for each row that the data holds. */
export type Sheet<Data> = {
  readonly header: (data: Data) => readonly string[];
  readonly lines: (data: Data) => readonly (readonly CellValue[])[];
};

/** The sheets of a report by name; the first is what its CSV holds where no `table` is named. */
export type Sheets<Data> = Readonly<Record<string, Sheet<Data>>>;

/** The sheet of a table's rows. */
export const sheetOf = <Data, Row>(
  { names, cells }: Table<never, Row>,
  rowsIn: (data: Data) => readonly Row[],
): Sheet<Data> => ({ header: () => names, lines: (data) => rowsIn(data).map(cells) });

/** The sheet of rows that have a shape of their own in JSON: each column with how it is read from such a row. */
export const sheetReading = <Data, Row>(
  columns: Readonly<Record<string, (row: Row) => CellValue>>,
  rowsIn: (data: Data) => readonly Row[],
): Sheet<Data> => ({
  header: () => Object.keys(columns),
  lines: (data) => rowsIn(data).map((row) => Object.values(columns).map((read) => read(row))),
});

/**
 * A line of CSV (RFC 4180): texts that a spreadsheet would take for formulas have an apostrophe before them; numbers stay
 * numbers, below zero too; null is an empty cell.
 */
export const csvLineOf = (cells: readonly CellValue[]) => `${cells.map(cellText).join(",")}\r\n`;

function cellText(value: CellValue): string {
  if (value === null) return "";
  return typeof value === "string" ? csvCell(value) : String(value);
}

export const csvLines = <Data>(sheet: Sheet<Data>, data: Data) => sheet.lines(data).map(csvLineOf).join("");

/** The first sheet of an example, as the OpenAPI document shows it. */
export function csvExample<Data>(sheets: Sheets<Data>, example: Data): string {
  const [sheet] = Object.values(sheets);
  return sheet ? csvLineOf(sheet.header(example)) + csvLines(sheet, example) : "";
}
