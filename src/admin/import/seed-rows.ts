import { z } from "../../http/zod.ts";
import { checkRows } from "./check-rows.ts";
import type { Json, SentRows } from "./kinds.ts";
import { planImport } from "./plan.ts";
import { noProgress } from "./progress.ts";
import { type CatalogTable, findRows, insertRows, type Run, updateRows } from "./statements.ts";
import { writePlan } from "./write-plan.ts";

/** Rows that come with ids of their own, in a transaction in which nobody else changes the catalog: the seed's. */
const TRUSTED = { progress: noProgress, trusted: true } as const;

/**
 * Imports rows as any import does, but for their templates, which are not run again; throws, naming every fault, where
 * any row has one.
 */
export async function importTrusted(run: Run, sent: SentRows): Promise<void> {
  const { rows, faults } = await checkRows(sent, TRUSTED);
  const { plan, faults: further } = await planImport(run, rows, TRUSTED);
  const all = [...faults, ...further].map(({ path, message }) => `${path}: ${message}`);
  if (all.length > 0) throw new Error(`The catalog cannot be imported.\n${all.join("\n")}`);
  const changes = await writePlan(run, plan);
  if (changes.length > 0) await run(changes);
}

/** Makes the rows of a table that are missing by their ids, and changes those that differ. */
export async function bringUpToDate(
  run: Run,
  table: Extract<CatalogTable, "subjects" | "grades" | "topics">,
  rows: readonly (Json & { readonly id: number })[],
): Promise<void> {
  const wanted = rows.map(({ id, ...columns }, index) => ({ row: index, id, wanted: columns }));
  const found = z.array(foundRow).parse((await run(findRows(table, wanted))).flat());
  const changes = new Map(found.map(({ row, changes: its }) => [row, its.length]));
  const statements = [
    ...insertRows(
      table,
      rows.filter((_, index) => !changes.has(index)),
    ),
    ...updateRows(
      table,
      wanted.filter(({ row }) => (changes.get(row) ?? 0) > 0),
    ),
  ];
  if (statements.length > 0) await run(statements);
}

const foundRow = z.object({ row: z.int(), changes: z.array(z.unknown()) });
