import { ok, pageOf } from "../http/envelope.ts";
import { defineRoute, newRouter, type Router } from "../http/route.ts";
import type { Services } from "../services.ts";
import { listAudit } from "./audit/list-audit.ts";
import { auditEntry, auditFilters } from "./audit/schemas.ts";
import { addExport } from "./export/routes.ts";
import { addGrades } from "./grades.ts";
import { addImports } from "./import/routes.ts";
import { addQuestions } from "./questions/routes.ts";
import { fittingPage } from "./rows.ts";
import { addSkills } from "./skills/routes.ts";
import { addSubjects } from "./subjects.ts";
import { addTemplates } from "./templates/routes.ts";
import { addTopics } from "./topics.ts";
import { addUsers } from "./users/routes.ts";

/** Keeping the catalog and the accounts, for an ADMIN only; every change is in the audit log. */
export function adminRoutes(services: Services): Router {
  const router = newRouter();
  addSubjects(router, services);
  addGrades(router, services);
  addTopics(router, services);
  addSkills(router, services);
  addTemplates(router, services);
  addQuestions(router, services);
  addUsers(router, services);
  addImports(router, services);
  addExport(router, services);

  const audit = defineRoute(services.tokens, {
    method: "get",
    path: "/admin/audit",
    operationId: "adminListAudit",
    tags: ["Admin"],
    summary: "Who changed what, the newest first",
    access: ["ADMIN"],
    query: auditFilters,
    response: pageOf(auditEntry),
    errors: ["service_unavailable"],
  });
  router.openapi(audit, async (c) => {
    const filters = c.req.valid("query");
    const { data, total } = await fittingPage(() => listAudit(services, filters));
    return ok(c, data, { page: filters.page, page_size: filters.page_size, total });
  });

  return router;
}
