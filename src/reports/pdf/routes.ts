import { principalIn } from "../../http/authentication.ts";
import { defineRoute, newRouter, type Router } from "../../http/route.ts";
import { paperQuery } from "../../pdf/paper.ts";
import { pdfReply, sendPdf, unlessChanged } from "../../pdf/send-pdf.ts";
import type { Services } from "../../services.ts";
import { period, queryOf, score, skillFilters } from "../kit/report-query.ts";
import { readStudentParts } from "../kit/student-report.ts";
import { readAssignment } from "./read-assignment.ts";
import { readPracticeSession } from "./read-practice-session.ts";
import { readSummary } from "./read-student-summary.ts";
import { assignmentParams, sessionParams, studentParams } from "./schemas.ts";

/** Reports to print. To be mounted at `/api/v1`. */
export function pdfRoutes(services: Services): Router {
  const router = newRouter();
  const printed = {
    ...pdfReply,
    tags: ["Reports"],
    query: paperQuery,
    errors: ["forbidden", "not_found", "rate_limited", "service_unavailable"],
  } as const;

  const sessionRoute = defineRoute(services.tokens, {
    ...printed,
    path: "/reports/practice-sessions/{id}.pdf",
    params: sessionParams,
    operationId: "printPracticeSession",
    access: "signed-in",
    summary: "A practice session as PDF",
    description:
      "The SmartScore's curve and every question with both answers, for the student, their teachers and parents and an " +
      "ADMIN. What was answered within the last seconds may be missing: the document says how fresh it is.",
  });
  router.openapi(sessionRoute, async (c) => {
    const { session, at } = await readPracticeSession(services, principalIn(c), c.req.valid("param").id);
    const printing = { paper: c.req.valid("query").paper, at };
    return sendPdf(c, services, {
      fileName: `Practice session ${session.skillTitle} ${session.studentName}`,
      shows: [session, printing],
      draw: async (fonts) => (await import("./draw-practice-session.ts")).practiceSessionPdf(session, printing, fonts),
    });
  });

  const assignmentRoute = defineRoute(services.tokens, {
    ...printed,
    path: "/reports/assignments/{id}.pdf",
    params: assignmentParams,
    operationId: "printAssignment",
    access: ["TEACHER", "ADMIN"],
    summary: "An assignment as PDF",
    description:
      "Its score grid with how many are how far, and who has not started, for the teachers of its class and an ADMIN.",
  });
  router.openapi(assignmentRoute, async (c) => {
    const { assignment, at } = await readAssignment(services, principalIn(c), c.req.valid("param").id);
    const printing = { paper: c.req.valid("query").paper, at };
    return sendPdf(c, services, {
      fileName: `Assignment ${assignment.skillTitle} ${assignment.classTitle}`,
      shows: [assignment, printing],
      draw: async (fonts) => (await import("./draw-assignment.ts")).assignmentPdf(assignment, printing, fonts),
    });
  });

  const summaryRoute = defineRoute(services.tokens, {
    ...printed,
    path: "/reports/students/{id}.pdf",
    params: studentParams,
    operationId: "printStudentSummary",
    access: "signed-in",
    summary: "A student's summary as PDF",
    description:
      "What `GET /analytics/summary` and `/analytics/score-chart` have, with the same filters, for the student, their " +
      "teachers and parents and an ADMIN.",
    query: queryOf({ ...period, ...skillFilters, ...score, ...paperQuery.shape }),
  });
  router.openapi(summaryRoute, async (c) => {
    const { paper, ...asked } = c.req.valid("query");
    const inquiry = { principal: principalIn(c), studentId: c.req.valid("param").id };
    // The state that it is made from, which a small statement tells too.
    const named = (fullName: string, ...state: readonly unknown[]) => ({
      fileName: `Summary ${fullName}`,
      shows: [state, asked, paper],
    });
    if (c.req.header("If-None-Match") !== undefined) {
      const { student, head } = await readStudentParts(services.db, inquiry, { asked, parts: {} });
      const unchanged = await unlessChanged(c, services, named(student.full_name, head.version, student.time_zone));
      if (unchanged) return unchanged;
    }
    const { summary, version, at } = await readSummary(services, inquiry, asked);
    const printing = { paper, at };
    return sendPdf(c, services, {
      ...named(summary.data.full_name, version, summary.timeZone),
      draw: async (fonts) => (await import("./draw-student-summary.ts")).studentSummaryPdf(summary, printing, fonts),
    });
  });

  return router;
}
