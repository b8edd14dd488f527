import { and, eq, is, notExists, or, sql } from "drizzle-orm";
import { getTableConfig, type PgColumn, PgTable } from "drizzle-orm/pg-core";
import { actingAs } from "../db/acting-as.ts";
import * as tables from "../db/tables.ts";
import { ApiError } from "../http/errors.ts";
import { noSuch } from "./faults.ts";
import type { Work } from "./work.ts";

type Removable = {
  readonly table: PgTable & { readonly id: PgColumn };
  /** What a row is called. */
  readonly one: string;
  /** References from what belongs to the row and goes with it. */
  readonly parts?: readonly PgColumn[];
  /** The batch's first statement. */
  readonly begin?: typeof actingAs;
};

/**
 * Deletes a row that nothing refers to. `conflict` with the number of rows that do, by table; `not_found`. One round
 * trip: the row is locked first, so that nothing can come to refer to it meanwhile.
 */
export async function remove(
  { services, actor }: Work,
  { table, one, parts = [], begin = actingAs }: Removable,
  id: number | string,
): Promise<void> {
  const { query } = services.db;
  const references = referencesTo(table, parts);
  const referring = references.map(({ from, columns }) =>
    query
      .select({ n: sql`count(*)` })
      .from(from)
      .where(or(...columns.map((column) => eq(column, id)))),
  );
  const isReferredTo = references.map(({ from, columns }) =>
    query
      .select({ one: sql`1` })
      .from(from)
      .where(or(...columns.map((column) => eq(column, id)))),
  );
  const [, , counted, deleted] = await query.batch([
    begin(query, actor),
    query.execute(sql`select from ${table} where ${table.id} = ${id} for update`),
    query.execute<{ refers: Record<string, number> }>(
      sql`select jsonb_build_object(${sql.join(
        references.flatMap(({ name }, i) => [sql`${name}::text`, sql`${referring[i]}`]),
        sql`, `,
      )}) as refers`,
    ),
    query
      .delete(table)
      .where(and(eq(table.id, id), ...isReferredTo.map((rows) => notExists(rows))))
      .returning({ id: table.id }),
  ]);
  if (deleted.length > 0) return;
  const refers = Object.entries(counted.rows[0]?.refers ?? {}).filter(([, n]) => n > 0);
  if (refers.length === 0) throw noSuch(one);
  throw new ApiError("conflict", `Something refers to this ${one}: see details.`, {
    details: { refers: Object.fromEntries(refers) },
  });
}

type Reference = { readonly name: string; readonly from: PgTable; readonly columns: readonly PgColumn[] };

/** Every table with foreign keys to this one, but for those columns; tables to come are found by themselves. */
function referencesTo(table: PgTable, parts: readonly PgColumn[]): Reference[] {
  return Object.values(tables).flatMap((from) => {
    if (!is(from, PgTable)) return [];
    const { name, foreignKeys } = getTableConfig(from);
    const columns = foreignKeys
      .map((key) => key.reference())
      .filter(({ foreignTable }) => foreignTable === table)
      .flatMap((reference) => reference.columns)
      .filter((column) => !parts.includes(column));
    return columns.length > 0 ? [{ name, from, columns }] : [];
  });
}
