import { principalIn } from "../../http/authentication.ts";
import { done, doneReply, ok } from "../../http/envelope.ts";
import { defineRoute, type Router } from "../../http/route.ts";
import type { Services } from "../../services.ts";
import { admitCode } from "../admission.ts";
import { classroomStudentParams } from "../students/schemas.ts";
import { listChildren, unlinkChild } from "./children.ts";
import { inviteParent } from "./invite-parent.ts";
import { listParents, unlinkParent, withdrawCodes } from "./keep-parents.ts";
import { linkChild } from "./link-child.ts";
import {
  childParams,
  childReply,
  childrenReply,
  linking,
  parentCodeReply,
  parentParams,
  parentsReply,
} from "./schemas.ts";

const PUPIL = "/classrooms/{id}/students/{student_id}";

/** Adds the routes by which parents come to see what their children see. */
export function addParents(router: Router, services: Services): void {
  addInviting(router, services);
  addChildren(router, services);
}

function addInviting(router: Router, services: Services): void {
  const { tokens } = services;
  const byTeacher = {
    tags: ["Classrooms"],
    access: ["TEACHER"],
    errors: ["not_found", "conflict", "service_unavailable"],
  } as const;

  router.openapi(
    defineRoute(tokens, {
      ...byTeacher,
      method: "post",
      path: `${PUPIL}/parent-code`,
      operationId: "inviteParent",
      summary: "Make a code that links one parent to a student",
      description:
        "Good once, for two weeks, as long as its maker teaches the student. Of one student ten are good at a time: a " +
        "further one takes the place of the oldest.",
      params: classroomStudentParams,
      response: parentCodeReply,
    }),
    async (c) => {
      const { id: classroomId, student_id: studentId } = c.req.valid("param");
      return ok(c, await inviteParent(services, principalIn(c), { classroomId, studentId, nowMs: Date.now() }));
    },
  );

  router.openapi(
    defineRoute(tokens, {
      ...byTeacher,
      method: "delete",
      path: `${PUPIL}/parent-code`,
      operationId: "withdrawParentCodes",
      summary: "Take back a student's codes for parents that nobody has used",
      params: classroomStudentParams,
      response: doneReply,
    }),
    async (c) => {
      const { id: classroomId, student_id: studentId } = c.req.valid("param");
      await withdrawCodes(services, principalIn(c), { classroomId, studentId });
      return done(c);
    },
  );

  router.openapi(
    defineRoute(tokens, {
      ...byTeacher,
      method: "get",
      path: `${PUPIL}/parents`,
      operationId: "listParents",
      summary: "The parents that are linked to a student, by name",
      params: classroomStudentParams,
      response: parentsReply,
    }),
    async (c) => {
      const { id: classroomId, student_id: studentId } = c.req.valid("param");
      return c.json(await listParents(services, principalIn(c), { classroomId, studentId }), 200);
    },
  );

  router.openapi(
    defineRoute(tokens, {
      ...byTeacher,
      method: "delete",
      path: `${PUPIL}/parents/{parent_id}`,
      operationId: "unlinkParent",
      summary: "End that a parent is linked to a student",
      description: "For a code that came into the wrong hands: they see nothing of the student from then on.",
      params: parentParams,
      response: doneReply,
    }),
    async (c) => {
      const { id: classroomId, student_id: studentId, parent_id: parentId } = c.req.valid("param");
      await unlinkParent(services, principalIn(c), { classroomId, studentId, parentId });
      return done(c);
    },
  );
}

function addChildren(router: Router, services: Services): void {
  const { tokens } = services;
  const byParent = { tags: ["Classrooms"], access: ["PARENT"] } as const;

  router.openapi(
    defineRoute(tokens, {
      ...byParent,
      method: "post",
      path: "/me/children",
      operationId: "linkChild",
      summary: "Link the caller to their child by a teacher's code",
      description: "From then on they see what the child sees, and do nothing in the child's name.",
      body: linking,
      response: childReply,
      errors: ["not_found", "conflict", "rate_limited", "service_unavailable"],
    }),
    async (c) => {
      await admitCode(c, services);
      return ok(c, await linkChild(services, principalIn(c), c.req.valid("json").code));
    },
  );

  router.openapi(
    defineRoute(tokens, {
      ...byParent,
      method: "get",
      path: "/me/children",
      operationId: "listChildren",
      summary: "The caller's children, by name",
      response: childrenReply,
      errors: ["service_unavailable"],
    }),
    async (c) => c.json(await listChildren(services, principalIn(c)), 200),
  );

  router.openapi(
    defineRoute(tokens, {
      ...byParent,
      method: "delete",
      path: "/me/children/{student_id}",
      operationId: "unlinkChild",
      summary: "End the link to a child",
      params: childParams,
      response: doneReply,
      errors: ["not_found", "service_unavailable"],
    }),
    async (c) => {
      await unlinkChild(services, principalIn(c), c.req.valid("param").student_id);
      return done(c);
    },
  );
}
