import type { Context } from "hono";
import { admit } from "../http/admission.ts";
import { principalIn } from "../http/authentication.ts";
import { asReplied } from "../http/envelope.ts";
import { etagOf, hasAlready } from "../http/etag.ts";
import type { RateLimiter } from "../http/rate-limit.ts";
import { z } from "../http/zod.ts";
import { plainLetters } from "../plain-letters.ts";
import type { PdfFonts } from "./book.ts";
import { loadFonts } from "./load-fonts.ts";

export const PDF = "application/pdf";

/** What the definition of a route has in common with all that answer a PDF: `defineRoute(tokens, { ...pdfReply, … })`. */
export const pdfReply = { method: "get", response: z.unknown(), file: PDF, revalidated: true } as const;

/** What draws it. */
type Drawer = {
  /** Of the code: after a deployment who asks again gets the document as it is drawn then. */
  readonly version: string;
  readonly limits: { readonly pdfs: RateLimiter };
};

export type PdfReply = {
  /** Without the ending, in any script. */
  readonly fileName: string;
  /** What tells it from others of the same name, in ASCII: it is at the end of the name, however much of that is cut. */
  readonly mark?: string;
  /** All that the document shows, as JSON can have it: the same makes the same ETag, as long as the same code draws it. */
  readonly shows: unknown;
  /** Draws it; runs only where the caller has not got it already. */
  readonly draw: (fonts: PdfFonts) => Promise<Uint8Array<ArrayBuffer>>;
};

/** Sends a PDF that only its caller may keep, and only if they ask again whether it is still the same: then 304. */
export async function sendPdf<R extends Response>(
  c: Context,
  drawer: Drawer,
  { draw, ...named }: PdfReply,
): Promise<R> {
  const unchanged = await unlessChanged<R>(c, drawer, named);
  if (unchanged) return unchanged;
  await admit(c, [drawer.limits.pdfs.check(principalIn(c).userId)]);
  const bytes = await draw(await loadFonts());
  const disposition = dispositionOf(`${named.fileName}.pdf`, named.mark);
  const headers = { ...(await headersOf(drawer, named)), "Content-Type": PDF, "Content-Disposition": disposition };
  return asReplied(c.body(bytes, 200, headers));
}

/** 304 where the caller has just this PDF already: before all of it is read, where less tells what it will show. */
export async function unlessChanged<R extends Response>(
  c: Context,
  drawer: Drawer,
  named: Omit<PdfReply, "draw">,
): Promise<R | undefined> {
  const headers = await headersOf(drawer, named);
  return hasAlready(c.req.header("If-None-Match"), headers.ETag) ? asReplied(c.body(null, 304, headers)) : undefined;
}

const headersOf = async ({ version }: Drawer, { fileName, shows }: Omit<PdfReply, "draw">) => ({
  ETag: await etagOf(JSON.stringify([version, fileName, shows])),
  "Cache-Control": "private, no-cache",
});

/** Characters of a file name, at most: file systems take 255 bytes. */
const MOST_CHARACTERS = 80;

/**
 * The header by which a file is shown under its name: in ASCII for clients that know no other, and in full (RFC 6266,
 * RFC 8187). A `mark` is the end of the name, and whole where the rest is cut.
 */
export function dispositionOf(fileName: string, mark?: string): string {
  const ending = /\.\w+$/.exec(fileName)?.[0] ?? "";
  const stem = [
    ...fileName
      .slice(0, fileName.length - ending.length)
      .toWellFormed()
      .replace(NOT_IN_FILE_NAMES, " "),
  ];
  const end = mark === undefined ? "" : ` ${mark}`;
  const cut = stem.slice(0, MOST_CHARACTERS - end.length).join("");
  const name = `${cut}${end}`.replace(/\s+/g, " ").trim();
  const plain = plainLetters(name)
    .replace(/[^ -~]/g, "")
    .replace(/[%]/g, "")
    .replace(/\s+/g, " ")
    .trim();
  const full = encodeURIComponent(`${name || "document"}${ending}`).replace(/['()*]/g, percentEncoded);
  return `attachment; filename="${plain || "document"}${ending}"; filename*=UTF-8''${full}`;
}

/** What some file system or shell cannot have in a name, and what is not seen. */
const NOT_IN_FILE_NAMES = /[\p{Cc}\p{Cf}"\\/:*?<>|]/gu;

const percentEncoded = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
