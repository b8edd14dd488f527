import { describe, expect, it } from "vitest";
import { sql } from "../worker/client.ts";
import { expectError, expectFaults } from "../worker/people.ts";
import { addCoTeacher, archive, by, classOf, dataOf, NOBODY, newParent, newTeacher, type Person } from "./school.ts";

const add = (person: Person, classroomId: string, email: string) =>
  by(person, "POST", `/classrooms/${classroomId}/teachers`, { email });

const remove = (person: Person, classroomId: string, { id }: Pick<Person, "id">) =>
  by(person, "DELETE", `/classrooms/${classroomId}/teachers/${id}`);

const teachersOf = async (person: Person, classroomId: string) => {
  const { teachers } = dataOf(await by(person, "GET", `/classrooms/${classroomId}`));
  return teachers.map(({ user_id }: { user_id: string }) => user_id);
};

describe("who owns a class and was deactivated, or has another role by now", () => {
  it.each(["is_active = false", "role = 'PARENT'"])("lets nobody in and changes nothing: %s", async (loss) => {
    const { teacher, pupils, classroom } = await classOf(1);
    const [other, [student]] = [await newTeacher(), pupils as [Person]];
    const { code } = dataOf(
      await by(teacher, "POST", `/classrooms/${classroom.id}/students/${student.id}/parent-code`),
    );
    await sql(`update users set ${loss} where id = $1`, [teacher.id]);
    expectError(await add(teacher, classroom.id, other.email), 403, "forbidden");
    for (const body of [{ archived: true }, { title: "Lost" }]) {
      expectError(await by(teacher, "PATCH", `/classrooms/${classroom.id}`, body), 403, "forbidden");
    }
    expectError(await by(await newParent(), "POST", "/me/children", { code }), 404, "not_found");
    expect(dataOf(await by(teacher, "GET", "/classrooms"))).toEqual([]);
    const found = `select title, archived_at, (select count(*)::int from classroom_teachers where classroom_id = id) as others
      from classrooms where id = $1`;
    expect(await sql(found, [classroom.id])).toEqual([{ title: classroom.title, archived_at: null, others: 0 }]);
  });
});

describe("a co-teacher", () => {
  it("is added by e-mail address in any case, and sees and does what the owner may but for archiving and adding", async () => {
    const { teacher, pupils, classroom } = await classOf(1);
    const [other, third] = await Promise.all([newTeacher(), newTeacher()]);
    const [student] = pupils as [Person];
    const sees = async () => (await by(other, "GET", `/analytics/overview?student_id=${student.id}`)).status;
    expect(await sees()).toBe(403);
    const shown = { user_id: other.id, full_name: other.name, email: other.email, is_owner: false };
    expect(dataOf(await add(teacher, classroom.id, other.email.toUpperCase()))).toEqual(shown);
    expect(dataOf(await add(teacher, classroom.id, other.email))).toEqual(shown);
    expect(await teachersOf(other, classroom.id)).toEqual([teacher.id, other.id]);
    expect(await sees()).toBe(200);
    expectError(await add(other, classroom.id, third.email), 403, "forbidden");
    expectError(await remove(other, classroom.id, teacher), 409, "conflict");
    expect(await teachersOf(teacher, classroom.id)).toEqual([teacher.id, other.id]);
  });

  it("may go by themselves, and sees nothing any more", async () => {
    const { teacher, pupils, classroom } = await classOf(1);
    const other = await newTeacher();
    const [student] = pupils as [Person];
    await addCoTeacher(teacher, classroom.id, other);
    expect(dataOf(await remove(other, classroom.id, other))).toEqual({ ok: true });
    expectError(await by(other, "GET", `/classrooms/${classroom.id}`), 403, "forbidden");
    expectError(await by(other, "GET", `/analytics/overview?student_id=${student.id}`), 403, "forbidden");
    expect(await teachersOf(teacher, classroom.id)).toEqual([teacher.id]);
  });

  it("is taken out by the owner or another co-teacher, and by nobody else", async () => {
    const { teacher, classroom } = await classOf(0);
    const [one, two, three] = await Promise.all([newTeacher(), newTeacher(), newTeacher()]);
    await addCoTeacher(teacher, classroom.id, one);
    await addCoTeacher(teacher, classroom.id, two);
    expectError(await remove(three, classroom.id, two), 403, "forbidden");
    expect(dataOf(await remove(one, classroom.id, two))).toEqual({ ok: true });
    expectError(await remove(two, classroom.id, one), 403, "forbidden");
    expect(await teachersOf(teacher, classroom.id)).toEqual([teacher.id, one.id]);
    expect(dataOf(await remove(teacher, classroom.id, one))).toEqual({ ok: true });
    expectError(await remove(teacher, classroom.id, one), 404, "not_found");
    expect(await teachersOf(teacher, classroom.id)).toEqual([teacher.id]);
  });

  it("can only be an active teacher, and the owner is one already", async () => {
    const { teacher, classroom } = await classOf(0);
    const [parent, gone] = await Promise.all([newParent(), newTeacher()]);
    await sql("update users set is_active = false where id = $1", [gone.id]);
    for (const email of [parent.email, gone.email, "nobody@example.com"]) {
      expectError(await add(teacher, classroom.id, email), 404, "not_found");
    }
    expectFaults(await add(teacher, classroom.id, "nobody"), "email");
    expect(dataOf(await add(teacher, classroom.id, teacher.email))).toMatchObject({ is_owner: true });
    expectError(await remove(teacher, classroom.id, teacher), 409, "conflict");
    expect(await teachersOf(teacher, classroom.id)).toEqual([teacher.id]);
  });

  it("is one of 20 at most", async () => {
    const { teacher, classroom } = await classOf(0);
    await sql(
      `with made as (
         insert into users (id, full_name, role, password_hash)
         select gen_random_uuid(), 'Teacher', 'TEACHER', '' from generate_series(1, 19) returning id)
       insert into classroom_teachers (classroom_id, teacher_id) select $1::uuid, id from made`,
      [classroom.id],
    );
    const others = await Promise.all([newTeacher(), newTeacher(), newTeacher()]);
    const answers = await Promise.all(others.map(({ email }) => add(teacher, classroom.id, email)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect(await teachersOf(teacher, classroom.id)).toHaveLength(21);
  });

  it("neither comes nor goes while the class is archived, but still looks at it", async () => {
    const { teacher, classroom } = await classOf(0);
    const [one, two] = await Promise.all([newTeacher(), newTeacher()]);
    await addCoTeacher(teacher, classroom.id, one);
    await archive(teacher, classroom.id);
    expectError(await add(teacher, classroom.id, two.email), 409, "conflict");
    expectError(await remove(one, classroom.id, one), 409, "conflict");
    expect(await teachersOf(one, classroom.id)).toEqual([teacher.id, one.id]);
    expectError(await add(teacher, NOBODY, two.email), 404, "not_found");
  });
});
