import type { Context } from "hono";
import { CSV, CSV_WITH_HEADER } from "../../csv/cells.ts";
import { hasAlready } from "../../http/etag.ts";
import { prefers } from "../../http/negotiation.ts";
import { textStream } from "../../http/text-stream.ts";
import type { Page } from "./paging.ts";
import { filtersOf, type Report } from "./report-meta.ts";
import type { Period } from "./report-query.ts";
import { csvLineOf, csvLines, type Sheet, type Sheets } from "./sheet.ts";

/** How a caller wants a report: JSON, or one of its tables as CSV. */
export type Form = { readonly table: string | undefined; readonly isFirst: boolean };

export type AskedForm = { readonly format?: string | undefined; readonly table?: string | undefined };

/** The form that a request asks for: `format` says it, else its Accept header. */
export function formOf(c: Context, { format, table }: AskedForm, sheets: Sheets<never>): Form {
  const isCsv = format === undefined ? prefers(c.req.header("Accept"), CSV) : format === "csv";
  const [first] = Object.keys(sheets);
  const asked = table ?? first;
  return { table: isCsv ? asked : undefined, isFirst: asked === first };
}

/** A query, as far as every report's is alike. */
export type AskedReport = Readonly<Record<string, unknown>> & Period & Page;

/** What tells one reply from another while the record stays as it is: which report, of whom, how asked. */
export function replyKey(name: string, ofWhom: string, { table }: Form, asked: AskedReport): string {
  const { from = "", to = "", cursor = "", limit = "" } = asked;
  return JSON.stringify([name, ofWhom, table ?? "", from, to, cursor, limit, filtersOf(asked)]);
}

/** The text of a report in this form. */
export function textOf<Data>({ data, meta }: Report<Data>, { table }: Form, sheets: Sheets<Data>): string {
  if (table === undefined) return JSON.stringify({ data, meta });
  const sheet = sheetNamed(sheets, table);
  return csvLineOf(sheet.header(data)) + csvLines(sheet, data);
}

/** The CSV of a report that comes in pages, all of them: `next` reads the page that a cursor stands for. */
export function streamOf<Data>(
  first: Report<Data>,
  table: string,
  sheets: Sheets<Data>,
  next: (cursor: string) => Promise<Report<Data>>,
): ReadableStream<Uint8Array> {
  return textStream(allLines(first, sheetNamed(sheets, table), next));
}

async function* allLines<Data>(
  first: Report<Data>,
  sheet: Sheet<Data>,
  next: (cursor: string) => Promise<Report<Data>>,
): AsyncGenerator<string> {
  yield csvLineOf(sheet.header(first.data)) + csvLines(sheet, first.data);
  for (let last = first; last.meta.next_cursor !== undefined; ) {
    last = await next(last.meta.next_cursor);
    yield csvLines(sheet, last.data);
  }
}

function sheetNamed<Data>(sheets: Sheets<Data>, name: string): Sheet<Data> {
  const sheet = sheets[name];
  if (!sheet) throw new RangeError(`a report without a table ${name}`);
  return sheet;
}

/** A report as it is sent: its file's name says its period, and Last-Modified how fresh it is, as a CSV cannot. */
export type Reply = {
  readonly name: string;
  readonly form: Form;
  readonly etag: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly asOf: Date | null;
};

/** Sends a report: only its owner's browser may keep it, and asks each time whether it is still so. */
export function sendText(c: Context, reply: Reply, body: string | ReadableStream<Uint8Array>): Response {
  return c.body(body, 200, { ...headersOf(reply), ...contentOf(reply) });
}

/** 304 where the caller has just this reply already. */
export function unlessChanged(c: Context, reply: Reply): Response | undefined {
  return hasAlready(c.req.header("If-None-Match"), reply.etag) ? c.body(null, 304, headersOf(reply)) : undefined;
}

const headersOf = ({ etag, asOf }: Reply) => ({
  ETag: etag,
  "Cache-Control": "private, no-cache",
  Vary: "Accept, Authorization",
  ...(asOf === null ? {} : { "Last-Modified": asOf.toUTCString() }),
});

function contentOf({ name, form: { table, isFirst }, from, to }: Reply): Record<string, string> {
  if (table === undefined) return { "Content-Type": "application/json" };
  const period = [from && `from-${from}`, to && `to-${to}`];
  const fileName = [name, isFirst ? "" : table, ...period].filter(Boolean).join("-");
  return {
    "Content-Type": CSV_WITH_HEADER,
    "Content-Disposition": `attachment; filename="${fileName}.csv"`,
  };
}
