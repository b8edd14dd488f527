import type { FieldFault } from "../../http/errors.ts";

/** What comes by import, in the order in which it is written: what is referred to comes first. */
export const IMPORT_KINDS = ["skills", "questions", "templates"] as const;

export type ImportKind = (typeof IMPORT_KINDS)[number];

export type Json = Record<string, unknown>;

/** One row as it was sent, counted from 1; with what could not even be read of it. */
export type SentRow = { readonly row: number; readonly values: unknown; readonly faults?: readonly FieldFault[] };

export type SentRows = Readonly<Record<ImportKind, readonly SentRow[]>>;

/** The rows of a list in JSON. */
export const rowsOfJson = (rows: readonly unknown[] = []): SentRow[] =>
  rows.map((values, index) => ({ row: index + 1, values }));

/** What is wrong with a row: where, and why. Row 0 is the header of a CSV. */
export type ImportFault = FieldFault & {
  readonly kind: ImportKind;
  readonly row: number;
  /** The column, or the path within the row. */
  readonly field: string;
};

export function faultAt(kind: ImportKind, row: number, { path, ...rest }: FieldFault): ImportFault {
  const field = path.replace(/^template\./, "");
  const whole = row === 0 ? path : [kind, row - 1, ...(path === "" ? [] : [path])].join(".");
  return { ...rest, kind, row, field, path: whole };
}

/** A field that an import would change, both values as short texts. */
export type FieldChange = { readonly field: string; readonly from: string | null; readonly to: string | null };

/** What an import would do to one row of the catalog. */
export type Change = {
  readonly kind: ImportKind;
  readonly row: number;
  readonly action: "create" | "update";
  /** Null where it will get one when it is made. */
  readonly id: number | string | null;
  readonly fields: readonly FieldChange[];
};
