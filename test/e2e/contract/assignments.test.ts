import { beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import {
  assignmentShape,
  assignmentsShape,
  classAnalyticsShape,
  myAssignmentShape,
  myAssignmentsShape,
  scoreGridShape,
} from "./assignment-shapes.ts";
import { answerTo, current, newStudent, signedIn } from "./practice.ts";
import { okShape, reportOf, sessionShape, submitReplyShape, userShape } from "./shapes.ts";
import type { Client } from "./transcript.ts";

const classroomShape = z.object({ id: z.uuid(), title: z.string(), grade_id: z.int() });

let teacher: Client;
let student: Client;
let studentId: string;
let classroomId: string;

beforeAll(async () => {
  [teacher, student] = [await signedIn("teacher@example.com"), await newStudent()];
  studentId = (await student.get("/users/me").hears(userShape)).id;
  classroomId = (await teacher.post("/classrooms", { title: "Contract class", grade_id: 7 }).hears(classroomShape)).id;
  await teacher.post(`/classrooms/${classroomId}/enroll`, { student_id: studentId }).hears(okShape);
});

test("the old flow: assign, practise, look at the grid and at the class", async () => {
  const body = { classroom_id: classroomId, skill_id: 1, due_at: "2037-06-30T16:00:00Z" };
  const assignment = await teacher.post("/assignments", body).hears(assignmentShape);
  expect(assignment).toMatchObject({ ...body, due_at: "2037-06-30T16:00:00.000Z", target_smartscore: 80 });
  const list = await teacher.get(`/assignments?classroom_id=${classroomId}`).hearsBody(assignmentsShape);
  expect(list).toEqual({ data: [assignment] });

  const before = await student.get("/me/assignments").hearsBody(myAssignmentsShape);
  expect(before.meta).toEqual({ counts: { to_do: 1, in_progress: 0, done: 0, overdue: 0 } });
  expect(before.data).toMatchObject([{ assignment, status: { status: "NOT_STARTED", student_id: studentId } }]);

  const session = await student.post("/practice/sessions", { skill_id: 1 }).hears(sessionShape);
  const at = `/practice/sessions/${session.id}`;
  await student.post(`${at}/submit`, answerTo(current(session.current_question))).hears(submitReplyShape);
  await student.post(`${at}/finish`).hears(okShape);

  const grid = `/teacher/classrooms/${classroomId}/assignments/${assignment.id}/score-grid`;
  // Reports lag by seconds.
  await vi.waitFor(async () => {
    const { data, meta } = await teacher.get(grid).hearsBody(reportOf(scoreGridShape));
    expect(data).toMatchObject({ assignment, summary: { completed: 0, in_progress: 1, not_started: 0 } });
    expect(data.rows).toMatchObject([{ student_id: studentId, full_name: "Contract Student", questions_answered: 1 }]);
    expect(meta.as_of).toEqual(expect.any(String));
  }, 20_000);

  const one = await student.get(`/me/assignments/${assignment.id}`).hears(myAssignmentShape);
  expect(one.status).toMatchObject({ status: "IN_PROGRESS", questions_answered: 1, completed_at: null });
  const { data } = await teacher
    .get(`/teacher/analytics/classroom/${classroomId}`)
    .hearsBody(reportOf(classAnalyticsShape));
  expect(data).toMatchObject({ classroom_id: classroomId, title: "Contract class", student_count: 1 });
  expect(data.students).toMatchObject([{ student_id: studentId, assignments_total: 1, assignments_completed: 0 }]);
});

test("several skills at once are a list of assignments that share a set", async () => {
  const body = { classroom_id: classroomId, skill_ids: [2, 3], target_smartscore: 90 };
  const made = await teacher.post("/assignments", body).hears(z.array(assignmentShape));
  expect(made.map(({ skill_id, target_smartscore }) => [skill_id, target_smartscore])).toEqual([
    [2, 90],
    [3, 90],
  ]);
  const [first, second] = made;
  expect(first?.set_id).toEqual(expect.any(String));
  expect(second?.set_id).toBe(first?.set_id);
});

test("a target that is none is 400, a body that breaks its schema 422", async () => {
  const body = { classroom_id: classroomId, skill_id: 1 };
  await teacher.post("/assignments", { ...body, target_smartscore: 75 }).isRefused(400, "validation_error");
  await teacher.post("/assignments", { ...body, skill_id: "one" }).isRefused(422, "validation_error");
});
