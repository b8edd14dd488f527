import { CsvError, parse } from "csv-parse/sync";
import { ApiError, type FieldFault } from "../../http/errors.ts";
import { badFields } from "../faults.ts";
import { faultAt, type ImportKind, type Json, type SentRow } from "../import/kinds.ts";
import { unguarded } from "./cells.ts";
import { CSV_COLUMNS, NEEDED_COLUMNS, toItem } from "./columns.ts";

/**
 * The rows of a CSV (RFC 4180, UTF-8, with a header; a byte order mark is no matter), counted from 1 after the header.
 * `validation_error` where it is none, or where its header names what there is not; a bad cell is a fault of its row.
 */
export function readCsv(kind: ImportKind, bytes: ArrayBuffer): SentRow[] {
  const [header = [], ...records] = parsed(kind, decoded(bytes));
  const names = header.map((name) => name.trim());
  requireGoodHeader(kind, names);
  return records.flatMap((cells, index) => {
    // Spreadsheets leave rows of nothing but commas behind.
    if (cells.every((cell) => cell.trim() === "")) return [];
    return [toRow(kind, index + 1, names, cells)];
  });
}

function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new ApiError("validation_error", "The CSV is not UTF-8 text. Save it as “CSV UTF-8”.");
  }
}

function parsed(kind: ImportKind, text: string): string[][] {
  try {
    return parse(text, { relax_column_count: true, record_delimiter: ["\r\n", "\n", "\r"] });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const records = typeof error.records === "number" ? error.records : 0;
    const message = `cannot be read as CSV (${error.code}, line ${error.lines})`;
    throw badFields([faultAt(kind, Number(records), { path: "", message })]);
  }
}

function requireGoodHeader(kind: ImportKind, names: readonly string[]): void {
  const columns = Object.keys(CSV_COLUMNS[kind]);
  const missing = NEEDED_COLUMNS[kind].filter((name) => !names.includes(name));
  const faults: FieldFault[] = [
    ...names.flatMap((name, place) => {
      if (!columns.includes(name)) return [{ path: name, message: `is no column of ${kind}: ${columns.join(", ")}` }];
      return names.indexOf(name) < place ? [{ path: name, message: "comes twice" }] : [];
    }),
    ...missing.map((name) => ({ path: name, message: "is missing" })),
  ];
  if (faults.length > 0) throw badFields(faults.map((fault) => faultAt(kind, 0, fault)));
}

function toRow(kind: ImportKind, row: number, names: readonly string[], cells: readonly string[]): SentRow {
  const values: Json = {};
  const faults: FieldFault[] = [];
  for (const [place, name] of names.entries()) {
    const cell = CSV_COLUMNS[kind][name];
    const text = unguarded(cells[place] ?? "");
    if (!cell) continue;
    const read = text === "" ? { value: cell.empty } : cell.read(text);
    if ("fault" in read) faults.push({ path: name, message: read.fault });
    else if (read.value !== undefined) values[name] = read.value;
  }
  if (cells.length > names.length)
    faults.push({ path: "", message: `has ${cells.length} cells, the header ${names.length}` });
  return { row, values: toItem(kind, values), faults };
}
