import { truncated } from "../../http/paging.ts";
import { z } from "../../http/zod.ts";

export const exampleMeta = {
  as_of: "2026-11-22T08:01:30.000Z",
  period: { from: "2026-11-01", to: "2026-11-30" },
  filters: { subject_slug: "math" },
};

/** What a report says of itself. */
const reportMeta = z
  .object({
    as_of: z.iso.datetime().nullable().openapi({
      description: "The time of the newest event that the report holds; null where nobody in it has ever practised",
    }),
    period: z
      .object({
        from: z.iso.date().nullable().openapi({ description: "Null is from the beginning" }),
        to: z.iso.date().nullable().openapi({ description: "Null is to this day" }),
      })
      .openapi({ description: "The students' local days that it is of, both included" }),
    filters: z
      .record(z.string(), z.union([z.string(), z.int()]))
      .openapi({ description: "The filters that were used" }),
    next_cursor: z.string().optional().openapi({ description: "Send it as `cursor` for what comes after" }),
    truncated: truncated.optional(),
  })
  .openapi("ReportMeta", { example: exampleMeta });

export type ReportMeta = z.infer<typeof reportMeta>;

export type Report<T> = { readonly data: T; readonly meta: ReportMeta };

/** The schema of a report's body. */
export const reportOf = <T extends z.ZodType>(data: T) => z.object({ data, meta: reportMeta });

type Asked = { readonly from?: string | undefined; readonly to?: string | undefined } & Readonly<
  Record<string, unknown>
>;

/** What a query says beside the filters: its days, and how the reply is to come. */
const NO_FILTERS = new Set(["from", "to", "cursor", "limit", "format", "table"]);

/** The filters of a query that were used, in one order. */
export function filtersOf(asked: Readonly<Record<string, unknown>>): Record<string, string | number> {
  const used = Object.entries(asked).filter(
    (entry): entry is [string, string | number] =>
      !NO_FILTERS.has(entry[0]) && ["string", "number"].includes(typeof entry[1]),
  );
  return Object.fromEntries(used.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** What a report says of what there is beyond it. */
export type Rest = Pick<ReportMeta, "next_cursor" | "truncated">;

/** How a report came about: what was asked of it but for its page, and how fresh the record is. */
export function reportMetaOf(asOf: Date | null, asked: Asked, rest: Rest = {}): ReportMeta {
  return {
    as_of: asOf?.toISOString() ?? null,
    period: { from: asked.from ?? null, to: asked.to ?? null },
    filters: filtersOf(asked),
    ...rest,
  };
}
