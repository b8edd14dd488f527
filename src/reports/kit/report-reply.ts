import type { Context } from "hono";
import { admit } from "../../http/admission.ts";
import { principalIn } from "../../http/authentication.ts";
import { etagOf } from "../../http/etag.ts";
import type { Services } from "../../services.ts";
import { keptReplies } from "./kept-replies.ts";
import type { Pages } from "./paging.ts";
import {
  type AskedReport,
  type Form,
  type Reply,
  replyKey,
  sendText,
  streamOf,
  textOf,
  unlessChanged,
} from "./prepared.ts";
import type { DatedReport } from "./report.ts";
import type { Sheets } from "./sheet.ts";
import type { Head } from "./statement.ts";

/** What a request asks for, and how it is read. */
type Wanted<Asked, Data> = {
  readonly name: string;
  readonly ofWhom: string;
  readonly form: Form;
  readonly asked: Asked;
  readonly sheets: Sheets<Data>;
  readonly pages: Pages | undefined;
  readonly head: () => Promise<Head>;
  readonly isKept: boolean;
  readonly read: (asked: Asked, only?: string) => Promise<DatedReport<Data>>;
};

/** So many rows are read at a time where a report streams: one with no more is a text like any other. */
const STREAMED_PAGE = 2_000;

/**
 * Answers with a report. Its ETag is made of what was asked, of the state of the record that it is of and of the code that
 * makes it, so that a caller who has it gets 304 for one small statement. A kept one is read once for all who may see it, until that state moves; the
 * same small statement says before each time that the caller may, and what the state is.
 */
export async function replyWith<Asked extends AskedReport, Data>(
  c: Context,
  services: Services,
  wanted: Wanted<Asked, Data>,
): Promise<Response> {
  const { name, form, asked, sheets, pages, isKept, read } = wanted;
  const key = replyKey(name, wanted.ofWhom, form, asked);
  const replyOf = async ({ version, from, to, asOf }: StateOf): Promise<Reply> => ({
    name,
    form,
    from,
    to,
    asOf,
    etag: await etagOf(JSON.stringify([services.version, key, version, from, to])),
  });
  const kept = keptReplies(services, c.req.url);
  if (isKept || c.req.header("If-None-Match") !== undefined) {
    const { version, from = null, to = null, asOf } = await wanted.head();
    const known = await replyOf({ version, from, to, asOf });
    const body = unlessChanged(c, known) ?? (isKept ? await kept.get(known.etag) : undefined);
    if (body !== undefined) return body instanceof Response ? body : sendText(c, known, body);
  }
  await admit(c, [services.limits.reports.check(principalIn(c).userId)]);
  const isWhole = asked.cursor === undefined && asked.limit === undefined;
  const streamed = isWhole && pages !== undefined && form.table === pages.table ? pages : undefined;
  const report = await (streamed ? read({ ...asked, limit: STREAMED_PAGE }, streamed.table) : read(asked));
  const { as_of, period } = report.meta;
  const asOf = as_of === null ? null : new Date(as_of);
  const reply = await replyOf({ version: report.version, ...period, asOf });
  if (streamed && report.meta.next_cursor !== undefined) {
    const next = (cursor: string) =>
      read({ ...asked, cursor: streamed.cursor.parse(cursor), limit: STREAMED_PAGE }, streamed.table);
    return sendText(c, reply, streamOf(report, streamed.table, sheets, next));
  }
  const text = textOf(report, form, sheets);
  if (isKept) kept.keep(reply.etag, text);
  return sendText(c, reply, text);
}

type StateOf = Pick<Reply, "from" | "to" | "asOf"> & { readonly version: string };
