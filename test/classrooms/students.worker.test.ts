import { describe, expect, it } from "vitest";
import { platform } from "../http/call.ts";
import { appWith } from "../worker/apps.ts";
import { api, sql } from "../worker/client.ts";
import { expectError, expectFaults, newAddress } from "../worker/people.ts";
import {
  addCoTeacher,
  archive,
  by,
  classOf,
  dataOf,
  enrol,
  enrolledIn,
  NOBODY,
  newClass,
  newStudent,
  newTeacher,
  type Person,
} from "./school.ts";

const join = (student: Person, joinCode: string) => by(student, "POST", "/classrooms/join", { join_code: joinCode });

const studentsOf = async (teacher: Person, classroomId: string) =>
  dataOf(await by(teacher, "GET", `/classrooms/${classroomId}/students`));

const overviewOf = (viewer: Person, student: Person) =>
  by(viewer, "GET", `/analytics/overview?student_id=${student.id}`);

/** Makes a class full but for so many places. */
const fill = (classroomId: string, places: number) =>
  sql(
    `with pupil as (
       insert into users (id, full_name, role, password_hash)
       select gen_random_uuid(), 'Pupil', 'STUDENT', '' from generate_series(1, 1000 - $2::int) returning id)
     insert into enrolments (classroom_id, student_id) select $1::uuid, id from pupil`,
    [classroomId, places],
  );

describe("enrolling", () => {
  it("takes a student by id or by e-mail address, in any case; a second time is no error", async () => {
    const { teacher, classroom } = await classOf(0);
    const [one, two] = await Promise.all([newStudent("Ann"), newStudent("Ben")]);
    const path = `/classrooms/${classroom.id}/enroll`;
    for (const body of [{ student_id: one.id }, { student_id: one.id.toUpperCase() }, { email: one.email }]) {
      expect(dataOf(await by(teacher, "POST", path, body))).toEqual({ ok: true });
    }
    expect(dataOf(await by(teacher, "POST", path, { email: two.email.toUpperCase() }))).toEqual({ ok: true });
    expect(await studentsOf(teacher, classroom.id)).toEqual(
      [one, two].map(({ id, email, name }) => ({
        student_id: id,
        full_name: name,
        email,
        username: null,
        grade_level: 5,
        is_active: true,
        enrolled_at: expect.stringMatching(/Z$/),
      })),
    );
  });

  it("knows active students only: anybody else is 404, as one who does not exist", async () => {
    const { teacher, classroom } = await classOf(0);
    const gone = await newStudent();
    await sql("update users set is_active = false where id = $1", [gone.id]);
    const colleague = await newTeacher();
    for (const body of [
      { student_id: NOBODY },
      { student_id: gone.id },
      { student_id: colleague.id },
      { email: colleague.email },
      { email: "nobody@example.com" },
    ]) {
      expectError(await by(teacher, "POST", `/classrooms/${classroom.id}/enroll`, body), 404, "not_found");
    }
    expect(await enrolledIn(classroom.id)).toEqual([]);
  });

  it("names what is wrong with a body", async () => {
    const { teacher, classroom } = await classOf(0);
    const path = `/classrooms/${classroom.id}/enroll`;
    expectFaults(await by(teacher, "POST", path, {}), "student_id");
    expectFaults(await by(teacher, "POST", path, { student_id: NOBODY, email: "a@example.com" }), "student_id");
    expectFaults(await by(teacher, "POST", path, { student_id: "12" }), "student_id");
    expectFaults(await by(teacher, "POST", path, { email: "nobody" }), "email");
  });

  it("gives the class's open assignments, at once", async () => {
    const { teacher, classroom } = await classOf(0);
    const assigned = dataOf(await by(teacher, "POST", "/assignments", { classroom_id: classroom.id, skill_id: 1 }));
    const student = await newStudent();
    await enrol(teacher, classroom.id, student);
    const mine = dataOf(await by(student, "GET", "/me/assignments"));
    expect(mine).toMatchObject([{ assignment: { id: assigned.id }, status: { status: "NOT_STARTED" } }]);
  });

  it("stops at 1,000 students, but for one who is in the class already", async () => {
    const { teacher, pupils, classroom } = await classOf(1);
    await fill(classroom.id, 2);
    const [last, late] = await Promise.all([newStudent(), newStudent()]);
    await enrol(teacher, classroom.id, last);
    const path = `/classrooms/${classroom.id}/enroll`;
    expectError(await by(teacher, "POST", path, { student_id: late.id }), 409, "conflict");
    expectError(await join(late, classroom.join_code), 409, "conflict");
    await enrol(teacher, classroom.id, last, ...pupils);
    expect(await enrolledIn(classroom.id)).toHaveLength(1_000);
  });
});

