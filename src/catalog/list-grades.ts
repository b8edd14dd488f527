import { asc, sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { catalogVersion, grades } from "../db/tables.ts";
import { WHOLE_LIST_LIMIT, wholeList } from "../http/paging.ts";
import type { GradeDto } from "./schemas.ts";
import { firstRow } from "./version.ts";

/** All grades, the youngest first, with the version of the catalog that they are of. */
export async function listGrades({ db }: { db: Database }) {
  const rows = await db.query
    .select({ version: catalogVersion.version, grade: grades })
    .from(catalogVersion)
    .leftJoin(grades, sql`true`)
    .orderBy(asc(grades.number))
    .limit(WHOLE_LIST_LIMIT + 1);
  const list = rows.flatMap(({ grade }) => (grade ? [toGrade(grade)] : []));
  return { version: firstRow(rows).version, body: wholeList(list) };
}

const toGrade = ({ id, number, title }: typeof grades.$inferSelect): GradeDto => ({ id, number, title });
