import { z } from "./zod.ts";

/** Lists without pages are sent whole up to this many rows, then cut and marked `meta.truncated`. */
export const WHOLE_LIST_LIMIT = 500;

/** The body of a list without pages, of rows read with one more than the limit, which tells whether there are more. */
export function wholeList<T>(rows: readonly T[], limit = WHOLE_LIST_LIMIT) {
  if (rows.length <= limit) return { data: [...rows] };
  return { data: rows.slice(0, limit), meta: { truncated: true as const } };
}

/** What a list's `meta` has where it was cut. */
export const truncated = z.literal(true).openapi({ description: "There are more than are sent" });

const truncatedMeta = z.object({ truncated }).openapi({ description: "Only where the list was cut" });

/** The schema of such a body. */
export const wholeListOf = <T extends z.ZodType>(item: T) =>
  z.object({ data: z.array(item), meta: truncatedMeta.optional() });

const MAX_PAGE_SIZE = 500;
/** Keeps the offset within what Postgres counts in, whatever the page's size. */
const MAX_PAGE = 1_000_000;

const count = (max: number, otherwise: number, description: string) =>
  z
    .string()
    .regex(/^\d{1,9}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.int().min(1).max(max))
    .default(otherwise)
    .openapi({ type: "integer", minimum: 1, maximum: max, default: otherwise, example: otherwise, description });

/** The query parameters of a paged list. */
export const pageQuery = (pageSize: number) => ({
  page: count(MAX_PAGE, 1, "Which page; the first is 1"),
  page_size: count(MAX_PAGE_SIZE, pageSize, "How many in a page"),
});

/** How many rows come before a page. */
export const offsetOf = ({ page, page_size }: { page: number; page_size: number }) => (page - 1) * page_size;
