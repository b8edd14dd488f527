import type { Context } from "hono";
import { principalIn } from "../http/authentication.ts";
import { type AppEnv, defineRoute, newRouter, type Router } from "../http/route.ts";
import type { Services } from "../services.ts";
import { listAnsweredQuestions } from "./list-answered-questions.ts";
import { listPractisedSkills } from "./list-practised-skills.ts";
import { readOverview } from "./read-overview.ts";
import { readQuestionsLog } from "./read-questions-log.ts";
import { reportOf, sendReport } from "./report.ts";
import { attemptsQuery, logParams, logQuery, skillsQuery } from "./report-query.ts";
import type { Inquiry } from "./reported-student.ts";
import { answeredQuestions, overview, practisedSkills, questionsLog } from "./schemas.ts";

const PAGING =
  "`cursor` is `meta.next_cursor` of the page before: with it, older attempts come in pages of `limit`, each attempt " +
  "once, whatever is answered meanwhile.";

/** What one student has practised, how long and how well: for themselves, their teachers and an ADMIN. */
export function analyticsRoutes(services: Services): Router {
  const router = newRouter();
  const reportRead = {
    method: "get",
    tags: ["Analytics"],
    access: "signed-in",
    errors: ["forbidden", "not_found", "service_unavailable"],
  } as const;

  const overviewRoute = defineRoute(services.tokens, {
    ...reportRead,
    path: "/analytics/overview",
    operationId: "readAnalyticsOverview",
    summary: "What a student has done in all",
    query: skillsQuery,
    response: reportOf(overview),
  });
  router.openapi(overviewRoute, async (c) => {
    const asked = c.req.valid("query");
    return sendReport(c, await readOverview(services, inquiryOf(c, asked), asked));
  });

  const skillsRoute = defineRoute(services.tokens, {
    ...reportRead,
    path: "/analytics/skills",
    operationId: "listPractisedSkills",
    summary: "A student's skills, the most recently practised first",
    description:
      "Skills with at least one answer; 500 at most. With `from` or `to`, all figures are those of the period: the best " +
      "and the last score that its answers led to, and the time of its sessions.",
    query: skillsQuery,
    response: reportOf(practisedSkills),
  });
  router.openapi(skillsRoute, async (c) => {
    const asked = c.req.valid("query");
    return sendReport(c, await listPractisedSkills(services, inquiryOf(c, asked), asked));
  });

  const logRoute = defineRoute(services.tokens, {
    ...reportRead,
    path: "/analytics/skills/{skill_id}/questions-log",
    operationId: "readQuestionsLog",
    summary: "A student's practice of one skill, question by question",
    description:
      "Sessions come newest first, the attempts of each in the order of practice. Without `cursor` and `limit`, the " +
      `newest 500 attempts. ${PAGING} A session that a page cuts goes on in the next.`,
    params: logParams,
    query: logQuery,
    response: reportOf(questionsLog),
  });
  router.openapi(logRoute, async (c) => {
    const { skill_id: skillId } = c.req.valid("param");
    const asked = c.req.valid("query");
    return sendReport(c, await readQuestionsLog(services, inquiryOf(c, asked), { skillId, asked }));
  });

  const questionsRoute = defineRoute(services.tokens, {
    ...reportRead,
    path: "/analytics/all-questions",
    operationId: "listAnsweredQuestions",
    summary: "Every question that a student has answered, newest first",
    description: `Without \`cursor\` and \`limit\`, the newest 5,000. ${PAGING}`,
    query: attemptsQuery,
    response: reportOf(answeredQuestions),
  });
  router.openapi(questionsRoute, async (c) => {
    const asked = c.req.valid("query");
    return sendReport(c, await listAnsweredQuestions(services, inquiryOf(c, asked), asked));
  });

  return router;
}

/** Who asks, and about whom: themselves unless they name another. */
function inquiryOf(c: Context<AppEnv>, { student_id }: { student_id?: string | undefined }): Inquiry {
  const principal = principalIn(c);
  return { principal, studentId: student_id ?? principal.userId };
}
