import type { Measured } from "./measure.ts";
import { GROWING } from "./plans.ts";

/** What a report of a class may take, made anew: the median, in milliseconds. */
const CLASS_P50_MS = 100;
/** What the PDF of a long session may take of workerd's CPU. */
const PDF_CPU_MS = 150;

const HEADINGS = ["calls", "first p50", "p99", "again p50", "CPU ms", "stmts", "kB"];
const WIDTH = 10;

/** So many calls it takes until one in a hundred is another than the slowest. */
const ENOUGH_FOR_P99 = 101;

/** The figures as a table, a report a line; a `!` marks what takes longer than it should on a quiet machine. */
export function tableOf(measured: readonly Measured[]): string {
  const longest = Math.max(...measured.map(({ name }) => name.length));
  const line = (name: string, cells: readonly string[], rest: string) =>
    `${name.padEnd(longest + 2)}${cells.map((cell) => cell.padStart(WIDTH)).join("")}  ${rest}`.trimEnd();
  const rows = measured.map((one) =>
    one.failure === undefined
      ? line(one.name, cellsOf(one), readsOf(one))
      : line(one.name, [], `failed: ${one.failure}`),
  );
  const fewest = Math.min(...measured.filter(({ failure }) => failure === undefined).map(({ calls }) => calls));
  const said =
    fewest < ENOUGH_FOR_P99 ? [`p99 of no more than ${ENOUGH_FOR_P99 - 1} calls is the slowest of them.`] : [];
  return [line("milliseconds", HEADINGS, "what it reads of tables that grow"), ...rows, ...said].join("\n");
}

function cellsOf({ name, isOfClass, calls, first, again, cpuMs, statements, bytes }: Measured): string[] {
  const isSlow = isOfClass && first.p50 > CLASS_P50_MS;
  const isHeavy = name.includes("/practice-sessions/") && cpuMs > PDF_CPU_MS;
  return [
    String(calls),
    `${isSlow ? "! " : ""}${first.p50.toFixed(1)}`,
    first.p99.toFixed(1),
    again.p50.toFixed(1),
    `${isHeavy ? "! " : ""}${cpuMs.toFixed(1)}`,
    String(statements),
    (bytes / 1000).toFixed(1),
  ];
}

/** `attempts by student_skill`: an index has its table's name in its own. */
const readsOf = ({ plans }: Measured) =>
  [...new Set(plans.flatMap(({ reads }) => reads))]
    .filter((read) => GROWING.some((table) => read.startsWith(`${table} `)))
    .map((read) => read.replace(/^(\w+) by \1_(.+?)(?:_idx)?$/, "$1 by $2"))
    .sort()
    .join(", ");

/** Why a report is not as it should be, in words: it failed, or reads all rows or all of an index of a `large` table. */
export function faultsOf(measured: readonly Measured[], large: ReadonlySet<string>): string[] {
  return measured.flatMap(({ name, failure, plans }) => [
    ...(failure === undefined ? [] : [`${name}: ${failure}`]),
    ...plans.flatMap(({ whole, unbounded, query, variant }) => {
      const asked = variant === "" ? name : `${name} with ${variant}`;
      const of = `${query.replace(/\s+/g, " ").slice(0, 160)} …`;
      const isLarge = (table: string) => large.has(table);
      return [
        ...whole.filter(isLarge).map((table) => `${asked} reads all of ${table}: ${of}`),
        ...unbounded.filter(isLarge).map((table) => `${asked} reads all of an index of ${table}: ${of}`),
      ];
    }),
  ]);
}
