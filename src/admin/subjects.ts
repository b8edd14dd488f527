import { asc } from "drizzle-orm";
import { subject } from "../catalog/schemas.ts";
import { editingCatalog } from "../db/acting-as.ts";
import { subjects } from "../db/tables.ts";
import { line } from "../http/fields.ts";
import type { Router } from "../http/route.ts";
import { z } from "../http/zod.ts";
import type { Services } from "../services.ts";
import { addCrud } from "./crud.ts";
import { idParams, listQuery, slug } from "./fields.ts";
import { remove } from "./remove.ts";
import { changeRow, contains, createRow, listRows, type Rows, readRow } from "./rows.ts";

const fields = { slug, title: line(80) };
const example = { slug: "music", title: "Music" };

const rows: Rows<typeof subjects, z.infer<typeof subject>> = {
  table: subjects,
  meanings: { taken: "There is a subject with this slug already." },
  toDto: ({ id, slug, title }) => ({ id, slug, title }),
};

/** Adds the routes by which an ADMIN keeps the subjects. */
export function addSubjects(router: Router, services: Services): void {
  addCrud(router, services, {
    path: "/admin/subjects",
    one: "subject",
    many: "subjects",
    params: idParams("subject"),
    filters: z.object(listQuery("a slug or title", "ma")),
    item: subject,
    newBody: z.object(fields).openapi("NewSubject", { example }),
    changeBody: z
      .object(fields)
      .partial()
      .openapi("SubjectChange", { example: { title: "Mathematics" } }),
    row: subjects.createKey,
    list: (_, { search, ...page }) =>
      listRows(services, rows, {
        where: contains(search, subjects.slug, subjects.title),
        orderBy: [asc(subjects.id)],
        page,
      }),
    read: (_, id) => readRow(services, rows, id),
    create: (work, createKey, body) => createRow(work, rows, createKey, body),
    change: (work, id, body) => changeRow(work, rows, id, body),
    remove: (work, id) => remove(work, { table: subjects, one: "subject", begin: editingCatalog }, id),
  });
}