describe("a pupil without an e-mail address", () => {
  const newPupil = async (): Promise<Person> => {
    const pupil = await newStudent();
    await sql("update users set email = null, username = $2 where id = $1", [pupil.id, `p-${pupil.id}`]);
    return pupil;
  };
  const enrolBy = (teacher: Person, classroomId: string, { id }: Person) =>
    by(teacher, "POST", `/classrooms/${classroomId}/enroll`, { student_id: id });

  it("is enrolled by who teaches them already, in an open class or an archived one", async () => {
    const [{ teacher, classroom }, pupil] = await Promise.all([classOf(0), newPupil()]);
    expect(dataOf(await join(pupil, classroom.join_code))).toMatchObject({ id: classroom.id });
    for (const { id } of [classroom, await newClass(teacher)]) await enrol(teacher, id, pupil);
    await archive(teacher, classroom.id);
    await enrol(teacher, (await newClass(teacher)).id, pupil);
  });

  it("is not enrolled by a teacher who is none of theirs any more, who could then give them another password", async () => {
    const [{ teacher, classroom }, pupil, coTeacher] = await Promise.all([classOf(0), newPupil(), newTeacher()]);
    dataOf(await join(pupil, classroom.join_code));
    await addCoTeacher(teacher, classroom.id, coTeacher);
    dataOf(await by(teacher, "DELETE", `/classrooms/${classroom.id}/teachers/${coTeacher.id}`));
    const own = await newClass(coTeacher);
    const { message } = expectError(await enrolBy(coTeacher, own.id, pupil), 403, "forbidden");
    expect(message).toContain("join code");
    expect(await enrolledIn(own.id)).toEqual([]);
    expectError(await by(coTeacher, "POST", `/classrooms/${own.id}/students/${pupil.id}/password`), 404, "not_found");
    dataOf(await join(pupil, own.join_code));
    dataOf(await enrolBy(coTeacher, own.id, pupil));
  });
});

