import type { Database } from "../../dev/platform/postgres/database.ts";
import type { Statement } from "../../dev/platform/postgres/request.ts";

/** Tables that grow with every answer: a report of a class or a student reads some of their rows, never all. */
export const GROWING = ["attempts", "practice_sessions", "practice_days", "skill_progress", "assigned_work"];

type Node = {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly "Index Cond"?: string;
  readonly Plans?: readonly Node[];
};

/** How Postgres runs a statement with these parameters. */
export type Plan = {
  readonly query: string;
  /** Every way in which a table is read: `attempts by attempts_student_idx`, `grades whole`. */
  readonly reads: readonly string[];
  /** The tables that are read from their first row to their last. */
  readonly whole: readonly string[];
  /** The tables of which an index is read from its first entry to its last. */
  readonly unbounded: readonly string[];
  readonly tree: unknown;
};

/** The plan of a statement as the Worker sent it: planned with its parameters, not run. */
export async function planOf(database: Database, { query, params }: Statement): Promise<Plan> {
  const [row] = await database.query<{ "QUERY PLAN": readonly { readonly Plan: Node }[] }>(
    `EXPLAIN (FORMAT JSON) ${query}`,
    params,
  );
  const tree = row?.["QUERY PLAN"][0]?.Plan;
  if (!tree) throw new Error(`Postgres has no plan for: ${query.slice(0, 200)}`);
  const nodes = nodesIn(tree);
  const whole = nodes.flatMap((node) => (node["Node Type"] === "Seq Scan" ? (node["Relation Name"] ?? []) : []));
  const unbounded = nodes.flatMap((node) => unboundedIn(node) ?? []);
  const reads = [...new Set(nodes.flatMap(readIn))];
  return { query, reads, whole: [...new Set(whole)], unbounded: [...new Set(unbounded)], tree };
}

/** Tables of which so many rows are read from first to last: in a smaller one that is the quickest way. */
const LARGE_ROWS = 40_000;

/** Those of the growing tables that are so large that no report may read all of one; attempts are, whatever their number. */
export async function largeOf(database: Database): Promise<Set<string>> {
  const rows = await database.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relname = ANY($1) AND (reltuples >= $2 OR relname = 'attempts')",
    [GROWING, LARGE_ROWS],
  );
  return new Set(rows.map(({ name }) => name));
}

const nodesIn = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesIn)];

function readIn(node: Node): string[] {
  const table = node["Relation Name"];
  const index = node["Index Name"];
  // A bitmap's index does not say its table, but has its name.
  if (index !== undefined) return [`${table ?? tableOf(index)} by ${index}`];
  return node["Node Type"] === "Seq Scan" && table !== undefined ? [`${table} whole`] : [];
}

function unboundedIn(node: Node): string | undefined {
  const index = node["Index Name"];
  if (index === undefined || node["Index Cond"] !== undefined) return undefined;
  return node["Relation Name"] ?? tableOf(index);
}

const tableOf = (index: string) => GROWING.find((table) => index.startsWith(`${table}_`)) ?? "…";
