import type { Cursor, Place } from "./cursor.ts";
import type { Rest } from "./report-meta.ts";
import type { Period } from "./report-query.ts";

/** What every report that comes in pages says of them. */
export const PAGING =
  "`cursor` is `meta.next_cursor` of the page before: with it, older rows come in pages of `limit`, each once, whatever " +
  "is answered meanwhile. A CSV holds them all unless a page is asked for.";

/** The page that a request asks for. */
export type Page<Row = unknown> = {
  readonly cursor?: Place<Row> | undefined;
  readonly limit?: number | undefined;
};

const PAGE_SIZE = 100;

/** How many rows a page has: what the caller says; without a cursor and a limit `whole`, as much as one reply holds. */
export const pageSize = ({ cursor, limit }: Page, whole: number) => limit ?? (cursor ? PAGE_SIZE : whole);

/** A request whose cursor says which days it goes on in, where it says none itself. */
export function goingOn<Asked extends Period & Page>(asked: Asked): Asked {
  const { from = asked.cursor?.from, to = asked.cursor?.to } = asked;
  return { ...asked, from, to };
}

/** Which of a report's tables comes in pages, and how their cursor is read. */
export type Pages = { readonly table: string; readonly cursor: Cursor<unknown>["parameter"] };

/** How the rows of a report come in pages: `whole` is what comes where no page is asked for. */
export type Paged<Source, Row> = {
  readonly whole: number;
  readonly cursor: Cursor<Row>;
  readonly placeOf: (source: Source) => Row;
};

/**
 * The rows that are the page, and what its report says of the rest: where it goes on, and that it is cut. There are more
 * where `found` rows are more than these: one more than the page is read, and what is too large for a reply left out.
 */
export function cutPage<Source, Row>(
  read: readonly Source[],
  asked: Page,
  { from, to }: Period,
  { whole, cursor, placeOf }: Paged<Source, Row>,
  found = read.length,
): { rows: readonly Source[]; rest: Rest } {
  const rows = read.slice(0, pageSize(asked, whole));
  const last = rows.at(-1);
  if (!last || rows.length >= found) return { rows, rest: {} };
  const next_cursor = cursor.encode({ after: placeOf(last), from, to });
  const isPage = asked.cursor !== undefined || asked.limit !== undefined;
  return { rows, rest: isPage ? { next_cursor } : { next_cursor, truncated: true } };
}
