/** Runs a statement on the database, past every fault. */
type Sql = <Row>(query: string, params: unknown[]) => Promise<Row[]>;

/** What the record says of students, in an order in which it can be made again. */
const TABLES = [
  "practice_marks",
  "practice_sessions",
  "attempts",
  "skips",
  "skill_progress",
  "practice_days",
  "awards",
  "certificates",
];

/** All rows of a table as JSON text, by its name. */
type Copy = ReadonlyMap<string, string>;

/** All that the record says of these students, to be put back later. */
export async function copyOf(sql: Sql, studentIds: readonly string[]): Promise<Copy> {
  const copy = new Map<string, string>();
  for (const table of TABLES) {
    const [row] = await sql<{ rows: string }>(
      `select coalesce(jsonb_agg(to_jsonb(${table})), '[]')::text as rows from ${table} where student_id = any($1)`,
      [studentIds],
    );
    copy.set(table, row?.rows ?? "[]");
  }
  return copy;
}

/** Puts what the record says of these students back to what it was, as restoring the database does. */
export async function putBack(sql: Sql, studentIds: readonly string[], copy: Copy): Promise<void> {
  for (const table of TABLES.toReversed()) await sql(`delete from ${table} where student_id = any($1)`, [studentIds]);
  for (const [table, rows] of copy) {
    await sql(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [rows]);
  }
}
