import { and, asc, eq } from "drizzle-orm";
import { type TopicDto, topic } from "../catalog/schemas.ts";
import { editingCatalog } from "../db/acting-as.ts";
import { topics } from "../db/tables.ts";
import { flag, line } from "../http/fields.ts";
import type { Router } from "../http/route.ts";
import { z } from "../http/zod.ts";
import type { Services } from "../services.ts";
import { addCrud } from "./crud.ts";
import { idParams, listQuery, prose, slug } from "./fields.ts";
import { remove } from "./remove.ts";
import { type ChangeOf, changeRow, contains, createRow, listRows, type Rows, readRow } from "./rows.ts";

const fields = {
  slug,
  title: line(80),
  description: prose(2_000),
  icon: prose(200).openapi({ description: "An emoji, or whatever your pages make of it" }),
  order: z.int().min(0).max(1_000_000).openapi({ description: "Where it stands in the list, the lowest first" }),
  is_published: z.boolean().openapi({ description: "False: only admins see it" }),
};

const change = z
  .object(fields)
  .partial()
  .openapi("TopicChange", { example: { icon: "🧮" } });

/** What is left out is empty, and published. */
const newTopic = change.required({ slug: true, title: true }).openapi("NewTopic", {
  example: {
    slug: "logic",
    title: "Logic",
    description: "What follows from what",
    icon: "🧩",
    order: 30,
    is_published: true,
  },
});

const rows: Rows<typeof topics, TopicDto> = {
  table: topics,
  meanings: { taken: "There is a topic with this slug already." },
  toDto: ({ id, slug, title, description, icon, order, isPublished }) => ({
    id,
    slug,
    title,
    description,
    icon,
    order,
    is_published: isPublished,
  }),
};

const toColumns = ({ is_published, ...same }: z.infer<typeof change>): ChangeOf<typeof topics> => ({
  ...same,
  isPublished: is_published,
});

/** Adds the routes by which an ADMIN keeps the topics. */
export function addTopics(router: Router, services: Services): void {
  addCrud(router, services, {
    path: "/admin/topics",
    one: "topic",
    many: "topics",
    about: { list: "Published or not, in their order." },
    params: idParams("topic"),
    filters: z.object({
      is_published: flag.optional().openapi({ description: "Only those that are, or are not" }),
      ...listQuery("a slug or title"),
    }),
    item: topic,
    newBody: newTopic,
    changeBody: change,
    row: topics.createKey,
    list: (_, { search, is_published, ...page }) =>
      listRows(services, rows, {
        where: and(
          contains(search, topics.slug, topics.title),
          is_published === undefined ? undefined : eq(topics.isPublished, is_published),
        ),
        orderBy: [asc(topics.order), asc(topics.id)],
        page,
      }),
    read: (_, id) => readRow(services, rows, id),
    create: (work, createKey, { slug, title, ...rest }) =>
      createRow(work, rows, createKey, { ...toColumns(rest), slug, title }),
    change: (work, id, body) => changeRow(work, rows, id, toColumns(body)),
    remove: (work, id) => remove(work, { table: topics, one: "topic", begin: editingCatalog }, id),
  });
}
