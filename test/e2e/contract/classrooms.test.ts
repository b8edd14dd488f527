import { beforeAll, describe, expect, test } from "vitest";
import {
  childShape,
  classroomShape,
  groupShape,
  joinCodeShape,
  joinedClassroomShape,
  parentCodeShape,
} from "./classroom-shapes.ts";
import { newStudent } from "./practice.ts";
import { okShape, overviewShape, reportOf, tokensShape, userShape, wholeListOf } from "./shapes.ts";
import { type Client, newClient } from "./transcript.ts";

const PASSWORD = "Password123!";
const CLASS = { title: "Contract class", grade_id: 7 };

let teacher: Client;
let student: Client;
let studentId: string;

async function signedIn(path: "/auth/login" | "/auth/register", body: object, pageKey?: string): Promise<Client> {
  const client = newClient(pageKey === undefined ? {} : { pageKey });
  client.token = (await client.post(path, { password: PASSWORD, ...body }).hears(tokensShape)).access_token;
  return client;
}

beforeAll(async () => {
  teacher = await signedIn("/auth/login", { email: "teacher@example.com" }, crypto.randomUUID());
  student = await newStudent();
  studentId = (await student.get("/users/me").hears(userShape)).id;
});

test("the old flow, under one key a page load: a class is made once, enrolled twice, and listed", async () => {
  const made = await teacher.post("/classrooms", CLASS).hears(classroomShape);
  expect(made).toMatchObject({ ...CLASS, time_zone: null });
  expect(await teacher.post("/classrooms", CLASS).hears(classroomShape)).toEqual(made);
  const other = await teacher.post("/classrooms", { ...CLASS, title: "Another" }).hears(classroomShape);
  expect(other.id).not.toBe(made.id);
  for (const _ of [1, 2]) {
    await teacher.post(`/classrooms/${made.id}/enroll`, { student_id: studentId }).hears(okShape);
  }
  const { data } = await teacher.get("/classrooms").hearsBody(wholeListOf(classroomShape));
  expect(data).toEqual(expect.arrayContaining([made, other]));
  expect(data.map(({ title }) => title)).toContain("Demo Grade 5");
  await student.get("/classrooms").isRefused(403, "forbidden");
  await student.post("/classrooms", CLASS).isRefused(403, "forbidden");
});

describe("beyond the old service", () => {
  test("a class is joined by its code, the newest alone", async () => {
    const { id, join_code: first } = await teacher
      .post("/classrooms", { ...CLASS, title: "Joined" })
      .hears(classroomShape);
    const { join_code } = await teacher.post(`/classrooms/${id}/join-code`).hears(joinCodeShape);
    await student.post("/classrooms/join", { join_code: first }).isRefused(404, "not_found");
    const joined = await student
      .post("/classrooms/join", { join_code: join_code.toLowerCase() })
      .hears(joinedClassroomShape);
    expect(joined).toEqual({ id, title: "Joined", grade_id: 7 });
    await student.post(`/classrooms/${id}/leave`).hears(okShape);
  });

  test("a class has groups", async () => {
    const { id } = await teacher.post("/classrooms", { ...CLASS, title: "Grouped" }).hears(classroomShape);
    await teacher.post(`/classrooms/${id}/enroll`, { student_id: studentId }).hears(okShape);
    const body = { title: "Group", student_ids: [studentId] };
    const group = await teacher.post(`/classrooms/${id}/groups`, body).hears(groupShape);
    expect(group).toMatchObject(body);
    const { data } = await teacher.get(`/classrooms/${id}/groups`).hearsBody(wholeListOf(groupShape));
    expect(data).toEqual([group]);
  });

  test("a parent sees what their child sees", async () => {
    const { id } = await teacher.post("/classrooms", { ...CLASS, title: "Parents" }).hears(classroomShape);
    await teacher.post(`/classrooms/${id}/enroll`, { student_id: studentId }).hears(okShape);
    const { code } = await teacher.post(`/classrooms/${id}/students/${studentId}/parent-code`).hears(parentCodeShape);
    const email = `${crypto.randomUUID()}@example.com`;
    const parent = await signedIn("/auth/register", { email, full_name: "Pat Parent", role: "PARENT" });
    const overview = `/analytics/overview?student_id=${studentId}`;
    await parent.get(overview).isRefused(403, "forbidden");
    const child = await parent.post("/me/children", { code }).hears(childShape);
    expect(child.student_id).toBe(studentId);
    const { data } = await parent.get("/me/children").hearsBody(wholeListOf(childShape));
    expect(data).toEqual([child]);
    await parent.get(overview).hearsBody(reportOf(overviewShape));
  });
});
