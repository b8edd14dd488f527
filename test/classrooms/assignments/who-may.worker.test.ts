import { v7 as uuid } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { type Account, api, register } from "../../worker/client.ts";
import { expectError } from "../../worker/people.ts";
import { assign, dataOf, newClass, newTeacher, remove, type SchoolClass } from "./class.ts";

let school: SchoolClass;
let archived: SchoolClass;
let assignmentId: string;
let archivedAssignmentId: string;
let owner: Account;
let coTeacher: Account;
let stranger: Account;
let pupil: Account;
let removed: Account;
let archivedPupil: Account;

beforeAll(async () => {
  [coTeacher, stranger] = [await newTeacher(), await newTeacher()];
  [pupil, removed, archivedPupil] = [await register(), await register(), await register()];
  school = await newClass([pupil, removed]);
  archived = await newClass([archivedPupil]);
  owner = school.teacher;
  assignmentId = dataOf(await assign(school)).id;
  archivedAssignmentId = dataOf(await assign(archived)).id;
  for (const { id, teacher } of [school, archived]) {
    const body = { email: coTeacher.email };
    dataOf(await api("POST", `/classrooms/${id}/teachers`, { token: teacher.token, body }));
  }
  await remove(school, removed);
  const { token } = archived.teacher;
  dataOf(await api("PATCH", `/classrooms/${archived.id}`, { token, body: { archived: true } }));
});

type Place = { readonly classroomId: string; readonly id: string };

/** What a teacher does with the assignments of a class; what changes comes last. */
const READS: Record<string, (account: Account, place: Place) => ReturnType<typeof api>> = {
  "list them": ({ token }, { classroomId }) => api("GET", `/assignments?classroom_id=${classroomId}`, { token }),
  "read the score grid": ({ token }, { classroomId, id }) =>
    api("GET", `/teacher/classrooms/${classroomId}/assignments/${id}/score-grid`, { token }),
  "read the class's figures": ({ token }, { classroomId }) =>
    api("GET", `/teacher/analytics/classroom/${classroomId}`, { token }),
};
const CHANGES: typeof READS = {
  "change one": ({ token }, { id }) => api("PATCH", `/assignments/${id}`, { token, body: { due_at: null } }),
  "leave one as it is": ({ token }, { id }) => api("PATCH", `/assignments/${id}`, { token, body: {} }),
  "give one": ({ token }, { classroomId }) =>
    api("POST", "/assignments", { token, body: { classroom_id: classroomId, skill_id: 1 } }),
  "take one back": ({ token }, { id }) => api("DELETE", `/assignments/${id}`, { token }),
};

const here = (): Place => ({ classroomId: school.id, id: assignmentId });
const inArchive = (): Place => ({ classroomId: archived.id, id: archivedAssignmentId });

describe.each(Object.entries({ ...READS, ...CHANGES }))("to %s", (_, ask) => {
  it("is not for another class's teacher, who learns nothing but that there is one", async () => {
    expectError(await ask(stranger, here()), 403, "forbidden");
    expectError(await ask(archived.teacher, here()), 403, "forbidden");
  });

  it("takes a class and an assignment that are there", async () => {
    expectError(await ask(owner, { classroomId: uuid(), id: uuid() }), 404, "not_found");
  });

  it("is not for students, in the class or out of it", async () => {
    for (const student of [pupil, removed]) expectError(await ask(student, here()), 403, "forbidden");
  });
});

describe.each(Object.entries(READS))("to %s", (_, ask) => {
  it("is for the class's teachers, in the archive too", async () => {
    for (const teacher of [owner, coTeacher]) dataOf(await ask(teacher, here()));
    for (const teacher of [archived.teacher, coTeacher]) dataOf(await ask(teacher, inArchive()));
  });
});

describe.each(Object.entries(CHANGES))("to %s", (_, ask) => {
  it("is for the class's teachers, but not in the archive", async () => {
    for (const teacher of [archived.teacher, coTeacher]) expectError(await ask(teacher, inArchive()), 409, "conflict");
    for (const teacher of [owner, coTeacher]) {
      const { id } = dataOf(await assign(school));
      dataOf(await ask(teacher, { classroomId: school.id, id }));
    }
  });
});

it("a score grid of another class's assignment is not there", async () => {
  const { token } = coTeacher;
  const path = `/teacher/classrooms/${school.id}/assignments/${archivedAssignmentId}/score-grid`;
  expectError(await api("GET", path, { token }), 404, "not_found");
});

describe("a student's own assignments", () => {
  const idsOf = async ({ token }: Account) =>
    dataOf(await api("GET", "/me/assignments", { token })).map(
      ({ assignment }: { assignment: Place }) => assignment.id,
    );
  const readOne = ({ token }: Account, id: string) => api("GET", `/me/assignments/${id}`, { token });

  it("are those of the classes that they are in, as long as these are open", async () => {
    expect(await idsOf(pupil)).toContain(assignmentId);
    dataOf(await readOne(pupil, assignmentId));
    for (const [student, id] of [
      [removed, assignmentId],
      [archivedPupil, archivedAssignmentId],
      [pupil, archivedAssignmentId],
      [pupil, uuid()],
    ] as const) {
      expect(await idsOf(student)).not.toContain(id);
      expectError(await readOne(student, id), 404, "not_found");
    }
  });

  it("are for students, and for parents who name their child", async () => {
    const parent = await register({ role: "PARENT", grade_level: undefined });
    for (const { token } of [owner, parent]) {
      expectError(await api("GET", "/me/assignments", { token }), 403, "forbidden");
    }
  });
});
