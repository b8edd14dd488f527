import { inArray, like } from "drizzle-orm";
import { afterAll, beforeAll } from "vitest";
import { createApp } from "../../src/app.ts";
import { skills, subjects, topics } from "../../src/db/tables.ts";
import { servicesWith } from "../worker/apps.ts";

export const { db } = servicesWith();
const MATH_5 = { subjectId: 1, gradeId: 7 };

/** Skills and topics of a file's own, shown and hidden, from its first test to its last; the topics' ids in that order. */
export function zebras(): { topicIds: number[] } {
  const made: { topicIds: number[] } = { topicIds: [] };
  beforeAll(async () => {
    made.topicIds = await db.query
      .insert(topics)
      .values([
        { slug: "test-shown", title: "Test shown", order: 900 },
        { slug: "test-hidden", title: "Test hidden", isPublished: false },
      ])
      .returning({ id: topics.id })
      .then((rows) => rows.map(({ id }) => id));
    const [shown, hidden] = made.topicIds;
    await db.query.insert(skills).values([
      { ...MATH_5, code: "TEST.1", title: "Zebra 100% sure", topicId: shown ?? 0, tags: ["odd_tag"] },
      { ...MATH_5, code: "TEST.2", title: "Zebra a\\b", topicId: hidden ?? 0, tags: ["back\\slash"] },
      { ...MATH_5, code: "TEST.3", title: "Zebra", tags: ["first", "second"] },
      { ...MATH_5, code: "TEST.4", title: "Zebra not published", isPublished: false },
      { subjectId: 2, gradeId: 1, code: "TEST.5", title: "Zebra elsewhere" },
    ]);
  });

  afterAll(async () => {
    await db.query.delete(skills).where(like(skills.code, "TEST.%"));
    await db.query.delete(topics).where(inArray(topics.id, made.topicIds));
    await db.query.delete(subjects).where(like(subjects.slug, "test-many-%"));
  });

  return made;
}

/** A Worker whose isolate has read nothing yet. */
export const freshApp = () => createApp(servicesWith());
