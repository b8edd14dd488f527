import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { FIRST_DAY } from "./day.ts";
import type { Period } from "./report-query.ts";

/** What every report's statement begins with: whom it is of, and which days. */
export type Head = {
  /** The state of the record that the report is made from. */
  readonly version: string;
  /** The time of the newest event that it holds. */
  readonly asOf: Date | null;
  /** The days of the report: those that were asked for, or its own where none were. */
  readonly from: string | undefined;
  readonly to: string | undefined;
};

/** The members of a head as its CTE has them, beside what is of its own kind. */
export type HeadRow = {
  version: string;
  as_of: string | null;
  from_day: string | null;
  to_day: string | null;
};

/** A head from the row of its CTE. */
export const toHead = ({ version, as_of, from_day, to_day }: HeadRow): Head => ({
  version,
  asOf: toMoment(as_of),
  from: from_day ?? undefined,
  to: to_day ?? undefined,
});

/**
 * The first and the last day of a report as columns of its head: those that were asked for, open where none was. A report
 * of so many `days` unless told otherwise is open nowhere: it ends `today`, and begins so many days before its end, on the
 * first that there is at the earliest. None ends after the day on which what it is of was `closed`, if it was.
 */
export function daysOf({ from, to }: Period, days: number | undefined, today: SQL, closed = sql`NULL::date`): SQL {
  const asked = days !== undefined && to === undefined ? today : sql`${to ?? null}::date`;
  const last = sql`least(${asked}, ${closed})`;
  if (days === undefined) return sql`${from ?? null}::date AS from_day, ${last} AS to_day`;
  const before = sql`greatest(${last} - ${days - 1}::integer, ${FIRST_DAY}::date)`;
  const first = from === undefined ? before : sql`${from}::date`;
  return sql`${first} AS from_day, ${last} AS to_day`;
}

/** What the parts of a statement share: its `head`, which has one row or none, and whatever else. */
export type Ctes = Readonly<Record<string, SQL>>;

/** A part for each kind of row that a statement gives. */
export type Parts<Rows> = { readonly [Name in keyof Rows]: SQL };

/** What a report adds to its head. */
export type Statement<Rows> = {
  readonly ctes?: Ctes | undefined;
  readonly parts: Parts<Rows>;
  /** The parts that are wanted: the others are not run, and have no rows. All where it is left out. */
  readonly only?: readonly (keyof Rows)[] | undefined;
};

/**
 * Runs the one statement of a report: its head, and each part's rows as JSON. Undefined where there is no head, as the
 * caller may not see whom it is of: then nothing else was read. A part's rows are what its SELECT names them; the type
 * says which.
 */
export async function readParts<Row extends HeadRow, Rows extends object>(
  { query }: Database,
  ctes: Ctes,
  parts: Parts<Rows>,
  only?: Statement<Rows>["only"],
): Promise<Read<Row, Rows> | undefined> {
  const named = Object.entries(ctes).map(([name, body]) => sql`${sql.raw(name)} AS (${body})`);
  const isWanted = (name: string) => only === undefined || only.some((wanted) => wanted === name);
  const members = Object.entries<SQL>(parts).map(
    ([name, body]) => sql`${name}::text, ${isWanted(name) ? rowsOf(body) : sql`'[]'::json`}`,
  );
  const { rows } = await query.execute(sql`
    WITH ${sql.join(named, sql`, `)}
    SELECT row_to_json(head) AS head, json_build_object(${sql.join(members, sql`, `)}) AS parts FROM head`);
  return asRead<Row, Rows>(rows[0]);
}

const rowsOf = (part: SQL) => sql`(SELECT coalesce(json_agg(row_to_json(part)), '[]') FROM (${part}) AS part)`;

/** What the parts have given. */
export type RowsOf<Rows> = { [Name in keyof Rows]: Rows[Name][] };

type Read<Row, Rows> = { head: Row; rows: RowsOf<Rows> };

/** The statement's own JSON: its SELECTs make what the types say. */
function asRead<Row, Rows>(row: Record<string, unknown> | undefined): Read<Row, Rows> | undefined {
  return row && { head: row.head as Row, rows: row.parts as RowsOf<Rows> };
}

export const toMoment = (text: string | null) => (text === null ? null : new Date(text));

/** A moment of a part's JSON as clients see it. */
export const iso = (moment: string) => new Date(moment).toISOString();

export const isoOrNull = (moment: string | null) => (moment === null ? null : iso(moment));
