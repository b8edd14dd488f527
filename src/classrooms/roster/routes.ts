import { CSV } from "../../csv/cells.ts";
import { admit } from "../../http/admission.ts";
import { principalIn } from "../../http/authentication.ts";
import { isSentAs } from "../../http/body-type.ts";
import { ok } from "../../http/envelope.ts";
import { idempotent } from "../../http/idempotency.ts";
import { defineRoute, newRouter, type Router } from "../../http/route.ts";
import { loadFonts } from "../../pdf/load-fonts.ts";
import { paperQuery } from "../../pdf/paper.ts";
import { dispositionOf, PDF, pdfReply } from "../../pdf/send-pdf.ts";
import type { Services } from "../../services.ts";
import { classroomParams } from "../schemas.ts";
import { classroomStudentParams } from "../students/schemas.ts";
import { readLoginCards } from "./read-login-cards.ts";
import { rowsOfCsv, rowsOfJson } from "./read-rows.ts";
import { resetPupilPassword } from "./reset-pupil-password.ts";
import { pupilPasswordReply, ROSTER_CSV_EXAMPLE, rosterBody, rosterQuery, rosterReply, rosterRow } from "./schemas.ts";
import { takeRoster, tryRoster } from "./take-roster.ts";

const MAX_BODY_BYTES = 1024 * 1024;
const TEACHER = { tags: ["Classrooms"], access: ["TEACHER"] } as const;

/** Pupils without e-mail: their accounts, their first passwords, the cards that say both. To be mounted at `/api/v1`. */
export function rosterRoutes(services: Services): Router {
  const router = newRouter();
  const { tokens } = services;
  const create = idempotent(services);
  router.openAPIRegistry.register("RosterRow", rosterRow);

  router.openapi(
    defineRoute(tokens, {
      ...TEACHER,
      method: "post",
      path: "/classrooms/{id}/roster",
      operationId: "takeRoster",
      summary: "Make accounts for pupils without e-mail and bring them into the class",
      description:
        "From JSON or CSV (commas, semicolons or tabs between its cells), all or nobody: a fault in any row refuses the whole, " +
        "with the row, the column and the reason of every fault. A row is the pupil who has its username, in this class or another of yours; without one, the pupil of " +
        "the class who has its name and grade; else somebody new. Who is there stays as they are, so that the same roster " +
        "again makes nobody, and tells the first passwords once more.",
      params: classroomParams,
      query: rosterQuery,
      body: rosterBody,
      textBody: { type: CSV, example: ROSTER_CSV_EXAMPLE },
      maxBodyBytes: MAX_BODY_BYTES,
      creates: true,
      response: rosterReply,
      errors: ["not_found", "conflict", "service_unavailable"],
    }),
    async (c) => {
      const sent = isSentAs(c, CSV) ? rowsOfCsv(await c.req.arrayBuffer()) : rowsOfJson(c.req.valid("json").students);
      const roster = { services, principal: principalIn(c), classroomId: c.req.valid("param").id, sent };
      if (c.req.valid("query").dry_run) return ok(c, await tryRoster(roster));
      return create(c, { carriesCredentials: true }, async () => ok(c, await takeRoster(roster)));
    },
  );

  router.openapi(
    defineRoute(tokens, {
      ...TEACHER,
      method: "post",
      path: "/classrooms/{id}/students/{student_id}/password",
      operationId: "resetPupilPassword",
      summary: "Make a new first password for a pupil without e-mail",
      description: "Ends all sign-ins with the old one.",
      params: classroomStudentParams,
      response: pupilPasswordReply,
      errors: ["not_found", "conflict", "service_unavailable"],
    }),
    async (c) => {
      const { id: classroomId, student_id: studentId } = c.req.valid("param");
      return ok(c, await resetPupilPassword({ services, principal: principalIn(c), classroomId, studentId }));
    },
  );

  router.openapi(
    defineRoute(tokens, {
      ...TEACHER,
      ...pdfReply,
      revalidated: false,
      path: "/reports/classrooms/{id}/login-cards.pdf",
      operationId: "printLoginCards",
      summary: "Login cards of the class's pupils without e-mail, eight to a page",
      description: "Of an open class, with the first password of who has not chosen another. Kept by no cache.",
      params: classroomParams,
      query: paperQuery,
      errors: ["not_found", "conflict", "rate_limited", "service_unavailable"],
    }),
    async (c) => {
      await admit(c, [services.limits.pdfs.check(principalIn(c).userId)]);
      const cards = await readLoginCards(services, principalIn(c), c.req.valid("param").id);
      const [{ loginCardsPdf }, fonts] = await Promise.all([import("../../pdf/login-cards.ts"), loadFonts()]);
      const printing = { paper: c.req.valid("query").paper, at: new Date() };
      const pdf = await loginCardsPdf({ ...cards, signInUrl: new URL(c.req.url).origin }, printing, fonts);
      return c.body(pdf, 200, {
        "Content-Type": PDF,
        "Cache-Control": "no-store",
        "Content-Disposition": dispositionOf(`Login cards ${cards.classroom}.pdf`),
      });
    },
  );

  return router;
}
