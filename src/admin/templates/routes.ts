import { editingCatalog } from "../../db/acting-as.ts";
import { questionTemplates } from "../../db/tables.ts";
import { dataOf, ok } from "../../http/envelope.ts";
import { defineRoute, type Router } from "../../http/route.ts";
import type { Services } from "../../services.ts";
import { addCrud } from "../crud.ts";
import { uuidParams } from "../fields.ts";
import { remove } from "../remove.ts";
import { changeTemplate } from "./change-template.ts";
import { createTemplate } from "./create-template.ts";
import { previewOf } from "./preview.ts";
import { listTemplates, readTemplate } from "./read-templates.ts";
import {
  adminTemplate,
  EXAMPLE_ID,
  newTemplate,
  previewRequest,
  templateChange,
  templateFilters,
  templatePreview,
} from "./schemas.ts";

/** Adds the routes by which an ADMIN keeps the question templates. To be added ahead of `/admin/questions/{id}`. */
export function addTemplates(router: Router, services: Services): void {
  addCrud(router, services, {
    path: "/admin/questions/templates",
    one: "template",
    many: "templates",
    about: {
      list: "Skill by skill, the easy ones first.",
      create:
        "A question that is a rule. It is run 200 times, and refused with the place of each fault where it can fail, " +
        "repeats a choice, has two right answers, or gives its answer away.",
      change:
        "Changes what is named and nothing else; a template is changed as a whole, and checked as when it is made.",
      remove: "Sessions under way go on as they began, and answers that were given keep their questions.",
    },
    params: uuidParams("template", EXAMPLE_ID),
    filters: templateFilters,
    item: adminTemplate,
    newBody: newTemplate,
    changeBody: templateChange,
    row: questionTemplates.id,
    list: listTemplates,
    read: readTemplate,
    create: createTemplate,
    change: changeTemplate,
    remove: (work, id) => remove(work, { table: questionTemplates, one: "template", begin: editingCatalog }, id),
  });

  const preview = defineRoute(services.tokens, {
    method: "post",
    path: "/admin/questions/templates/preview",
    operationId: "adminPreviewTemplate",
    tags: ["Admin"],
    summary: "Ten questions of a template, with their answers",
    description: "Of one that is sent or one that is kept; nothing is changed.",
    access: ["ADMIN"],
    body: previewRequest,
    response: dataOf(templatePreview),
    errors: ["not_found", "service_unavailable"],
  });
  router.openapi(preview, async (c) => ok(c, await previewOf(services, c.req.valid("json"))));
}
