import { type Report, type Rest, reportMetaOf } from "./report-meta.ts";
import type { Head } from "./statement.ts";

/** A report with the state of the record that it was made from: where that is the same, so is the report. */
export type DatedReport<T> = Report<T> & { readonly version: string };

/** A report of the days that its head says, with how it came about. */
export const reportFrom = <T>(
  data: T,
  { asOf, version, from, to }: Head,
  asked: Readonly<Record<string, unknown>>,
  rest: Rest = {},
): DatedReport<T> => ({ data, meta: reportMetaOf(asOf, { ...asked, from, to }, rest), version });

/** The rows of a list that was read with more than it may hold, and that there are more. */
export function cutTo<Row>(rows: readonly Row[], limit: number): { rows: readonly Row[]; rest: Rest } {
  return rows.length > limit ? { rows: rows.slice(0, limit), rest: { truncated: true } } : { rows, rest: {} };
}
