import { principalIn } from "../../http/authentication.ts";
import { done, doneReply, ok } from "../../http/envelope.ts";
import { defineRoute, type Router } from "../../http/route.ts";
import type { Services } from "../../services.ts";
import { admitCode } from "../admission.ts";
import { classroomParams } from "../schemas.ts";
import { enrol } from "./enrol.ts";
import { join } from "./join.ts";
import { leave } from "./leave.ts";
import { listJoined } from "./list-joined.ts";
import { listStudents } from "./list-students.ts";
import { removeStudent } from "./remove-student.ts";
import { classroomStudentParams, enrolment, joinedListReply, joinedReply, joining, studentsReply } from "./schemas.ts";

/** Adds the routes by which students come into a class, are seen there, and leave it. */
export function addStudents(router: Router, services: Services): void {
  const { tokens } = services;
  const byTeacher = { tags: ["Classrooms"], access: ["TEACHER"] } as const;
  const byStudent = { tags: ["Classrooms"], access: ["STUDENT"] } as const;

  router.openapi(
    defineRoute(tokens, {
      ...byTeacher,
      method: "post",
      path: "/classrooms/{id}/enroll",
      operationId: "enrollStudent",
      summary: "Enrol a student",
      description: "By id or e-mail address. They get the class's open assignments. A second time is no error.",
      params: classroomParams,
      body: enrolment,
      response: doneReply,
      errors: ["not_found", "conflict", "service_unavailable"],
    }),
    async (c) => {
      await enrol(services, principalIn(c), { id: c.req.valid("param").id, ...c.req.valid("json") });
      return done(c);
    },
  );

  router.openapi(
    defineRoute(tokens, {
      ...byStudent,
      method: "post",
      path: "/classrooms/join",
      operationId: "joinClassroom",
      summary: "Join a class by its code",
      description:
        "In any case, with spaces or hyphens anywhere. The student gets the class's open assignments. A second time is no " +
        "error.",
      body: joining,
      response: joinedReply,
      errors: ["not_found", "conflict", "rate_limited", "service_unavailable"],
    }),
    async (c) => {
      await admitCode(c, services);
      return ok(c, await join(services, principalIn(c), c.req.valid("json").join_code));
    },
  );

  router.openapi(
    defineRoute(tokens, {
      ...byStudent,
      method: "post",
      path: "/classrooms/{id}/leave",
      operationId: "leaveClassroom",
      summary: "Leave a class, and its groups with it",
      params: classroomParams,
      response: doneReply,
      errors: ["not_found", "conflict", "service_unavailable"],
    }),
    async (c) => {
      await leave(services, principalIn(c), c.req.valid("param").id);
      return done(c);
    },
  );

  router.openapi(
    defineRoute(tokens, {
      ...byStudent,
      method: "get",
      path: "/me/classrooms",
      operationId: "listMyClassrooms",
      summary: "The open classes that the caller is in",
      response: joinedListReply,
      errors: ["service_unavailable"],
    }),
    async (c) => c.json(await listJoined(services, principalIn(c)), 200),
  );

  router.openapi(
    defineRoute(tokens, {
      ...byTeacher,
      method: "get",
      path: "/classrooms/{id}/students",
      operationId: "listClassroomStudents",
      summary: "The students of a class, by name",
      params: classroomParams,
      response: studentsReply,
      errors: ["not_found", "service_unavailable"],
    }),
    async (c) => c.json(await listStudents(services, principalIn(c), c.req.valid("param").id), 200),
  );

  router.openapi(
    defineRoute(tokens, {
      ...byTeacher,
      method: "delete",
      path: "/classrooms/{id}/students/{student_id}",
      operationId: "removeStudent",
      summary: "Take a student out of a class, and of its groups",
      description: "The account and its practice stay; the class's teachers do not see it any more.",
      params: classroomStudentParams,
      response: doneReply,
      errors: ["not_found", "conflict", "service_unavailable"],
    }),
    async (c) => {
      const { id, student_id } = c.req.valid("param");
      await removeStudent(services, principalIn(c), { classroomId: id, studentId: student_id });
      return done(c);
    },
  );
}
