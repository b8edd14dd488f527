import { eq, ilike, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { editingCatalog } from "../db/acting-as.ts";
import type { Database } from "../db/client.ts";
import { isReplyTooLarge } from "../db/errors.ts";
import { escapeLike } from "../db/escape-like.ts";
import { notValid } from "../http/errors.ts";
import { offsetOf } from "../http/paging.ts";
import type { Services } from "../services.ts";
import { conflict, type Meanings, refusing } from "./faults.ts";
import type { Work } from "./work.ts";

type CatalogTable = PgTable & { readonly id: PgColumn; readonly createKey: PgColumn };

/** How the rows of one table of the catalog are kept. */
export type Rows<T extends CatalogTable, Dto> = {
  readonly table: T;
  readonly meanings: Meanings;
  readonly toDto: (row: T["$inferSelect"]) => Dto;
};

/** What changes of a row; what is undefined stays as it is. */
export type ChangeOf<T extends PgTable> = {
  readonly [K in keyof T["$inferInsert"]]?: T["$inferInsert"][K] | undefined;
};

export type Page<Dto> = { readonly data: Dto[]; readonly total: number };

type Listing = {
  readonly where: SQL | undefined;
  readonly orderBy: readonly SQL[];
  readonly page: { readonly page: number; readonly page_size: number };
};

/** A page, or `validation_error` where its rows hold more than can be sent at once: fewer of them can. */
export async function fittingPage<Dto>(list: () => Promise<Page<Dto>>): Promise<Page<Dto>> {
  try {
    return await list();
  } catch (failure) {
    if (!isReplyTooLarge(failure)) throw failure;
    const message = "these rows are more than can be sent at once: ask for fewer";
    throw notValid("query", [{ path: "page_size", message }]);
  }
}

/** One page of the rows that match, and how many there are in all. One round trip. */
export async function listRows<T extends CatalogTable, Dto>(
  { db: { query } }: Services,
  { table, toDto }: Rows<T, Dto>,
  { where, orderBy, page }: Listing,
): Promise<Page<Dto>> {
  const [rows, counted] = await query.batch([
    query
      .select()
      .from<PgTable>(table)
      .where(where)
      .orderBy(...orderBy)
      .limit(page.page_size)
      .offset(offsetOf(page)),
    countOf(query, table, where),
  ]);
  return toPage(rowsOf(table, rows).map(toDto), counted);
}

/** The statement that counts the rows of a table that match, beside the one that reads a page of them. */
export const countOf = (query: Database["query"], table: PgTable, where: SQL | undefined) =>
  query.select({ total: sql<number>`count(*)::int` }).from<PgTable>(table).where(where);

/** A page of what was read, with the count of {@link countOf}. */
export const toPage = <Dto>(data: Dto[], [count]: readonly { readonly total: number }[]): Page<Dto> => ({
  data,
  total: count?.total ?? 0,
});

/** The row, if there is one. */
export async function readRow<T extends CatalogTable, Dto>(
  { db: { query } }: Services,
  { table, toDto }: Rows<T, Dto>,
  id: number,
): Promise<Dto | undefined> {
  const rows = await query.select().from<PgTable>(table).where(eq(table.id, id));
  return rowsOf(table, rows).map(toDto)[0];
}

/**
 * Makes a row, or finds the one that the same request made before. The second statement sees what the first waited for:
 * of equal creates at once one makes the row and all get it. `conflict` where another row is in the way.
 */
export async function createRow<T extends CatalogTable, Dto>(
  { services, actor }: Work,
  { table, meanings, toDto }: Rows<T, Dto>,
  createKey: string,
  values: Omit<T["$inferInsert"], "id" | "createKey">,
): Promise<Dto> {
  const { query } = services.db;
  const [, , rows] = await refusing(meanings, () =>
    query.batch([
      editingCatalog(query, actor),
      query
        .insert<PgTable>(table)
        .values({ ...values, createKey })
        .onConflictDoNothing(),
      query.select().from<PgTable>(table).where(eq(table.createKey, createKey)),
    ]),
  );
  const [made] = rowsOf(table, rows);
  if (!made) throw conflict(meanings.taken);
  return toDto(made);
}

/** Changes what is named of a row, and gives it; nothing where no row has this id and is as `only` says. */
export async function changeRow<T extends CatalogTable, Dto>(
  { services, actor }: Work,
  { table, meanings, toDto }: Rows<T, Dto>,
  id: number,
  change: ChangeOf<T>,
  only?: SQL,
): Promise<Dto | undefined> {
  if (isNothing(change)) return readRow(services, { table, meanings, toDto }, id);
  const { query } = services.db;
  const [, rows] = await refusing(meanings, () =>
    query.batch([
      editingCatalog(query, actor),
      query
        .update<PgTable>(table)
        .set(change)
        .where(only ? sql`${table.id} = ${id} and ${only}` : eq(table.id, id))
        .returning(),
    ]),
  );
  return rowsOf(table, rows).map(toDto)[0];
}

/** Whether a change names nothing: what a body leaves out is undefined. */
export const isNothing = (change: object) => Object.values(change).every((value) => value === undefined);

/** Matches rows with this text somewhere in one of these columns. */
export function contains(text: string | undefined, ...columns: readonly PgColumn[]): SQL | undefined {
  if (!text) return undefined;
  const pattern = `%${escapeLike(text)}%`;
  return or(...columns.map((column) => ilike(column, pattern)));
}

/** Rows of the table they were read from: drizzle cannot infer them where the table is a type parameter. */
const rowsOf = <T extends PgTable>(_table: T, rows: readonly Record<string, unknown>[]) =>
  rows as readonly T["$inferSelect"][];
