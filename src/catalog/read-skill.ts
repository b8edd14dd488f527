import { and, eq } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { catalogVersion, skills, topics } from "../db/tables.ts";
import { noSuchSkill } from "./faults.ts";
import { fullColumns, shownTopic, topicColumns, toSkill } from "./skill-dto.ts";

/** A published skill in full, with the catalog's version; throws `not_found` for any other id. */
export async function readSkill({ db }: { db: Database }, id: number) {
  const rows = await db.query
    .select({
      version: catalogVersion.version,
      skill: fullColumns,
      topic: topicColumns,
    })
    .from(catalogVersion)
    .innerJoin(skills, and(eq(skills.id, id), eq(skills.isPublished, true)))
    .leftJoin(topics, shownTopic);
  const [row] = rows;
  if (!row) throw noSuchSkill();
  const { version, skill, topic } = row;
  return { version, body: { data: toSkill(skill, topic) } };
}
