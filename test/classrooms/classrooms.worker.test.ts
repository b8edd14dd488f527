import { beforeAll, describe, expect, it } from "vitest";
import { redis, withKey } from "../admin/admin.ts";
import { sql } from "../worker/client.ts";
import { expectError, expectFaults } from "../worker/people.ts";
import {
  addCoTeacher,
  archive,
  by,
  classOf,
  dataOf,
  NOBODY,
  newClass,
  newStudent,
  newTeacher,
  type Person,
} from "./school.ts";

let teacher: Person;

beforeAll(async () => {
  teacher = await newTeacher();
}, 30_000);

const body = { title: "Room 12", grade_id: 7 };

const titles = async (person: Person, query = "") => {
  const classrooms: { title: string }[] = dataOf(await by(person, "GET", `/classrooms${query}`));
  return classrooms.map(({ title }) => title);
};

describe("making a class", () => {
  it("gives it an id, a join code, and what was asked for, and nothing else", async () => {
    const made = dataOf(await by(teacher, "POST", "/classrooms", { ...body, time_zone: "Europe/Paris" }));
    expect(made).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      title: "Room 12",
      grade_id: 7,
      join_code: expect.stringMatching(/^[A-Z]{8}$/),
      time_zone: "Europe/Paris",
    });
    expect(dataOf(await by(teacher, "GET", "/classrooms"))).toContainEqual(made);
  });

  it("makes one where the request comes again with its key, and then too where Redis has lost it", async () => {
    const owner = await newTeacher();
    const headers = withKey();
    const first = await by(owner, "POST", "/classrooms", body, headers);
    const again = await by(owner, "POST", "/classrooms", body, headers);
    expect([again.text, again.headers.get("Idempotent-Replayed")]).toEqual([first.text, "true"]);
    await redis("FLUSHDB");
    expect((await by(owner, "POST", "/classrooms", body, headers)).text).toBe(first.text);
    expect(await titles(owner)).toEqual(["Room 12"]);
  });

  it.each([
    ["title", { title: " " }],
    ["title", { title: "x".repeat(121) }],
    ["title", { title: "two\nlines" }],
    ["grade_id", { grade_id: 4_711 }],
    ["grade_id", { grade_id: "7" }],
    ["time_zone", { time_zone: "Mars/Olympus" }],
    ["time_zone", { time_zone: "+05:00" }],
  ])("names a bad %s: %j", async (field, bad) => {
    expectFaults(await by(teacher, "POST", "/classrooms", { ...body, ...bad }), field);
  });

  it("is refused past 500 classes of one teacher, archived ones included", async () => {
    const owner = await newTeacher();
    await sql(
      `insert into classrooms (id, teacher_id, title, grade_id, archived_at)
       select gen_random_uuid(), $1, 'Old', 7, now() from generate_series(1, 499)`,
      [owner.id],
    );
    const answers = await Promise.all(Array.from({ length: 3 }, () => by(owner, "POST", "/classrooms", body)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expectError(await by(owner, "POST", "/classrooms", body), 409, "conflict");
  });

  it("tells a teacher whose account is gone, or whose role is another by now, to sign in", async () => {
    const gone = await newTeacher();
    await sql("delete from users where id = $1", [gone.id]);
    const parent = await newTeacher();
    await sql("update users set role = 'PARENT' where id = $1", [parent.id]);
    for (const person of [gone, parent]) {
      expectError(await by(person, "POST", "/classrooms", body), 401, "unauthorized");
    }
  });
});

describe("the list of classes", () => {
  it("has those that one owns and those that one teaches with others, the oldest first, the archived apart", async () => {
    const [owner, other] = await Promise.all([newTeacher(), newTeacher()]);
    const first = await newClass(owner, { title: "First" });
    const theirs = await newClass(other, { title: "Shared" });
    await newClass(other, { title: "Theirs" });
    await newClass(owner, { title: "Last" });
    await addCoTeacher(other, theirs.id, owner);
    expect(await titles(owner)).toEqual(["First", "Shared", "Last"]);
    await archive(owner, first.id);
    await archive(other, theirs.id);
    expect(await titles(owner)).toEqual(["Last"]);
    expect(await titles(owner, "?archived=false")).toEqual(["Last"]);
    expect(await titles(owner, "?archived=true")).toEqual(["First", "Shared"]);
    expectFaults(await by(owner, "GET", "/classrooms?archived=yes"), "archived");
  });

  it("is cut at 500 and says so", async () => {
    const owner = await newTeacher();
    const add = (n: number) =>
      sql(
        `insert into classrooms (id, teacher_id, title, grade_id)
         select gen_random_uuid(), $1, 'Many', 7 from generate_series(1, $2)`,
        [owner.id, n],
      );
    await add(500);
    const whole = (await by(owner, "GET", "/classrooms")).json();
    expect([whole.data.length, whole.meta]).toEqual([500, undefined]);
    await add(1);
    const cut = (await by(owner, "GET", "/classrooms")).json();
    expect([cut.data.length, cut.meta]).toEqual([500, { truncated: true }]);
  });
});

