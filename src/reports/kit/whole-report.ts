import type { Context } from "hono";
import { etagOf } from "../../http/etag.ts";
import type { z } from "../../http/zod.ts";
import { type AskedForm, formOf, sendText, textOf, unlessChanged } from "./prepared.ts";
import type { Report } from "./report-meta.ts";
import type { Sheet, Sheets } from "./sheet.ts";
import type { CellValue } from "./table.ts";

/** A report that has no filters and no pages: what its files are called, and what it has as CSV. */
export type WholeReport<Data> = { readonly name: string; readonly sheets: Sheets<Data> };

/** Sends such a report as it was asked for. Its ETag is of its very text: 304 where the caller has just this. */
export async function sendWhole<Data>(
  c: Context,
  { name, sheets }: WholeReport<Data>,
  asked: AskedForm,
  report: Report<Data>,
): Promise<Response> {
  const form = formOf(c, asked, sheets);
  const text = textOf(report, form, sheets);
  const { as_of, period } = report.meta;
  const reply = { name, form, ...period, asOf: as_of === null ? null : new Date(as_of), etag: await etagOf(text) };
  return unlessChanged(c, reply) ?? sendText(c, reply, text);
}

/** The sheet of rows whose members are cells as they are, in the order of their schema. */
export function sheetOfSchema<Data, Shape extends Readonly<Record<string, z.ZodType<CellValue>>>>(
  { shape }: z.ZodObject<Shape>,
  rowsIn: (data: Data) => readonly { readonly [Name in keyof Shape]: z.output<Shape[Name]> }[],
): Sheet<Data> {
  const names = Object.keys(shape);
  return { header: () => names, lines: (data) => rowsIn(data).map((row) => names.map((name) => row[name] ?? null)) };
}