it("a student is in 50 open classes at most, however they come in, and comes into one more for one that is over", async () => {
  const [{ teacher, pupils, classroom }, owner] = await Promise.all([classOf(1), newTeacher()]);
  const [student] = pupils as [Person];
  await sql(
    `with made as (
       insert into classrooms (id, teacher_id, title, grade_id)
       select gen_random_uuid(), $1, 'Another', 7 from generate_series(1, 49) returning id)
     insert into enrolments (classroom_id, student_id) select id, $2 from made`,
    [owner.id, student.id],
  );
  const further = await newClass(teacher);
  const enrolHere = () => by(teacher, "POST", `/classrooms/${further.id}/enroll`, { student_id: student.id });
  for (const refused of [await enrolHere(), await join(student, further.join_code)]) {
    expect(expectError(refused, 409, "conflict").message).toContain("50 open classrooms");
  }
  dataOf(await join(student, classroom.join_code));
  await archive(teacher, classroom.id);
  const more = await newClass(teacher);
  const both = await Promise.all([enrolHere(), join(student, more.join_code)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
});

describe("joining by code", () => {
  it("takes the code in any case, with spaces and hyphens; a second time is no error", async () => {
    const { classroom } = await classOf(0);
    const student = await newStudent();
    const code: string = classroom.join_code;
    const { id, title, grade_id } = classroom;
    for (const typed of [code, code.toLowerCase(), ` ${code.slice(0, 4)} ${code.slice(4)}`, [...code].join("-")]) {
      expect(dataOf(await join(student, typed))).toEqual({ id, title, grade_id });
    }
    expect(await enrolledIn(classroom.id)).toEqual([student.id]);
    expect(dataOf(await by(student, "GET", "/me/classrooms"))).toEqual([{ id, title, grade_id }]);
  });

  it("knows no code that was taken back, replaced, or is of an archived class", async () => {
    const { teacher, classroom } = await classOf(0);
    const student = await newStudent();
    const renewed = dataOf(await by(teacher, "POST", `/classrooms/${classroom.id}/join-code`));
    expect(renewed).toEqual({ join_code: expect.stringMatching(/^[A-Z]{8}$/) });
    expectError(await join(student, classroom.join_code), 404, "not_found");
    expect(dataOf(await by(teacher, "DELETE", `/classrooms/${classroom.id}/join-code`))).toEqual({ ok: true });
    expect(dataOf(await by(teacher, "DELETE", `/classrooms/${classroom.id}/join-code`))).toEqual({ ok: true });
    expect(dataOf(await by(teacher, "GET", `/classrooms/${classroom.id}`)).join_code).toBeNull();
    expectError(await join(student, renewed.join_code), 404, "not_found");
    const { join_code: last } = dataOf(await by(teacher, "POST", `/classrooms/${classroom.id}/join-code`));
    await archive(teacher, classroom.id);
    expectError(await join(student, last), 404, "not_found");
    expectError(await join(student, "BCDFGHJK"), 404, "not_found");
    expect(await enrolledIn(classroom.id)).toEqual([]);
  });

  it("is limited by account and by address, right codes and wrong ones alike", async () => {
    const { classroom } = await classOf(0);
    const app = appWith({ AUTH_RATE_LIMIT: "3", AUTH_RATE_WINDOW_SEC: "2592000" });
    const address = newAddress();
    const tryAs = async ({ token }: Person, joinCode: string) =>
      app.request("/api/v1/classrooms/join", {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}`, "CF-Connecting-IP": address },
        body: JSON.stringify({ join_code: joinCode }),
      });
    const student = await newStudent();
    const statuses = [];
    for (const code of ["WRONG", classroom.join_code, "WRONG", classroom.join_code]) {
      statuses.push((await tryAs(student, code)).status);
    }
    expect(statuses).toEqual([404, 200, 404, 429]);
    const other = await tryAs(await newStudent(), classroom.join_code);
    expect([other.status, other.headers.get("RateLimit-Policy")]).toEqual([
      200,
      '"codes";q=3;w=2592000, "codes-address";q=90;w=2592000',
    ]);
  });

  it("is for students who still are", async () => {
    const { classroom } = await classOf(0);
    const gone = await newStudent();
    await sql("update users set is_active = false where id = $1", [gone.id]);
    expectError(await join(gone, classroom.join_code), 401, "unauthorized");
    expectFaults(await by(await newStudent(), "POST", "/classrooms/join", { join_code: " " }), "join_code");
  });
});

describe("leaving and being taken out", () => {
  const leave = (student: Person, id: string) => by(student, "POST", `/classrooms/${id}/leave`);
  const remove = (teacher: Person, id: string, { id: studentId }: Person) =>
    by(teacher, "DELETE", `/classrooms/${id}/students/${studentId}`);

  it("ends the teacher's sight at once, and takes the student out of the class's groups alone", async () => {
    const { teacher, pupils, classroom } = await classOf(3);
    const other = await newClass(teacher);
    await enrol(teacher, other.id, ...pupils.slice(0, 1));
    const ids = pupils.map(({ id }) => id);
    const group = async (id: string, students: readonly string[]) =>
      dataOf(await by(teacher, "POST", `/classrooms/${id}/groups`, { title: "Group", student_ids: students }));
    const here = await group(classroom.id, ids);
    const there = await group(other.id, ids.slice(0, 1));
    const [first, second, third] = pupils as [Person, Person, Person];
    expect(dataOf(await leave(second, classroom.id))).toEqual({ ok: true });
    expect(dataOf(await remove(teacher, classroom.id, third))).toEqual({ ok: true });
    for (const student of [second, third]) expectError(await overviewOf(teacher, student), 403, "forbidden");
    expect(dataOf(await remove(teacher, classroom.id, first))).toEqual({ ok: true });
    expect((await overviewOf(teacher, first)).status).toBe(200);
    const membersOf = async (id: string, groupId: string) =>
      dataOf(await by(teacher, "GET", `/classrooms/${id}/groups/${groupId}`)).student_ids;
    expect(await membersOf(classroom.id, here.id)).toEqual([]);
    expect(await membersOf(other.id, there.id)).toEqual([first.id]);
    expect(await studentsOf(teacher, classroom.id)).toEqual([]);
  });

  it("is not possible of a class that one is not in, and nobody learns whether there is one", async () => {
    const { teacher, classroom } = await classOf(1);
    const student = await newStudent();
    const [unknown, notIn] = [await leave(student, NOBODY), await leave(student, classroom.id)];
    expect(expectError(unknown, 404, "not_found")).toEqual(expectError(notIn, 404, "not_found"));
    expectError(await remove(teacher, classroom.id, student), 404, "not_found");
    expectError(await remove(teacher, NOBODY, student), 404, "not_found");
  });

  it("is not possible of an archived class, which keeps who was in it", async () => {
    const { teacher, pupils, classroom } = await classOf(1);
    const [student] = pupils as [Person];
    await archive(teacher, classroom.id);
    expectError(await leave(student, classroom.id), 409, "conflict");
    expectError(await remove(teacher, classroom.id, student), 409, "conflict");
    expect(dataOf(await by(student, "GET", "/me/classrooms"))).toEqual([]);
    expect(await studentsOf(teacher, classroom.id)).toHaveLength(1);
  });
});

it("takes one round trip each: enrolling, joining, leaving, and taking out", async () => {
  const { teacher, pupils, classroom } = await classOf(1);
  const [student, other] = [pupils[0] as Person, await newStudent()];
  const roundTripsOf = async (method: string, path: string, person: Person, body?: object) => {
    const { postgres } = await platform.counted(async () => {
      const answer = await api(method, path, { token: person.token, ...(body ? { body } : {}) });
      expect(answer.status, answer.text).toBe(200);
    });
    return postgres.requests;
  };
  const path = `/classrooms/${classroom.id}`;
  expect([
    await roundTripsOf("POST", `${path}/enroll`, teacher, { student_id: other.id }),
    await roundTripsOf("POST", "/classrooms/join", student, { join_code: classroom.join_code }),
    await roundTripsOf("POST", `${path}/leave`, student),
    await roundTripsOf("DELETE", `${path}/students/${other.id}`, teacher),
    await roundTripsOf("GET", `${path}/students`, teacher),
  ]).toEqual([1, 1, 1, 1, 1]);
});
