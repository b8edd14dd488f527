import { asc, sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { catalogVersion, subjects } from "../db/tables.ts";
import { WHOLE_LIST_LIMIT, wholeList } from "../http/paging.ts";
import type { SubjectDto } from "./schemas.ts";
import { firstRow } from "./version.ts";

/** All subjects, by id, with the version of the catalog that they are of. */
export async function listSubjects({ db }: { db: Database }) {
  const rows = await db.query
    .select({ version: catalogVersion.version, subject: subjects })
    .from(catalogVersion)
    .leftJoin(subjects, sql`true`)
    .orderBy(asc(subjects.id))
    .limit(WHOLE_LIST_LIMIT + 1);
  const list = rows.flatMap(({ subject }) => (subject ? [toSubject(subject)] : []));
  return { version: firstRow(rows).version, body: wholeList(list) };
}

const toSubject = ({ id, slug, title }: typeof subjects.$inferSelect): SubjectDto => ({ id, slug, title });
