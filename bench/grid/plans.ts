import type { Database } from "../../dev/platform/postgres/database.ts";

/** One statement as it went over the wire. */
export type Sent = { readonly query: string; readonly params: readonly unknown[] };

export type Plan = {
  readonly executionMs: number;
  readonly indexes: readonly string[];
  /** Tables that are read from end to end. */
  readonly scanned: readonly string[];
};

type Node = {
  readonly "Node Type": string;
  readonly "Index Name"?: string;
  readonly "Relation Name"?: string;
  readonly "Actual Loops"?: number;
  readonly Plans?: readonly Node[];
};

/** How Postgres runs a statement that reads: it is run once, and its plan told. */
export async function planOf(database: Database, { query, params }: Sent): Promise<Plan> {
  const [row] = await database.query<{ "QUERY PLAN": [{ Plan: Node; "Execution Time": number }] }>(
    `explain (analyze, format json) ${query}`,
    [...params],
  );
  const [whole] = row?.["QUERY PLAN"] ?? [];
  if (!whole) throw new Error("Postgres explained nothing");
  const nodes = flat(whole.Plan).filter((node) => node["Actual Loops"] !== 0);
  const names = (pick: (node: Node) => string | undefined) =>
    [...new Set(nodes.flatMap((node) => pick(node) ?? []))].toSorted();
  return {
    executionMs: whole["Execution Time"],
    indexes: names((node) => node["Index Name"]),
    scanned: names((node) => (node["Node Type"] === "Seq Scan" ? node["Relation Name"] : undefined)),
  };
}

const flat = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flat)];
