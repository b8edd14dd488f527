import { asc } from "drizzle-orm";
import { type GradeDto, grade, numberOfGrade } from "../catalog/schemas.ts";
import { editingCatalog } from "../db/acting-as.ts";
import { grades } from "../db/tables.ts";
import { line } from "../http/fields.ts";
import type { Router } from "../http/route.ts";
import { z } from "../http/zod.ts";
import type { Services } from "../services.ts";
import { addCrud } from "./crud.ts";
import { idParams, listQuery } from "./fields.ts";
import { remove } from "./remove.ts";
import { changeRow, contains, createRow, listRows, type Rows, readRow } from "./rows.ts";

const fields = {
  number: numberOfGrade,
  title: line(40),
};

const rows: Rows<typeof grades, GradeDto> = {
  table: grades,
  meanings: { taken: "There is a grade with this number already." },
  toDto: ({ id, number, title }) => ({ id, number, title }),
};

/** Adds the routes by which an ADMIN keeps the grades. */
export function addGrades(router: Router, services: Services): void {
  addCrud(router, services, {
    path: "/admin/grades",
    one: "grade",
    many: "grades",
    params: idParams("grade", 7),
    filters: z.object(listQuery("a title", "grade 5")),
    item: grade,
    newBody: z.object(fields).openapi("NewGrade", { example: { number: 13, title: "Grade 13" } }),
    changeBody: z
      .object(fields)
      .partial()
      .openapi("GradeChange", { example: { title: "Fifth grade" } }),
    row: grades.createKey,
    list: (_, { search, ...page }) =>
      listRows(services, rows, { where: contains(search, grades.title), orderBy: [asc(grades.number)], page }),
    read: (_, id) => readRow(services, rows, id),
    create: (work, createKey, body) => createRow(work, rows, createKey, body),
    change: (work, id, body) => changeRow(work, rows, id, body),
    remove: (work, id) => remove(work, { table: grades, one: "grade", begin: editingCatalog }, id),
  });
}
