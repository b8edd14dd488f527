import type { Context } from "hono";
import type { Inquiry } from "../classrooms/student-in-sight.ts";
import { certificates } from "../db/tables.ts";
import { principalIn } from "../http/authentication.ts";
import { dataOf, done, doneReply, ok } from "../http/envelope.ts";
import { idempotent } from "../http/idempotency.ts";
import { okRevalidated } from "../http/revalidated.ts";
import { type AppEnv, defineRoute, newRouter, type Router } from "../http/route.ts";
import { z } from "../http/zod.ts";
import { pdfReply, sendPdf } from "../pdf/send-pdf.ts";
import type { Services } from "../services.ts";
import { awardCertificate } from "./award-certificate.ts";
import { certificateCode } from "./certificate-code.ts";
import { listAwards } from "./list-awards.ts";
import { listCertificates } from "./list-certificates.ts";
import { toPrint, wishesOf } from "./print-certificate.ts";
import { readCertificate } from "./read-certificate.ts";
import { revokeCertificate } from "./revoke-certificate.ts";
import {
  awardsMeta,
  awardsQuery,
  awardsSchema,
  certificateSchema,
  certificatesQuery,
  certificatesSchema,
  certificateTypeParams,
  newCertificate,
  printQuery,
} from "./schemas.ts";

/** What students earn: ribbons, medals, milestones and certificates. */
export function awardsRoutes(services: Services): Router {
  const router = newRouter();
  addReads(router, services);
  addGiving(router, services);
  return router;
}

function addReads(router: Router, services: Services): void {
  const read = {
    tags: ["Awards"],
    access: "signed-in",
    errors: ["forbidden", "not_found", "service_unavailable"],
  } as const;

  const awardsRoute = defineRoute(services.tokens, {
    ...read,
    method: "get",
    path: "/awards",
    operationId: "listAwards",
    summary: "What a student has earned, the newest first, and what comes next",
    description:
      "Each once, with the moment of the answer that earned it: ribbons at a SmartScore of 70, 80 and 90 and a medal at 100 " +
      "for each skill; milestones by questions answered, minutes practised, skills mastered and days in a row. Without " +
      "`cursor` and `limit`, the newest 500.",
    query: awardsQuery,
    response: z.object({ data: awardsSchema, meta: awardsMeta }),
    revalidated: true,
  });
  router.openapi(awardsRoute, async (c) => {
    const query = c.req.valid("query");
    return okRevalidated(c, await listAwards(services, inquiryOf(c, query), query, Date.now()));
  });

  const certificatesRoute = defineRoute(services.tokens, {
    ...read,
    method: "get",
    path: "/awards/certificates",
    operationId: "listCertificates",
    summary: "A student's certificates, the newest first",
    description: "Without `cursor` and `limit`, the newest 500.",
    query: certificatesQuery,
    response: certificatesSchema,
    revalidated: true,
  });
  router.openapi(certificatesRoute, async (c) => {
    const query = c.req.valid("query");
    return okRevalidated(c, await listCertificates(services, inquiryOf(c, query), query, originOf(c)));
  });

  const printRoute = defineRoute(services.tokens, {
    ...read,
    ...pdfReply,
    path: "/awards/certificates/{type}.pdf",
    operationId: "printCertificate",
    summary: "A certificate to hang up, as PDF",
    description:
      "Reading makes none: a best SmartScore of 90 earns EXCELLENCE, 100 MASTERY; a teacher may award either.",
    params: certificateTypeParams,
    query: printQuery,
    errors: [...read.errors, "not_earned", "rate_limited"],
  });
  router.openapi(printRoute, async (c) => {
    const { skill_id: skillId, paper, ...query } = c.req.valid("query");
    const { type } = c.req.valid("param");
    const inquiry = inquiryOf(c, query);
    const wishes = wishesOf(inquiry.principal, query);
    const certificate = await readCertificate(services, inquiry, { skillId, type });
    const shows = toPrint(certificate, wishes, originOf(c));
    const printing = { paper, at: certificate.earnedAt };
    return sendPdf(c, services, {
      fileName: `Certificate ${shows.studentName} ${shows.skillTitle}`,
      mark: shows.code,
      shows: [shows, printing],
      draw: async (fonts) => (await import("../pdf/certificate.ts")).certificatePdf(shows, printing, fonts),
    });
  });
}

function addGiving(router: Router, services: Services): void {
  const create = idempotent(services);
  const giving = { tags: ["Awards"], access: ["TEACHER", "ADMIN"] } as const;

  const awardRoute = defineRoute(services.tokens, {
    ...giving,
    method: "post",
    path: "/awards/certificates",
    operationId: "awardCertificate",
    summary: "Award a student a certificate all the same",
    description: "Whatever their SmartScore. The one that holds already stays; one that was revoked gets a new code.",
    body: newCertificate,
    response: dataOf(certificateSchema),
    creates: true,
    errors: ["forbidden", "not_found", "service_unavailable"],
  });
  router.openapi(awardRoute, (c) =>
    create(c, { row: certificates.createKey }, async ({ id }) => {
      const giver = { principal: principalIn(c), origin: originOf(c) };
      return ok(c, await awardCertificate(services, giver, { id, ...c.req.valid("json") }));
    }),
  );

  const revokeRoute = defineRoute(services.tokens, {
    ...giving,
    method: "delete",
    path: "/awards/certificates/{code}",
    operationId: "revokeCertificate",
    summary: "Take a certificate back",
    description:
      "Its page says so and no more. Where the student has reached its SmartScore since it was made, the one that they have " +
      "earned takes its place, with a code of its own; else only earning it or awarding it anew makes another.",
    params: z.object({ code: certificateCode }),
    response: doneReply,
    errors: ["forbidden", "not_found", "service_unavailable"],
  });
  router.openapi(revokeRoute, async (c) => {
    await revokeCertificate(services, principalIn(c), c.req.valid("param").code);
    return done(c);
  });
}

function inquiryOf(c: Context<AppEnv>, { student_id }: { student_id?: string | undefined }): Inquiry {
  const principal = principalIn(c);
  return { principal, studentId: student_id ?? principal.userId };
}

/** Where clients reach this: links that people keep lead there. */
const originOf = (c: Context): string => new URL(c.req.url).origin;
