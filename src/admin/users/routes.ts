import { userSchema } from "../../auth/schemas.ts";
import { guardians, parentCodes, practiceMarks, refreshFamilies, users } from "../../db/tables.ts";
import { done, doneReply } from "../../http/envelope.ts";
import { defineRoute, type Router } from "../../http/route.ts";
import type { Services } from "../../services.ts";
import { addCrud } from "../crud.ts";
import { conflict } from "../faults.ts";
import { uuidParams } from "../fields.ts";
import { remove } from "../remove.ts";
import { type Work, workOf } from "../work.ts";
import { changeUser } from "./change-user.ts";
import { createUser } from "./create-user.ts";
import { listUsers } from "./list-users.ts";
import { readUser } from "./read-user.ts";
import { resetPassword } from "./reset-password.ts";
import { newUser, passwordReset, userChange, userFilters } from "./schemas.ts";

const params = uuidParams("account", "0190a0de-0000-7000-8000-000000000003");

/** Adds the routes by which an ADMIN keeps the accounts. */
export function addUsers(router: Router, services: Services): void {
  addCrud(router, services, {
    path: "/admin/users",
    one: "user",
    many: "users",
    about: {
      list: "The newest first.",
      create: "Of any role, teachers and admins too.",
      change:
        "Changes what is named and nothing else. Deactivating ends all sign-ins; access tokens run out within minutes, " +
        "and practice, all of a class to its teachers, and an admin's changes are refused at once. Who is no STUDENT any more is in no class and no group and has no parents, " +
        "who is no TEACHER any more teaches with nobody, who is no PARENT any more sees no child; what they own, and what is " +
        "on record, stays.",
      remove:
        "Refused, with what refers to it by table, where anything does: practice, classes taught or attended, parents, " +
        "certificates. To keep somebody out, deactivate the account.",
    },
    params,
    filters: userFilters,
    item: userSchema,
    newBody: newUser,
    changeBody: userChange,
    row: users.id,
    list: listUsers,
    read: readUser,
    create: createUser,
    change: changeUser,
    remove: deleteUser,
  });

  router.openapi(
    defineRoute(services.tokens, {
      method: "post",
      path: "/admin/users/{id}/password",
      operationId: "adminResetPassword",
      tags: ["Admin"],
      summary: "Give an account another password",
      description: "Ends all its sign-ins.",
      access: ["ADMIN"],
      params,
      body: passwordReset,
      response: doneReply,
      errors: ["not_found", "service_unavailable"],
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      await resetPassword(workOf(c, services), id, c.req.valid("json").new_password);
      return done(c);
    },
  );
}

/** What goes with an account: its sign-ins, a parent's links, invitations, and the mark of a record that may be empty. */
const PARTS = [
  refreshFamilies.userId,
  guardians.parentId,
  parentCodes.studentId,
  parentCodes.createdBy,
  parentCodes.usedBy,
  practiceMarks.studentId,
];

/** Deletes an account that nothing else refers to; an admin's own stays. */
function deleteUser(work: Work, id: string): Promise<void> {
  if (id === work.actor.userId) throw conflict("This is your own account. Ask another admin to delete it.");
  return remove(work, { table: users, one: "user", parts: PARTS }, id);
}
