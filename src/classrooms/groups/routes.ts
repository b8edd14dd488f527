import { classroomGroups } from "../../db/tables.ts";
import { principalIn } from "../../http/authentication.ts";
import { done, doneReply, ok } from "../../http/envelope.ts";
import { idempotent } from "../../http/idempotency.ts";
import { defineRoute, type Router } from "../../http/route.ts";
import type { Services } from "../../services.ts";
import { classroomParams } from "../schemas.ts";
import { changeGroup } from "./change-group.ts";
import { createGroup } from "./create-group.ts";
import { deleteGroup } from "./delete-group.ts";
import { listGroups, readGroup } from "./list-groups.ts";
import { groupChange, groupParams, groupReply, groupsReply, newGroup } from "./schemas.ts";

const GROUPS = "/classrooms/{id}/groups";
const GROUP = `${GROUPS}/{group_id}` as const;

/** Adds the routes by which the teachers of a class keep its groups. */
export function addGroups(router: Router, services: Services): void {
  const { tokens } = services;
  const create = idempotent(services);
  const byTeacher = { tags: ["Classrooms"], access: ["TEACHER"] } as const;

  router.openapi(
    defineRoute(tokens, {
      ...byTeacher,
      method: "get",
      path: GROUPS,
      operationId: "listGroups",
      summary: "The groups of a class, by title",
      params: classroomParams,
      response: groupsReply,
      errors: ["not_found", "service_unavailable"],
    }),
    async (c) => c.json(await listGroups(services, principalIn(c), c.req.valid("param").id), 200),
  );

  router.openapi(
    defineRoute(tokens, {
      ...byTeacher,
      method: "post",
      path: GROUPS,
      operationId: "createGroup",
      summary: "Make a group of students of a class",
      params: classroomParams,
      body: newGroup,
      creates: true,
      response: groupReply,
      errors: ["not_found", "conflict", "service_unavailable"],
    }),
    (c) => {
      const { id: classroomId } = c.req.valid("param");
      const body = c.req.valid("json");
      return create(c, { row: classroomGroups.id }, async ({ id }) =>
        ok(c, await createGroup(services, principalIn(c), { id, classroomId, ...body })),
      );
    },
  );

  router.openapi(
    defineRoute(tokens, {
      ...byTeacher,
      method: "get",
      path: GROUP,
      operationId: "readGroup",
      summary: "A group and who is in it",
      params: groupParams,
      response: groupReply,
      errors: ["not_found", "service_unavailable"],
    }),
    async (c) => {
      const { id: classroomId, group_id: groupId } = c.req.valid("param");
      return ok(c, await readGroup(services, principalIn(c), { classroomId, groupId }));
    },
  );

  router.openapi(
    defineRoute(tokens, {
      ...byTeacher,
      method: "patch",
      path: GROUP,
      operationId: "changeGroup",
      summary: "Change a group's title, or who is in it",
      description:
        "`student_ids` takes the place of the members before. New ones get the group's open assignments; who is not in it " +
        "any more keeps what they have.",
      params: groupParams,
      body: groupChange,
      response: groupReply,
      errors: ["not_found", "conflict", "service_unavailable"],
    }),
    async (c) => {
      const { id: classroomId, group_id: groupId } = c.req.valid("param");
      return ok(c, await changeGroup(services, principalIn(c), { classroomId, groupId, ...c.req.valid("json") }));
    },
  );

  router.openapi(
    defineRoute(tokens, {
      ...byTeacher,
      method: "delete",
      path: GROUP,
      operationId: "deleteGroup",
      summary: "Delete a group",
      description: "Its students stay in the class, and its assignments with those who have them.",
      params: groupParams,
      response: doneReply,
      errors: ["not_found", "conflict", "service_unavailable"],
    }),
    async (c) => {
      const { id: classroomId, group_id: groupId } = c.req.valid("param");
      await deleteGroup(services, principalIn(c), { classroomId, groupId });
      return done(c);
    },
  );
}
