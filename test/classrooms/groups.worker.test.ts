import { describe, expect, it } from "vitest";
import { redis, withKey } from "../admin/admin.ts";
import { sql } from "../worker/client.ts";
import { expectError, expectFaults } from "../worker/people.ts";
import {
  addCoTeacher,
  archive,
  type Body,
  by,
  classOf,
  dataOf,
  NOBODY,
  newClass,
  newStudent,
  newTeacher,
  type Person,
} from "./school.ts";

const create = (person: Person, classroomId: string, body: Body, headers = {}) =>
  by(person, "POST", `/classrooms/${classroomId}/groups`, body, headers);

const change = (person: Person, classroomId: string, groupId: string, body: Body) =>
  by(person, "PATCH", `/classrooms/${classroomId}/groups/${groupId}`, body);

const idsOf = (people: readonly Person[]) => people.map(({ id }) => id).toSorted();

/** A class of three students with a group of the first two. */
async function withGroup() {
  const { teacher, pupils, classroom } = await classOf(3);
  const members = idsOf(pupils.slice(0, 2));
  const group = dataOf(await create(teacher, classroom.id, { title: "Again", student_ids: members }));
  return { teacher, pupils: pupils as [Person, Person, Person], classroom, group, members };
}

describe("groups of a class", () => {
  it("are made, listed by title, read, changed and deleted", async () => {
    const { teacher, pupils, classroom, group, members } = await withGroup();
    expect(group).toEqual({ id: expect.any(String), title: "Again", student_ids: members });
    const empty = dataOf(await create(teacher, classroom.id, { title: "Advanced" }));
    expect(empty.student_ids).toEqual([]);
    const path = `/classrooms/${classroom.id}/groups`;
    expect(dataOf(await by(teacher, "GET", path))).toEqual([empty, group]);
    expect(dataOf(await by(teacher, "GET", `${path}/${group.id}`))).toEqual(group);

    expect(dataOf(await change(teacher, classroom.id, group.id, { title: "Once more" }))).toEqual({
      ...group,
      title: "Once more",
    });
    const others = idsOf(pupils.slice(1));
    expect(dataOf(await change(teacher, classroom.id, group.id, { student_ids: others })).student_ids).toEqual(others);
    expect(dataOf(await change(teacher, classroom.id, group.id, {}))).toEqual({
      id: group.id,
      title: "Once more",
      student_ids: others,
    });
    expect(dataOf(await change(teacher, classroom.id, group.id, { student_ids: [] })).student_ids).toEqual([]);
    expect(dataOf(await by(teacher, "DELETE", `${path}/${group.id}`))).toEqual({ ok: true });
    expectError(await by(teacher, "DELETE", `${path}/${group.id}`), 404, "not_found");
    expect(dataOf(await by(teacher, "GET", path))).toEqual([empty]);
    expect(dataOf(await by(teacher, "GET", `/classrooms/${classroom.id}/students`))).toHaveLength(3);
  });

  it("are made once where the request comes again, by its key or by its row", async () => {
    const { teacher, pupils, classroom } = await classOf(1);
    const body = { title: "Again", student_ids: idsOf(pupils) };
    const headers = withKey();
    const first = await create(teacher, classroom.id, body, headers);
    expect((await create(teacher, classroom.id, body, headers)).text).toBe(first.text);
    await redis("FLUSHDB");
    expect((await create(teacher, classroom.id, body, headers)).text).toBe(first.text);
    expect(dataOf(await by(teacher, "GET", `/classrooms/${classroom.id}/groups`))).toHaveLength(1);
  });

  it("hold students of the class alone: any other is named by its place, and nothing changes", async () => {
    const { teacher, pupils, classroom, group, members } = await withGroup();
    const stranger = await newStudent();
    const ids = [pupils[0].id, stranger.id, pupils[1].id, NOBODY];
    expectFaults(
      await create(teacher, classroom.id, { title: "X", student_ids: ids }),
      "student_ids.1",
      "student_ids.3",
    );
    const changed = await change(teacher, classroom.id, group.id, { title: "X", student_ids: ids });
    expectFaults(changed, "student_ids.1", "student_ids.3");
    expectFaults(
      await create(teacher, classroom.id, { title: "", student_ids: [NOBODY, NOBODY] }),
      "title",
      "student_ids",
    );
    expect(dataOf(await by(teacher, "GET", `/classrooms/${classroom.id}/groups`))).toEqual([
      { id: group.id, title: "Again", student_ids: members },
    ]);
  });

  it("give what is assigned to them to who comes into them later, and take nothing from who leaves", async () => {
    const { teacher, pupils, classroom, group } = await withGroup();
    const assigned = dataOf(
      await by(teacher, "POST", "/assignments", { classroom_id: classroom.id, group_id: group.id, skill_id: 1 }),
    );
    const [first, , third] = pupils;
    const workOf = async (student: Person) => {
      const mine = dataOf(await by(student, "GET", "/me/assignments"));
      return mine.map(({ assignment }: { assignment: { id: string } }) => assignment.id);
    };
    expect([await workOf(first), await workOf(third)]).toEqual([[assigned.id], []]);
    dataOf(await change(teacher, classroom.id, group.id, { student_ids: [third.id] }));
    expect([await workOf(first), await workOf(third)]).toEqual([[assigned.id], [assigned.id]]);
  });

  it("are of their own class only, and of a co-teacher's as of its owner's", async () => {
    const { teacher, classroom, group } = await withGroup();
    const other = await newTeacher();
    const theirs = await newClass(other);
    expectError(await change(other, theirs.id, group.id, { title: "Mine" }), 404, "not_found");
    expectError(await by(other, "DELETE", `/classrooms/${theirs.id}/groups/${group.id}`), 404, "not_found");
    expectError(await change(other, classroom.id, group.id, { title: "Mine" }), 403, "forbidden");
    await addCoTeacher(teacher, classroom.id, other);
    expect(dataOf(await change(other, classroom.id, group.id, { title: "Ours" })).title).toBe("Ours");
  });

  it("stay as they are while the class is archived, and can be seen", async () => {
    const { teacher, classroom, group } = await withGroup();
    await archive(teacher, classroom.id);
    expectError(await create(teacher, classroom.id, { title: "X" }), 409, "conflict");
    expectError(await change(teacher, classroom.id, group.id, { title: "X" }), 409, "conflict");
    expectError(await by(teacher, "DELETE", `/classrooms/${classroom.id}/groups/${group.id}`), 409, "conflict");
    expect(dataOf(await by(teacher, "GET", `/classrooms/${classroom.id}/groups`))).toEqual([group]);
  });

  it("are 100 at most", async () => {
    const { teacher, classroom } = await classOf(0);
    await sql(
      `insert into classroom_groups (id, classroom_id, title)
       select gen_random_uuid(), $1, 'Group' from generate_series(1, 99)`,
      [classroom.id],
    );
    const answers = await Promise.all([1, 2, 3].map(() => create(teacher, classroom.id, { title: "One more" })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  });
});
