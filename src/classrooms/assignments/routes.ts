import type { Context } from "hono";
import { CSV } from "../../csv/cells.ts";
import { assignments as assignmentTable } from "../../db/tables.ts";
import { principalIn } from "../../http/authentication.ts";
import { dataOf, done, doneReply, ok } from "../../http/envelope.ts";
import { ApiError, badFields } from "../../http/errors.ts";
import { type Create, idempotent } from "../../http/idempotency.ts";
import { wholeList } from "../../http/paging.ts";
import { okRevalidated } from "../../http/revalidated.ts";
import { type AppEnv, defineRoute, newRouter, type Router } from "../../http/route.ts";
import { z } from "../../http/zod.ts";
import { sendWhole } from "../../reports/kit/whole-report.ts";
import type { Services } from "../../services.ts";
import { classroomParams } from "../schemas.ts";
import type { Inquiry } from "../student-in-sight.ts";
import { changeAssignment, deleteAssignment } from "./change-assignment.ts";
import { createAssignments, type NewRows } from "./create-assignments.ts";
import { listAssignments, listAssignmentsOf } from "./list-assignments.ts";
import { listMyAssignments, readMyAssignment } from "./my-assignments.ts";
import { readClassAnalytics } from "./read-class-analytics.ts";
import { readScoreGrid } from "./read-score-grid.ts";
import {
  assignment,
  assignmentChange,
  assignmentFilters,
  assignmentParams,
  assignments,
  classAnalytics,
  classAnalyticsCsv,
  classAnalyticsFiles,
  classAnalyticsQuery,
  gridParams,
  isTarget,
  myAssignment,
  myAssignments,
  type NewAssignment,
  newAssignment,
  OTHER_TARGET,
  scoreGrid,
  scoreGridCsv,
  scoreGridFiles,
  scoreGridQuery,
  workQuery,
} from "./schemas.ts";

/** Work that teachers give their classes, how far the students are with it, and what they and their parents see of it. */
export function assignmentRoutes(services: Services): Router {
  const router = newRouter();
  addTeachersRoutes(router, services);
  addStudentsRoutes(router, services);
  addProgressRoutes(router, services);
  return router;
}

function addTeachersRoutes(router: Router, services: Services): void {
  const { tokens } = services;
  const create = idempotent(services);
  const common = { tags: ["Assignments"], access: ["TEACHER"] } as const;

  const createRoute = defineRoute(tokens, {
    ...common,
    method: "post",
    path: "/assignments",
    operationId: "createAssignment",
    summary: "Give a class, a group or chosen students a skill to practise",
    description:
      "With `skill_id` the reply is one assignment; with `skill_ids` a list, one assignment of each in their order. What " +
      "is answered from then on counts, until the best SmartScore reaches the target. Who joins the class (or the group) " +
      "later gets it too, until its date is past. A target other than 70, 80, 90 or 100 is 400.",
    body: newAssignment,
    creates: true,
    response: dataOf(z.union([assignment, z.array(assignment)])),
    errors: ["forbidden", "not_found", "conflict", "service_unavailable"],
  });
  router.openapi(createRoute, (c) => {
    const body = c.req.valid("json");
    requireTarget(body.target_smartscore);
    const row = body.skill_ids ? assignmentTable.setId : assignmentTable.id;
    return create(c, { row }, async (made) => {
      const given = await createAssignments(services, principalIn(c), await rowsOf(made, body), body);
      return ok(c, body.skill_ids ? given : one(given));
    });
  });

  const listRoute = defineRoute(tokens, {
    ...common,
    method: "get",
    path: "/assignments",
    operationId: "listAssignments",
    summary: "The assignments of a class, the newest first",
    description: "Without `classroom_id`, those of all open classes of the caller's. The newest 500.",
    query: assignmentFilters,
    response: assignments,
    errors: ["forbidden", "not_found", "service_unavailable"],
  });
  router.openapi(listRoute, async (c) => {
    const { classroom_id: classroomId } = c.req.valid("query");
    const list =
      classroomId === undefined
        ? await listAssignments(services, principalIn(c))
        : await listAssignmentsOf(services, principalIn(c), classroomId);
    return c.json(wholeList(list), 200);
  });

  const changeRoute = defineRoute(tokens, {
    ...common,
    method: "patch",
    path: "/assignments/{id}",
    operationId: "changeAssignment",
    summary: "Change the date or the target of an assignment",
    description:
      "Changes what is named and nothing else. With a lower target, whoever has reached it has completed the assignment; " +
      "who has completed it before keeps that. `due_at: null` takes the date away.",
    params: assignmentParams,
    body: assignmentChange,
    response: dataOf(assignment),
    errors: ["not_found", "conflict", "service_unavailable"],
  });
  router.openapi(changeRoute, async (c) => {
    const change = c.req.valid("json");
    if (change.target_smartscore !== undefined) requireTarget(change.target_smartscore);
    return ok(c, await changeAssignment(services, principalIn(c), c.req.valid("param").id, change));
  });

  const deleteRoute = defineRoute(tokens, {
    ...common,
    method: "delete",
    path: "/assignments/{id}",
    operationId: "deleteAssignment",
    summary: "Take an assignment back",
    description: "With what is kept of its students' progress. Their practice stays.",
    params: assignmentParams,
    response: doneReply,
    errors: ["not_found", "conflict", "service_unavailable"],
  });
  router.openapi(deleteRoute, async (c) => {
    await deleteAssignment(services, principalIn(c), c.req.valid("param").id);
    return done(c);
  });
}

