import { asc, eq } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { catalogVersion, topics } from "../db/tables.ts";
import { WHOLE_LIST_LIMIT, wholeList } from "../http/paging.ts";
import type { TopicDto } from "./schemas.ts";
import { firstRow } from "./version.ts";

/** The published topics in their order, with the version of the catalog that they are of. */
export async function listTopics({ db }: { db: Database }) {
  const rows = await db.query
    .select({ version: catalogVersion.version, topic: topics })
    .from(catalogVersion)
    .leftJoin(topics, eq(topics.isPublished, true))
    .orderBy(asc(topics.order), asc(topics.id))
    .limit(WHOLE_LIST_LIMIT + 1);
  const list = rows.flatMap(({ topic }) => (topic ? [toTopic(topic)] : []));
  return { version: firstRow(rows).version, body: wholeList(list) };
}

function toTopic({ id, slug, title, description, icon, order, isPublished }: typeof topics.$inferSelect): TopicDto {
  return { id, slug, title, description, icon, order, is_published: isPublished };
}
