import { number, text } from "../../csv/cells.ts";
import { readCsv } from "../../csv/read-csv.ts";
import { ApiError, type FieldFault } from "../../http/errors.ts";
import { folded } from "./folded.ts";
import { ROSTER_ROWS, type RosterFault, rosterRow } from "./schemas.ts";

/** A row as it was sent, counted from 1; with what could not even be read of it. */
export type SentRow = { readonly row: number; readonly values: unknown; readonly faults: readonly FieldFault[] };

/** A row that is good by itself. */
export type GoodRow = {
  readonly row: number;
  readonly fullName: string;
  readonly gradeLevel: number;
  /** In lower case; undefined where one is to be made. */
  readonly username: string | undefined;
};

const TABLE = {
  of: "a roster",
  columns: { full_name: text, grade_level: number, username: text },
  needed: ["full_name", "grade_level"],
  faultAt: (row: number, { path, message }: FieldFault) => faultAt(row, path, message),
};

/** The rows of a CSV; `validation_error` where it is none, has another header, no row or too many. */
export function rowsOfCsv(bytes: ArrayBuffer): SentRow[] {
  const rows = readCsv(TABLE, bytes);
  if (rows.length === 0) throw badRoster([faultAt(0, "", "has no rows below its header")]);
  if (rows.length > ROSTER_ROWS) {
    const message = `has ${rows.length} rows, and may have ${ROSTER_ROWS}: send it in parts`;
    throw badRoster([faultAt(ROSTER_ROWS + 1, "", message)]);
  }
  return rows;
}

/** The rows of a JSON body. */
export const rowsOfJson = (students: readonly unknown[]): SentRow[] =>
  students.map((values, index) => ({ row: index + 1, values, faults: [] }));

/** Reads every row by itself and beside the others, and names what is wrong with any. */
export function checkRows(sent: readonly SentRow[]): { rows: GoodRow[]; faults: RosterFault[] } {
  const faults: RosterFault[] = [];
  const rows = sent.flatMap(({ row, values, faults: unread }) => {
    const parsed = rosterRow.safeParse(values);
    faults.push(...unread.map(({ path, message }) => faultAt(row, path, message)));
    for (const { path, message } of parsed.error?.issues ?? []) {
      const column = path.map(String).join(".");
      if (unread.every((known) => known.path !== column))
        faults.push(faultAt(row, column, isMissing(values, column) ? "is missing" : message));
    }
    if (!parsed.success || unread.length > 0) return [];
    const { full_name: fullName, grade_level: gradeLevel, username } = parsed.data;
    return [{ row, fullName, gradeLevel, username: username ?? undefined }];
  });
  return { rows, faults: [...faults, ...twice(rows)] };
}

const isMissing = (values: unknown, column: string) =>
  typeof values === "object" && values !== null && column !== "" && !(column in values);

function twice(rows: readonly GoodRow[]): RosterFault[] {
  const byUsername = new Map<string, number>();
  const ofIdentity = Map.groupBy(rows, folded);
  return rows.flatMap((each) => {
    const { row, username } = each;
    if (username === undefined) {
      const isAlone = ofIdentity.get(folded(each))?.length === 1;
      return isAlone ? [] : [faultAt(row, "username", "is needed: another row has the same name and grade")];
    }
    const earlier = byUsername.get(username);
    if (earlier !== undefined) return [faultAt(row, "username", `is that of row ${earlier} too`)];
    byUsername.set(username, row);
    return [];
  });
}

export const faultAt = (row: number, column: string, message: string): RosterFault => ({
  row,
  column,
  path: row === 0 ? column : ["students", row - 1, ...(column === "" ? [] : [column])].join("."),
  message,
});

/** A roster with faults: nobody is made. */
export const badRoster = (details: readonly RosterFault[]) =>
  new ApiError("validation_error", "The roster is not right, and nobody was made: see details.", { details });