function addStudentsRoutes(router: Router, services: Services): void {
  const common = {
    method: "get",
    tags: ["Assignments"],
    access: ["STUDENT", "PARENT"],
    revalidated: true,
  } as const;

  const listRoute = defineRoute(services.tokens, {
    ...common,
    path: "/me/assignments",
    operationId: "listMyAssignments",
    summary: "What the student has to do for their classes, the newest first",
    description:
      "A parent names their child by `student_id`. The newest 500; `meta.counts` is of all. It may be polled: it lags " +
      "behind the answers by seconds, and a reply with the `ETag` that the caller has is 304.",
    query: workQuery,
    response: myAssignments,
    errors: ["forbidden", "service_unavailable"],
  });
  router.openapi(listRoute, async (c) =>
    okRevalidated(c, await listMyAssignments(services, inquiryOf(c, c.req.valid("query")))),
  );

  const readRoute = defineRoute(services.tokens, {
    ...common,
    path: "/me/assignments/{id}",
    operationId: "readMyAssignment",
    summary: "One assignment of the student's, and how far they are",
    description: "A parent names their child by `student_id`.",
    params: assignmentParams,
    query: workQuery,
    response: dataOf(myAssignment),
    errors: ["forbidden", "not_found", "service_unavailable"],
  });
  router.openapi(readRoute, async (c) => {
    const { id } = c.req.valid("param");
    return okRevalidated(c, { data: await readMyAssignment(services, inquiryOf(c, c.req.valid("query")), id) });
  });
}

function inquiryOf(c: Context<AppEnv>, { student_id }: { student_id?: string | undefined }): Inquiry {
  const principal = principalIn(c);
  if (student_id === undefined && principal.role === "PARENT") {
    throw new ApiError("forbidden", "A parent has no work of their own: name your child by `student_id`.");
  }
  return { principal, studentId: student_id ?? principal.userId };
}

function addProgressRoutes(router: Router, services: Services): void {
  const common = {
    method: "get",
    tags: ["Assignments"],
    access: ["TEACHER"],
    revalidated: true,
    errors: ["not_found", "service_unavailable"],
  } as const;

  const gridRoute = defineRoute(services.tokens, {
    ...common,
    path: "/teacher/classrooms/{cid}/assignments/{aid}/score-grid",
    operationId: "readScoreGrid",
    summary: "How far each student is with an assignment",
    description: `By name, 2,000 students at most. ${LAGS} ${AS_CSV} \`table=summary\` of how many are how far.`,
    params: gridParams,
    query: scoreGridQuery,
    response: scoreGrid,
    alsoAnswers: { [CSV]: scoreGridCsv },
  });
  router.openapi(gridRoute, async (c) => {
    const { cid: classroomId, aid: assignmentId } = c.req.valid("param");
    const grid = await readScoreGrid(services, principalIn(c), { classroomId, assignmentId });
    return sendWhole(c, scoreGridFiles, c.req.valid("query"), grid);
  });

  const analyticsRoute = defineRoute(services.tokens, {
    ...common,
    path: "/teacher/analytics/classroom/{id}",
    operationId: "readClassAnalytics",
    summary: "A class in figures, student by student",
    description: `By name, 2,000 students at most. ${LAGS} ${AS_CSV} \`table=classroom\` of the class itself.`,
    params: classroomParams,
    query: classAnalyticsQuery,
    response: classAnalytics,
    alsoAnswers: { [CSV]: classAnalyticsCsv },
  });
  router.openapi(analyticsRoute, async (c) => {
    const figures = await readClassAnalytics(services, principalIn(c), c.req.valid("param").id);
    return sendWhole(c, classAnalyticsFiles, c.req.valid("query"), figures);
  });
}

const LAGS = "It lags behind the answers by seconds: see `meta.as_of`.";
const AS_CSV = "CSV: `format=csv` or `Accept: text/csv`, of the students;";

function requireTarget(score: number): void {
  if (isTarget(score)) return;
  throw badFields([{ path: "target_smartscore", message: OTHER_TARGET }], 400);
}

/**
 * The request's own id is that of its one assignment, or what its assignments share. Of these the first has the greatest,
 * so that lists, in which the newest come first, have them in the order that was asked for.
 */
async function rowsOf({ id, part }: Create, { skill_id, skill_ids = [] }: NewAssignment): Promise<NewRows> {
  if (skill_id !== undefined) return { setId: null, skills: [{ id, skillId: skill_id }] };
  const rising = (await Promise.all(skill_ids.map((skillId) => part(`skill ${skillId}`)))).sort();
  const skills = rising.toReversed().flatMap((rowId, place) => {
    const skillId = skill_ids[place];
    return skillId === undefined ? [] : [{ id: rowId, skillId }];
  });
  return { setId: id, skills };
}

function one<T>(list: readonly T[]): T {
  const [first] = list;
  if (first === undefined) throw new Error("an assignment was made that is not there");
  return first;
}
