import type { Context } from "hono";
import { z } from "../http/zod.ts";

/** What a report says of itself. */
export const reportMeta = z
  .object({
    as_of: z.iso.datetime().nullable().openapi({
      description: "The time of the newest event that the report holds; null where the student has never practised",
    }),
    period: z
      .object({ from: z.iso.date().nullable(), to: z.iso.date().nullable() })
      .openapi({ description: "The student's local days that it is of, both included; null is open" }),
    filters: z
      .record(z.string(), z.union([z.string(), z.int()]))
      .openapi({ description: "The filters that were used" }),
    next_cursor: z.string().optional().openapi({ description: "Send it as `cursor` for what is older" }),
    truncated: z.literal(true).optional().openapi({ description: "There is more than is sent" }),
  })
  .openapi("ReportMeta", {
    example: {
      as_of: "2026-11-22T08:01:30.000Z",
      period: { from: "2026-11-01", to: null },
      filters: { subject_slug: "math" },
    },
  });

export type ReportMeta = z.infer<typeof reportMeta>;

export type Report<T> = { readonly data: T; readonly meta: ReportMeta };

/** The schema of a report's body. */
export const reportOf = <T extends z.ZodType>(data: T) => z.object({ data, meta: reportMeta });

export const sendReport = <T>(c: Context, { data, meta }: Report<T>) => c.json({ data, meta }, 200);

type Asked = { readonly from?: string | undefined; readonly to?: string | undefined } & Readonly<
  Record<string, unknown>
>;

/** How a report came about: what was asked of it but for its page, and how fresh the record is. */
export function reportMetaOf(
  asOf: Date | null,
  { from, to, cursor: _cursor, limit: _limit, ...filters }: Asked,
  rest: Pick<ReportMeta, "next_cursor" | "truncated"> = {},
): ReportMeta {
  const used = Object.entries(filters).filter((entry): entry is [string, string | number] =>
    ["string", "number"].includes(typeof entry[1]),
  );
  return {
    as_of: asOf?.toISOString() ?? null,
    period: { from: from ?? null, to: to ?? null },
    filters: Object.fromEntries(used),
    ...rest,
  };
}
