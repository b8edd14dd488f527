import { classrooms } from "../db/tables.ts";
import { principalIn } from "../http/authentication.ts";
import { dataOf, done, doneReply, ok } from "../http/envelope.ts";
import { idempotent } from "../http/idempotency.ts";
import { defineRoute, newRouter, type Router } from "../http/route.ts";
import type { Services } from "../services.ts";
import { changeClassroom } from "./change-classroom.ts";
import { createClassroom } from "./create-classroom.ts";
import { addGroups } from "./groups/routes.ts";
import { renewJoinCode, revokeJoinCode } from "./join-code.ts";
import { listClassrooms } from "./list-classrooms.ts";
import { addParents } from "./parents/routes.ts";
import { readClassroom } from "./read-classroom.ts";
import {
  classroomChange,
  classroomDetailsReply,
  classroomParams,
  classroomReply,
  classroomsQuery,
  classroomsReply,
  joinCode,
  newClassroom,
} from "./schemas.ts";
import { addStudents } from "./students/routes.ts";
import { addTeachers } from "./teachers/routes.ts";

/** Classes: who teaches them, who is in them, in which groups, and whose parents look on. */
export function classroomRoutes(services: Services): Router {
  const router = newRouter();
  addClassrooms(router, services);
  addStudents(router, services);
  addTeachers(router, services);
  addGroups(router, services);
  addParents(router, services);
  return router;
}

function addClassrooms(router: Router, services: Services): void {
  const { tokens } = services;
  const create = idempotent(services);
  const byTeacher = { tags: ["Classrooms"], access: ["TEACHER"] } as const;

  router.openapi(
    defineRoute(tokens, {
      ...byTeacher,
      method: "post",
      path: "/classrooms",
      operationId: "createClassroom",
      summary: "Make a class",
      description: "It has a join code from the start. Its maker owns it.",
      body: newClassroom,
      creates: true,
      response: classroomReply,
      errors: ["conflict", "service_unavailable"],
    }),
    (c) =>
      create(c, { row: classrooms.id }, async ({ id }) =>
        ok(c, await createClassroom(services, principalIn(c), { id, ...c.req.valid("json") })),
      ),
  );

  router.openapi(
    defineRoute(tokens, {
      ...byTeacher,
      method: "get",
      path: "/classrooms",
      operationId: "listClassrooms",
      summary: "The caller's classes",
      description: "Those that they own and those that they teach with others, the oldest first; 500 at most.",
      query: classroomsQuery,
      response: classroomsReply,
      errors: ["service_unavailable"],
    }),
    async (c) => c.json(await listClassrooms(services, principalIn(c), c.req.valid("query")), 200),
  );

  router.openapi(
    defineRoute(tokens, {
      ...byTeacher,
      method: "get",
      path: "/classrooms/{id}",
      operationId: "readClassroom",
      summary: "A class, its teachers and how many students it has",
      params: classroomParams,
      response: classroomDetailsReply,
      errors: ["not_found", "service_unavailable"],
    }),
    async (c) => ok(c, await readClassroom(services, principalIn(c), c.req.valid("param").id)),
  );

  router.openapi(
    defineRoute(tokens, {
      ...byTeacher,
      method: "patch",
      path: "/classrooms/{id}",
      operationId: "changeClassroom",
      summary: "Change a class, archive it, or take it out of the archive",
      description:
        "Changes what is named and nothing else. An archived class keeps all that it has, lets nobody in and takes no other " +
        "change. Its teachers read the grid and the figures that it has come to; what else its students practise they see " +
        "no more, and it prints no login cards.",
      params: classroomParams,
      body: classroomChange,
      response: classroomDetailsReply,
      errors: ["not_found", "conflict", "service_unavailable"],
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      return ok(c, await changeClassroom(services, principalIn(c), { id, ...c.req.valid("json") }));
    },
  );

  router.openapi(
    defineRoute(tokens, {
      ...byTeacher,
      method: "post",
      path: "/classrooms/{id}/join-code",
      operationId: "renewJoinCode",
      summary: "Give a class another join code",
      description: "The one before lets nobody in any more. Who is in the class stays.",
      params: classroomParams,
      response: dataOf(joinCode),
      errors: ["not_found", "conflict", "service_unavailable"],
    }),
    async (c) => ok(c, { join_code: await renewJoinCode(services, principalIn(c), c.req.valid("param").id) }),
  );

  router.openapi(
    defineRoute(tokens, {
      ...byTeacher,
      method: "delete",
      path: "/classrooms/{id}/join-code",
      operationId: "revokeJoinCode",
      summary: "Take the join code of a class back",
      params: classroomParams,
      response: doneReply,
      errors: ["not_found", "conflict", "service_unavailable"],
    }),
    async (c) => {
      await revokeJoinCode(services, principalIn(c), c.req.valid("param").id);
      return done(c);
    },
  );
}
