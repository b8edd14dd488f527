import type { BatchItem } from "drizzle-orm/batch";
import type { Database } from "./client.ts";

type Statements = Readonly<Record<string, BatchItem<"pg">>>;

type Results<T extends Statements> = { readonly [Name in keyof T]: T[Name]["_"]["result"] };

/**
 * Runs statements in one transaction, one after the other in the order in which they are named here, and gives what each
 * comes to by its name. For where most of them are run for what they do.
 */
export async function inOneBatch<T extends Statements>(query: Database["query"], statements: T): Promise<Results<T>> {
  const [first, ...others] = Object.values(statements);
  const names = Object.keys(statements);
  const results = first ? await query.batch([first, ...others]) : [];
  // One result comes for each statement, in their order.
  return Object.fromEntries(names.map((name, place) => [name, results[place]])) as Results<T>;
}
