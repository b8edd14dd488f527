import { readCsv } from "../../csv/read-csv.ts";
import { faultAt, type ImportKind, type SentRow } from "../import/kinds.ts";
import { CSV_COLUMNS, NEEDED_COLUMNS, toItem } from "./columns.ts";

/** The rows of a CSV of this kind; `validation_error` where it is none, or its header is not right. */
export function rowsOfCsv(kind: ImportKind, bytes: ArrayBuffer): SentRow[] {
  const table = {
    of: kind,
    columns: CSV_COLUMNS[kind],
    needed: NEEDED_COLUMNS[kind],
    faultAt: faultAt.bind(undefined, kind),
  };
  return readCsv(table, bytes).map((sent) => ({ ...sent, values: toItem(kind, sent.values) }));
}
