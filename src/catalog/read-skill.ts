import { and, eq } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { catalogVersion, skills, topics } from "../db/tables.ts";
import { ApiError } from "../http/errors.ts";
import { listedColumns, shownTopic, toListedSkill, topicColumns } from "./internal.ts";
import type { SkillDto } from "./schemas.ts";

/** A published skill in full, with the catalog's version; throws `not_found` for any other id. */
export async function readSkill({ db }: { db: Database }, id: number) {
  const rows = await db.query
    .select({
      version: catalogVersion.version,
      skill: {
        ...listedColumns,
        description: skills.description,
        exampleUrl: skills.exampleUrl,
        videoUrl: skills.videoUrl,
        isPublished: skills.isPublished,
      },
      topic: topicColumns,
    })
    .from(catalogVersion)
    .innerJoin(skills, and(eq(skills.id, id), eq(skills.isPublished, true)))
    .leftJoin(topics, shownTopic);
  const [row] = rows;
  if (!row) throw new ApiError("not_found", "There is no such skill.");
  const { version, skill, topic } = row;
  const data: SkillDto = {
    ...toListedSkill(skill, topic),
    description: skill.description,
    example_url: skill.exampleUrl,
    video_url: skill.videoUrl,
    is_published: skill.isPublished,
  };
  return { version, body: { data } };
}
