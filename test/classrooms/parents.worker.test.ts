import { describe, expect, it } from "vitest";
import { appWith } from "../worker/apps.ts";
import { sql } from "../worker/client.ts";
import { expectError, expectFaults, newAddress } from "../worker/people.ts";
import {
  addCoTeacher,
  archive,
  by,
  classOf,
  dataOf,
  linkParent,
  NOBODY,
  newParent,
  newStudent,
  newTeacher,
  type Person,
} from "./school.ts";

const invite = (teacher: Person, classroomId: string, { id }: Pick<Person, "id">) =>
  by(teacher, "POST", `/classrooms/${classroomId}/students/${id}/parent-code`);

const link = (parent: Person, code: string) => by(parent, "POST", "/me/children", { code });

const childrenOf = async (parent: Person) => dataOf(await by(parent, "GET", "/me/children"));

async function withCode() {
  const { teacher, pupils, classroom } = await classOf(1);
  const [student] = pupils as [Person];
  const code: string = dataOf(await invite(teacher, classroom.id, student)).code;
  return { teacher, student, classroom, code };
}

describe("a parent's code", () => {
  it("is shown once, good for two weeks, and kept as its hash alone", async () => {
    const { teacher, pupils, classroom } = await classOf(1);
    const [student] = pupils as [Person];
    const before = Date.now();
    const made = dataOf(await invite(teacher, classroom.id, student));
    expect(made).toEqual({ code: expect.stringMatching(/^[A-Z]{12}$/), expires_at: expect.stringMatching(/Z$/) });
    const days = (Date.parse(made.expires_at) - before) / 86_400_000;
    expect(days).toBeGreaterThanOrEqual(14);
    expect(days).toBeLessThan(14.01);
    const rows = await sql("select * from parent_codes where student_id = $1", [student.id]);
    expect(rows).toMatchObject([{ created_by: teacher.id, used_at: null }]);
    expect(JSON.stringify(rows)).not.toContain(made.code);
    expect(dataOf(await invite(teacher, classroom.id, student)).code).not.toBe(made.code);
  });

  it("links one parent, in any case, with spaces and hyphens; to the same parent it says the same again", async () => {
    const { student, code } = await withCode();
    const [parent, late] = await Promise.all([newParent(), newParent()]);
    const child = dataOf(await link(parent, ` ${code.slice(0, 6).toLowerCase()}-${code.slice(6)}`));
    expect(child).toEqual({
      student_id: student.id,
      full_name: student.name,
      grade_level: 5,
      school: null,
      linked_at: expect.stringMatching(/Z$/),
    });
    expect(dataOf(await link(parent, code))).toEqual(child);
    expectError(await link(late, code), 404, "not_found");
    expect([await childrenOf(parent), await childrenOf(late)]).toEqual([[child], []]);
  });

  it("links one parent where five show it at once", async () => {
    const { student, code } = await withCode();
    const parents = await Promise.all(Array.from({ length: 5 }, newParent));
    const answers = await Promise.all(parents.map((parent) => link(parent, code)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404, 404, 404, 404]);
    expect(await sql("select 1 from guardians where student_id = $1", [student.id])).toHaveLength(1);
  });

  it("is not good once it has run out, or once its maker does not teach the student any more, or teaches nobody", async () => {
    const parent = await newParent();
    const late = await withCode();
    await sql("update parent_codes set expires_at = now() where student_id = $1", [late.student.id]);
    const removed = await withCode();
    await by(removed.teacher, "DELETE", `/classrooms/${removed.classroom.id}/students/${removed.student.id}`);
    const archived = await withCode();
    await archive(archived.teacher, archived.classroom.id);
    const gone = await withCode();
    await sql("update users set is_active = false where id = $1", [gone.student.id]);
    const dismissed = await withCode();
    await sql("update users set is_active = false where id = $1", [dismissed.teacher.id]);
    const moved = await withCode();
    await sql("update users set role = 'PARENT' where id = $1", [moved.teacher.id]);
    const answers = [];
    for (const { code } of [late, removed, archived, gone, dismissed, moved, { code: "BCDFGHJKMNPQ" }]) {
      answers.push(expectError(await link(parent, code), 404, "not_found"));
    }
    expect(new Set(answers.map(({ message }) => message)).size).toBe(1);
    expect(await childrenOf(parent)).toEqual([]);
  });

  it("is made for students of one's own open class alone", async () => {
    const { teacher, pupils, classroom } = await classOf(1);
    const [student] = pupils as [Person];
    expectError(await invite(await newTeacher(), classroom.id, student), 403, "forbidden");
    expectError(await invite(teacher, classroom.id, await newStudent()), 404, "not_found");
    expectError(await invite(teacher, NOBODY, student), 404, "not_found");
    await archive(teacher, classroom.id);
    expectError(await invite(teacher, classroom.id, student), 409, "conflict");
  });

  it("is one of ten that are good for a student: a further one takes the place of the oldest", async () => {
    const { teacher, student, classroom, code } = await withCode();
    for (let n = 0; n < 9; n += 1) dataOf(await invite(teacher, classroom.id, student));
    const newest = dataOf(await invite(teacher, classroom.id, student)).code;
    expect(await sql("select 1 from parent_codes where student_id = $1", [student.id])).toHaveLength(10);
    const [parent, other] = await Promise.all([newParent(), newParent()]);
    expectError(await link(parent, code), 404, "not_found");
    expect((await link(other, newest)).status).toBe(200);
  });

  it("is limited by account", async () => {
    const app = appWith({ AUTH_RATE_LIMIT: "2", AUTH_RATE_WINDOW_SEC: "2592000" });
    const { token } = await newParent();
    const address = newAddress();
    const statuses = [];
    for (let n = 0; n < 3; n += 1) {
      const { status } = await app.request("/api/v1/me/children", {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}`, "CF-Connecting-IP": address },
        body: JSON.stringify({ code: "WRONG" }),
      });
      statuses.push(status);
    }
    expect(statuses).toEqual([404, 404, 429]);
    expectFaults(await by(await newParent(), "POST", "/me/children", {}), "code");
  });
});

describe("what a student's teachers keep of parents", () => {
  it("is who is linked, which they can end, and the codes that nobody has used, which they can take back", async () => {
    const { teacher, student, classroom, code } = await withCode();
    const [coTeacher, parent, late] = await Promise.all([newTeacher(), newParent(), newParent()]);
    await addCoTeacher(teacher, classroom.id, coTeacher);
    const path = `/classrooms/${classroom.id}/students/${student.id}`;
    const unused = dataOf(await invite(coTeacher, classroom.id, student)).code;
    dataOf(await link(parent, code));
    expect(dataOf(await by(coTeacher, "GET", `${path}/parents`))).toEqual([
      { parent_id: parent.id, full_name: parent.name, email: parent.email, linked_at: expect.stringMatching(/Z$/) },
    ]);
    for (const _ of [1, 2]) expect(dataOf(await by(teacher, "DELETE", `${path}/parent-code`))).toEqual({ ok: true });
    expectError(await link(late, unused), 404, "not_found");
    expect(await childrenOf(parent)).toHaveLength(1);
    expect(dataOf(await by(teacher, "DELETE", `${path}/parents/${parent.id}`))).toEqual({ ok: true });
    expectError(await by(teacher, "DELETE", `${path}/parents/${parent.id}`), 404, "not_found");
    expect(await childrenOf(parent)).toEqual([]);
    expectError(await by(parent, "GET", `/analytics/overview?student_id=${student.id}`), 403, "forbidden");
    // The code that had linked them is used up.
    expectError(await link(parent, code), 404, "not_found");
  });
});

describe("a parent", () => {
  it("sees what the child sees, until they end the link, and nothing of other students", async () => {
    const { teacher, pupils, classroom } = await classOf(2);
    const [child, classmate] = pupils as [Person, Person];
    const parent = await newParent();
    await linkParent(teacher, classroom.id, child, parent);
    const look = (student: Person) => by(parent, "GET", `/analytics/overview?student_id=${student.id}`);
    const own = await by(child, "GET", "/analytics/overview");
    expect(dataOf(await look(child))).toEqual(dataOf(own));
    expectError(await look(classmate), 403, "forbidden");
    // Leaving the class ends the teacher's sight, not the parent's.
    dataOf(await by(child, "POST", `/classrooms/${classroom.id}/leave`));
    expect((await look(child)).status).toBe(200);
    expect(dataOf(await by(parent, "DELETE", `/me/children/${child.id}`))).toEqual({ ok: true });
    expectError(await look(child), 403, "forbidden");
    expectError(await by(parent, "DELETE", `/me/children/${child.id}`), 404, "not_found");
    expect(await childrenOf(parent)).toEqual([]);
  });

  it("sees the work that the child has to do, as the child does, and no classmate's", async () => {
    const { teacher, pupils, classroom } = await classOf(2);
    const [child, classmate] = pupils as [Person, Person];
    const parent = await newParent();
    await linkParent(teacher, classroom.id, child, parent);
    const body = { classroom_id: classroom.id, skill_id: 1 };
    const { id } = dataOf(await by(teacher, "POST", "/assignments", body));
    for (const path of ["/me/assignments", `/me/assignments/${id}`]) {
      const own = await by(child, "GET", path);
      const seen = await by(parent, "GET", `${path}?student_id=${child.id.toUpperCase()}`);
      expect([seen.status, seen.text]).toEqual([200, own.text]);
      expect(seen.text).toContain(child.id);
      expectError(await by(parent, "GET", `${path}?student_id=${classmate.id}`), 403, "forbidden");
      expectError(await by(classmate, "GET", `${path}?student_id=${child.id}`), 403, "forbidden");
      expectError(await by(teacher, "GET", `${path}?student_id=${child.id}`), 403, "forbidden");
    }
    expectError(await by(parent, "GET", "/me/assignments"), 403, "forbidden");
    expectError(await by(parent, "GET", `/me/assignments/${id}`), 403, "forbidden");
    expectError(await by(parent, "GET", `/me/assignments/${NOBODY}?student_id=${child.id}`), 404, "not_found");
    expectError(await by(parent, "GET", `/me/assignments?student_id=${NOBODY}`), 403, "forbidden");
  });

  it("has 20 children at most, and a child 10 parents", async () => {
    const { teacher, student, classroom, code } = await withCode();
    const many = (role: string, n: number) =>
      sql<{ id: string }>(
        `insert into users (id, full_name, role, password_hash)
         select gen_random_uuid(), 'Somebody', $1, '' from generate_series(1, $2) returning id`,
        [role, n],
      );
    const parent = await newParent();
    const children = await many("STUDENT", 20);
    await sql(
      "insert into guardians (parent_id, student_id) select $1::uuid, value::uuid from jsonb_array_elements_text($2::jsonb)",
      [parent.id, JSON.stringify(children.map(({ id }) => id))],
    );
    expectError(await link(parent, code), 409, "conflict");
    const parents = await many("PARENT", 9);
    await sql(
      "insert into guardians (parent_id, student_id) select value::uuid, $1::uuid from jsonb_array_elements_text($2::jsonb)",
      [student.id, JSON.stringify(parents.map(({ id }) => id))],
    );
    const second = dataOf(await invite(teacher, classroom.id, student)).code;
    const [one, two] = await Promise.all([newParent(), newParent()]);
    const answers = await Promise.all([link(one, code), link(two, second)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  it("who is none any more, or gone, is told to sign in", async () => {
    const { code } = await withCode();
    const gone = await newParent();
    await sql("update users set is_active = false where id = $1", [gone.id]);
    expectError(await link(gone, code), 401, "unauthorized");
  });
});