describe("a class's details", () => {
  it("name its teachers, the owner first, and count its students", async () => {
    const { teacher: owner, classroom } = await classOf(2);
    const other = await newTeacher();
    await addCoTeacher(owner, classroom.id, other);
    expect(dataOf(await by(other, "GET", `/classrooms/${classroom.id}`))).toEqual({
      ...classroom,
      archived_at: null,
      student_count: 2,
      teachers: [
        { user_id: owner.id, full_name: owner.name, email: owner.email, is_owner: true },
        { user_id: other.id, full_name: other.name, email: other.email, is_owner: false },
      ],
    });
  });

  it("are 404 where there is no such class, 403 where it is another's, 400 where the id is none", async () => {
    const theirs = await newClass(await newTeacher());
    expectError(await by(teacher, "GET", `/classrooms/${NOBODY}`), 404, "not_found");
    expectError(await by(teacher, "GET", `/classrooms/${theirs.id}`), 403, "forbidden");
    expectError(await by(teacher, "GET", "/classrooms/12"), 400, "validation_error");
  });
});

describe("changing a class", () => {
  const change = (person: Person, id: string, fields: object) =>
    by(person, "PATCH", `/classrooms/${id}`, { ...fields });

  it("changes what is named and nothing else; null takes a time zone away", async () => {
    const { id } = await newClass(teacher, { time_zone: "Europe/Paris" });
    const before = dataOf(await by(teacher, "GET", `/classrooms/${id}`));
    expect(dataOf(await change(teacher, id, { title: "Room 14" }))).toEqual({ ...before, title: "Room 14" });
    const changed = { ...before, title: "Room 14", time_zone: null };
    expect(dataOf(await change(teacher, id, { time_zone: null }))).toEqual(changed);
    expect(dataOf(await change(teacher, id, {}))).toEqual(changed);
    expectFaults(
      await change(teacher, id, { title: "", time_zone: "x", archived: 1 }),
      "title",
      "time_zone",
      "archived",
    );
  });

  it("archives and takes out of the archive, any number of times; the moment is the first one's", async () => {
    const { id } = await newClass(teacher);
    const { archived_at } = await archive(teacher, id);
    expect(Date.parse(archived_at)).toBeGreaterThan(Date.now() - 60_000);
    expect((await archive(teacher, id)).archived_at).toBe(archived_at);
    for (const _ of [1, 2]) expect(dataOf(await change(teacher, id, { archived: false })).archived_at).toBeNull();
  });

  it("leaves an archived class as it is, until it is taken out of the archive", async () => {
    const { id } = await newClass(teacher);
    await archive(teacher, id);
    expectError(await change(teacher, id, { title: "Changed" }), 409, "conflict");
    expectError(await change(teacher, id, { title: "Changed", archived: true }), 409, "conflict");
    expect(dataOf(await by(teacher, "GET", `/classrooms/${id}`)).title).toBe("Room 12");
    const both = dataOf(await change(teacher, id, { title: "Changed", archived: false }));
    expect(both).toMatchObject({ title: "Changed", archived_at: null });
  });

  it("lets a co-teacher change all but whether it is archived", async () => {
    const [owner, other] = await Promise.all([newTeacher(), newTeacher()]);
    const { id } = await newClass(owner);
    await addCoTeacher(owner, id, other);
    expect(dataOf(await change(other, id, { title: "Ours" })).title).toBe("Ours");
    for (const fields of [{ archived: true }, { archived: true, title: "Mine" }, { archived: false }]) {
      expectError(await change(other, id, fields), 403, "forbidden");
    }
    expect(dataOf(await by(owner, "GET", `/classrooms/${id}`))).toMatchObject({ title: "Ours", archived_at: null });
  });

  it("is nobody else's to do", async () => {
    const { id } = await newClass(teacher);
    expectError(await change(await newTeacher(), id, { title: "Mine" }), 403, "forbidden");
    expectError(await change(await newStudent(), id, { title: "Mine" }), 403, "forbidden");
    expectError(await change(teacher, NOBODY, { title: "Mine" }), 404, "not_found");
    expect(dataOf(await by(teacher, "GET", `/classrooms/${id}`)).title).toBe("Room 12");
  });
});
