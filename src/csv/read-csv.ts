import { CsvError, parse } from "csv-parse/sync";
import { ApiError, badFields, type FieldFault } from "../http/errors.ts";
import { type Cell, unguarded } from "./cells.ts";

/** What a CSV may hold. */
export type CsvTable = {
  /** What its rows are called: `questions`. */
  readonly of: string;
  /** Its columns by the names in the header, in any order there. */
  readonly columns: Readonly<Record<string, Cell>>;
  /** Without these a row can be none. */
  readonly needed: readonly string[];
  /** A fault as the reply has it: row 0 is the header, `path` the column, empty for the whole row. */
  readonly faultAt: (row: number, fault: FieldFault) => FieldFault;
};

/** One row, counted from 1 after the header; with what could not be read of it, by column. */
export type CsvRow = {
  readonly row: number;
  readonly values: Record<string, unknown>;
  readonly faults: readonly FieldFault[];
};

/** A header can be wrong in as many places as a body has bytes; this many are named. */
const NAMED_FAULTS = 100;
/** Empty rows count: each takes the parser some 30 µs, ten times as long as one of the header's length. */
const MAX_ROWS = 20_000;

/**
 * The rows of a CSV (RFC 4180, UTF-8, with a header; a byte order mark is no matter). Where its header has semicolons or tabs
 * and no comma, so have its rows: that is what spreadsheets write in countries with a decimal comma, and what they copy.
 * `validation_error` where it is none, or where its header names what there is not; a bad cell is a fault of its row.
 */
export function readCsv(table: CsvTable, bytes: ArrayBuffer): CsvRow[] {
  const [header = [], ...records] = parsed(table, decoded(bytes));
  // Of more than these so many are faults, whatever they are: the others need no look.
  const names = header.slice(0, Object.keys(table.columns).length + NAMED_FAULTS).map((name) => name.trim());
  requireGoodHeader(table, names);
  if (records.length > MAX_ROWS) {
    const message = `is one of more than ${MAX_ROWS} rows, empty ones counted: send them in parts`;
    throw badFields([table.faultAt(MAX_ROWS + 1, { path: "", message })]);
  }
  return records.flatMap((cells, index) => {
    // Spreadsheets leave rows of nothing but commas behind.
    if (cells.every((cell) => cell.trim() === "")) return [];
    return [toRow(table, index + 1, names, cells)];
  });
}

function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new ApiError("validation_error", "The CSV is not UTF-8 text. Save it as “CSV UTF-8”.");
  }
}

function parsed({ faultAt }: CsvTable, text: string): string[][] {
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      // The header, and one row more than there may be.
      to: MAX_ROWS + 2,
      relax_column_count: true,
      record_delimiter: ["\r\n", "\n", "\r"],
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const records = typeof error.records === "number" ? error.records : 0;
    const hint = "a cell with a quote in it stands between quotes, and has each of its own twice";
    const message = `cannot be read as CSV (${error.code}, line ${error.lines}): ${hint}`;
    throw badFields([faultAt(Number(records), { path: "", message })]);
  }
}

/** Tells by the first line: no column has a name that holds any. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  return [",", ";", "\t"].find((each) => header.includes(each)) ?? ",";
}

function requireGoodHeader({ of, columns, needed, faultAt }: CsvTable, names: readonly string[]): void {
  const known = Object.keys(columns);
  const missing = needed.filter((name) => !names.includes(name));
  const faults: FieldFault[] = [
    ...names.flatMap((name, place) => {
      if (!known.includes(name)) return [{ path: name, message: `is no column of ${of}: ${known.join(", ")}` }];
      return names.indexOf(name) < place ? [{ path: name, message: "comes twice" }] : [];
    }),
    ...missing.map((name) => ({ path: name, message: "is missing" })),
  ];
  if (faults.length > 0) throw badFields(faults.slice(0, NAMED_FAULTS).map((fault) => faultAt(0, fault)));
}

function toRow({ columns }: CsvTable, row: number, names: readonly string[], cells: readonly string[]): CsvRow {
  const values: Record<string, unknown> = {};
  const faults: FieldFault[] = [];
  for (const [place, name] of names.entries()) {
    const cell = columns[name];
    const text = unguarded(cells[place] ?? "");
    if (!cell) continue;
    const read = text === "" ? { value: cell.empty } : cell.read(text);
    if ("fault" in read) faults.push({ path: name, message: read.fault });
    else if (read.value !== undefined) values[name] = read.value;
  }
  if (cells.length > names.length)
    faults.push({ path: "", message: `has ${cells.length} cells, the header ${names.length}` });
  return { row, values, faults };
}
