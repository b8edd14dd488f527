import { changeSkill } from "../admin/skills/change-skill.ts";
import { skillRename } from "../admin/skills/schemas.ts";
import { workOf } from "../admin/work.ts";
import { principalIn } from "../http/authentication.ts";
import { dataOf, ok, pageOf } from "../http/envelope.ts";
import { wholeListOf } from "../http/paging.ts";
import { defineRoute, newRouter, type Router } from "../http/route.ts";
import type { Services } from "../services.ts";
import { cachedReply } from "./cached-reply.ts";
import { noSuchSkill } from "./faults.ts";
import { listGrades } from "./list-grades.ts";
import { listSkills } from "./list-skills.ts";
import { listSubjects } from "./list-subjects.ts";
import { listTopics } from "./list-topics.ts";
import { readSkill } from "./read-skill.ts";
import { readSkillStats } from "./read-skill-stats.ts";
import { grade, listedSkill, skill, skillFilters, skillParams, skillStats, subject, topic } from "./schemas.ts";
import { changingCatalog } from "./version.ts";

/** What there is to practise, for anyone to read: the same for everybody, so it is cached; and what the caller made of it. */
export function catalogRoutes(services: Services): Router {
  const router = newRouter();
  const catalogRead = {
    method: "get",
    tags: ["Catalog"],
    access: "anyone",
    revalidated: true,
    errors: ["service_unavailable"],
  } as const;

  const subjects = defineRoute(services.tokens, {
    ...catalogRead,
    path: "/subjects",
    operationId: "listSubjects",
    summary: "List the subjects",
    response: wholeListOf(subject),
  });
  router.openapi(subjects, (c) => cachedReply(c, services, "subjects", () => listSubjects(services)));

  const grades = defineRoute(services.tokens, {
    ...catalogRead,
    path: "/grades",
    operationId: "listGrades",
    summary: "List the grades, the youngest first",
    response: wholeListOf(grade),
  });
  router.openapi(grades, (c) => cachedReply(c, services, "grades", () => listGrades(services)));

  const topics = defineRoute(services.tokens, {
    ...catalogRead,
    path: "/topics",
    operationId: "listTopics",
    summary: "List the published topics in their order",
    response: wholeListOf(topic),
  });
  router.openapi(topics, (c) => cachedReply(c, services, "topics", () => listTopics(services)));

  const skills = defineRoute(services.tokens, {
    ...catalogRead,
    path: "/skills",
    operationId: "listSkills",
    summary: "Find published skills",
    description: "All filters given must match. Skills come in the order of their ids.",
    query: skillFilters,
    response: pageOf(listedSkill),
  });
  router.openapi(skills, (c) => {
    const filters = c.req.valid("query");
    return cachedReply(c, services, `skills ${JSON.stringify(filters)}`, () => listSkills(services, filters));
  });

  const oneSkill = defineRoute(services.tokens, {
    ...catalogRead,
    path: "/skills/{id}",
    operationId: "readSkill",
    summary: "Read one published skill",
    params: skillParams,
    response: dataOf(skill),
    errors: ["not_found", "service_unavailable"],
  });
  router.openapi(oneSkill, (c) => {
    const { id } = c.req.valid("param");
    return cachedReply(c, services, `skill ${id}`, () => readSkill(services, id));
  });

  const rename = defineRoute(services.tokens, {
    method: "patch",
    path: "/skills/{id}",
    operationId: "renameSkill",
    tags: ["Catalog"],
    summary: "Change a skill's grade, topic, code or title, published or not",
    description: "Changes what is named and nothing else. PATCH /admin/skills/{id} changes the rest too.",
    access: ["ADMIN"],
    params: skillParams,
    body: skillRename,
    response: dataOf(skill),
    errors: ["not_found", "conflict", "service_unavailable"],
  });
  router.openapi(rename, async (c) => {
    const { id } = c.req.valid("param");
    const change = c.req.valid("json");
    const changed = await changingCatalog(services, () => changeSkill(workOf(c, services), id, change));
    if (!changed) throw noSuchSkill();
    return ok(c, changed);
  });

  const stats = defineRoute(services.tokens, {
    method: "get",
    path: "/skills/{id}/stats",
    operationId: "readSkillStats",
    tags: ["Catalog"],
    summary: "How the caller has done on one published skill",
    access: "signed-in",
    params: skillParams,
    response: dataOf(skillStats),
    errors: ["not_found", "service_unavailable"],
  });
  router.openapi(stats, async (c) => {
    const { id } = c.req.valid("param");
    return ok(c, await readSkillStats(services, { skillId: id, userId: principalIn(c).userId }));
  });

  return router;
}
