import { principalIn } from "../../http/authentication.ts";
import { done, doneReply, ok } from "../../http/envelope.ts";
import { defineRoute, type Router } from "../../http/route.ts";
import type { Services } from "../../services.ts";
import { classroomParams } from "../schemas.ts";
import { addTeacher } from "./add-teacher.ts";
import { removeTeacher } from "./remove-teacher.ts";
import { newTeacher, teacherParams, teacherReply } from "./schemas.ts";

/** Adds the routes by which a class gets and loses co-teachers. */
export function addTeachers(router: Router, services: Services): void {
  const { tokens } = services;
  const byTeacher = { tags: ["Classrooms"], access: ["TEACHER"] } as const;

  router.openapi(
    defineRoute(tokens, {
      ...byTeacher,
      method: "post",
      path: "/classrooms/{id}/teachers",
      operationId: "addTeacher",
      summary: "Let another teacher teach a class",
      description:
        "Its owner's to do. A co-teacher may do all but archive the class and add teachers. A second time is no error.",
      params: classroomParams,
      body: newTeacher,
      response: teacherReply,
      errors: ["not_found", "conflict", "service_unavailable"],
    }),
    async (c) => {
      const { id: classroomId } = c.req.valid("param");
      return ok(c, await addTeacher(services, principalIn(c), { classroomId, email: c.req.valid("json").email }));
    },
  );

  router.openapi(
    defineRoute(tokens, {
      ...byTeacher,
      method: "delete",
      path: "/classrooms/{id}/teachers/{user_id}",
      operationId: "removeTeacher",
      summary: "End that somebody teaches a class",
      description: "Any of its teachers may, and each co-teacher go by themselves. Its owner stays.",
      params: teacherParams,
      response: doneReply,
      errors: ["not_found", "conflict", "service_unavailable"],
    }),
    async (c) => {
      const { id: classroomId, user_id: teacherId } = c.req.valid("param");
      await removeTeacher(services, principalIn(c), { classroomId, teacherId });
      return done(c);
    },
  );
}
