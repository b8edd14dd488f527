import { v7 as uuid } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { type Account, api, clearFaults, type Json, register, setFault, sql } from "../../worker/client.ts";
import { expectError, expectFaults } from "../../worker/people.ts";
import {
  assign,
  change,
  dataOf,
  enrol,
  gridOf,
  mine,
  newClass,
  newGroup,
  newTeacher,
  type SchoolClass,
} from "./class.ts";

let school: SchoolClass;
let pupils: [Account, Account, Account];

beforeAll(async () => {
  pupils = [await register(), await register(), await register()];
  school = await newClass(pupils);
});

const [UNKNOWN, NO_SKILL] = [uuid(), 2_000_000];

const assignmentIdsOf = async (student: Account) => (await mine(student)).map(({ assignment }) => assignment.id);

const listed = async ({ id, teacher: { token } }: SchoolClass) =>
  dataOf(await api("GET", `/assignments?classroom_id=${id}`, { token }));

describe("an assignment", () => {
  it("of one skill is one object, with a target of 80 unless it says otherwise", async () => {
    const made = dataOf(await assign(school));
    expect(made).toEqual({
      id: expect.any(String),
      classroom_id: school.id,
      skill_id: 1,
      due_at: null,
      target_smartscore: 80,
      set_id: null,
      assigned_at: expect.stringMatching(/Z$/),
      audience: "CLASS",
      group_id: null,
    });
    expect(await listed(school)).toContainEqual(made);
    for (const pupil of pupils) expect(await assignmentIdsOf(pupil)).toContain(made.id);
  });

  it("of several skills is a list in their order, which share a set", async () => {
    const made: Json[] = dataOf(await assign(school, { skill_ids: [2, 1, 3], target_smartscore: 90 }));
    expect(made.map(({ skill_id }) => skill_id)).toEqual([2, 1, 3]);
    expect(new Set(made.map(({ set_id }) => set_id)).size).toBe(1);
    expect(made[0].set_id).toEqual(expect.any(String));
    expect(new Set(made.map(({ assigned_at }) => assigned_at)).size).toBe(1);
    expect(dataOf(await assign(school, { skill_ids: [2] }))).toHaveLength(1);
  });

  it("of several skills stands in the lists of its teacher and its students in that order, too", async () => {
    const skill_ids = [4, 2, 5, 1, 3];
    const made: Json[] = dataOf(await assign(school, { skill_ids }));
    const ids = made.map(({ id }) => id);
    const [pupil] = pupils;
    for (const list of [(await listed(school)).map(({ id }: Json) => id), await assignmentIdsOf(pupil)]) {
      expect(list.filter((id: string) => ids.includes(id))).toEqual(ids);
    }
  });

  it("is documented as it may be sent: its date may be null, and its target is 80", async () => {
    const { NewAssignment, AssignmentChange } = (await api("GET", "/openapi.json")).json().components.schemas;
    const dueAt = { type: ["string", "null"], format: "date-time" };
    expect(NewAssignment.properties).toMatchObject({ due_at: dueAt, target_smartscore: { default: 80 } });
    expect(AssignmentChange.properties).toMatchObject({ due_at: dueAt });
    expect(AssignmentChange.properties.target_smartscore).not.toHaveProperty("default");
  });

  it("has the date that was sent, whatever its zone; without a zone it is UTC", async () => {
    for (const [due_at, kept] of [
      ["2027-01-31T23:00:00Z", "2027-01-31T23:00:00.000Z"],
      ["2027-02-01T00:30:00+01:30", "2027-01-31T23:00:00.000Z"],
      ["2027-01-31T23:00", "2027-01-31T23:00:00.000Z"],
      ["2027-01-31T23:00Z", "2027-01-31T23:00:00.000Z"],
      ["2027-02-01T00:30+01:30", "2027-01-31T23:00:00.000Z"],
      [null, null],
    ]) {
      expect(dataOf(await assign(school, { due_at }))).toMatchObject({ due_at: kept });
    }
  });

  it("for a group is for its members alone, those who come later too", async () => {
    const group = await newGroup(school, [pupils[0]]);
    const made = dataOf(await assign(school, { group_id: group.id }));
    expect(made).toMatchObject({ audience: "GROUP", group_id: group.id });
    expect(await assignmentIdsOf(pupils[0])).toContain(made.id);
    expect(await assignmentIdsOf(pupils[1])).not.toContain(made.id);
    const body = { student_ids: [pupils[0].id, pupils[1].id] };
    dataOf(await api("PATCH", `/classrooms/${school.id}/groups/${group.id}`, { token: school.teacher.token, body }));
    expect(await assignmentIdsOf(pupils[1])).toContain(made.id);
    expect((await gridOf(school, made.id)).summary).toEqual({ completed: 0, in_progress: 0, not_started: 2 });
  });

  it("for chosen students is for them alone, whoever joins", async () => {
    const made = dataOf(await assign(school, { student_ids: [pupils[2].id.toUpperCase()] }));
    expect(made).toMatchObject({ audience: "STUDENTS", group_id: null });
    const late = await register();
    await enrol(school, late);
    expect(await assignmentIdsOf(pupils[2])).toContain(made.id);
    expect(await assignmentIdsOf(pupils[0])).not.toContain(made.id);
    expect(await assignmentIdsOf(late)).not.toContain(made.id);
  });

  it("that is sent twice with a key is made once, and once more when it was deleted", async () => {
    const quiet = await newClass();
    const { token } = quiet.teacher;
    const headers = { "Idempotency-Key": uuid() };
    for (const skills of [{ skill_id: 1 }, { skill_ids: [1, 2] }]) {
      const send = () => api("POST", "/assignments", { token, headers, body: { classroom_id: quiet.id, ...skills } });
      const [first, second] = [await send(), await send()];
      expect(second.text).toBe(first.text);
      expect(second.headers.get("Idempotent-Replayed")).toBe("true");
      const made: Json[] = [dataOf(first)].flat();
      expect(await listed(quiet)).toHaveLength(made.length);
      for (const { id } of made) dataOf(await api("DELETE", `/assignments/${id}`, { token }));
      expect([dataOf(await send())].flat()).toHaveLength(made.length);
      for (const { id } of await listed(quiet)) dataOf(await api("DELETE", `/assignments/${id}`, { token }));
    }
  });

  it("that is sent twice at once is made once, even where nobody remembers the first", async () => {
    const quiet = await newClass([pupils[0]]);
    const { token } = quiet.teacher;
    const sent = { token, headers: { "Idempotency-Key": uuid() }, body: { classroom_id: quiet.id, skill_id: 1 } };
    await setFault({ target: "redis", kind: "refuse" });
    try {
      const answers = await Promise.all(Array.from({ length: 5 }, () => api("POST", "/assignments", sent)));
      expect(new Set(answers.map((answer) => dataOf(answer).id)).size).toBe(1);
    } finally {
      await clearFaults();
    }
    expect(await listed(quiet)).toHaveLength(1);
    expect(
      await sql("select 1 from assigned_work join assignments on id = assignment_id where classroom_id = $1", [
        quiet.id,
      ]),
    ).toHaveLength(1);
  });
});

describe("an assignment is refused, and nothing is made,", () => {
  const refused = async (body: Record<string, unknown>, status: number, code: string) => {
    const before = await listed(school);
    const error = expectError(await assign(school, body), status, code);
    expect(await listed(school)).toEqual(before);
    return error;
  };

  it.each([0, 75, 101, -80, 80.5])("with 400 for the target %d", async (target_smartscore) => {
    await refused({ target_smartscore }, 400, "validation_error");
  });

  it("for a class, a skill or a group that is not there", async () => {
    await refused({ classroom_id: UNKNOWN }, 404, "not_found");
    await refused({ skill_id: NO_SKILL }, 404, "not_found");
    expect(await refused({ skill_ids: [1, NO_SKILL] }, 404, "not_found")).toMatchObject({
      details: { skill_ids: [NO_SKILL] },
    });
    await refused({ group_id: UNKNOWN }, 404, "not_found");
    const elsewhere = await newClass([pupils[0]]);
    await refused({ group_id: (await newGroup(elsewhere, [pupils[0]])).id }, 404, "not_found");
  });

  it("of a skill that is not published", async () => {
    await sql("update skills set is_published = false where id = 5");
    await refused({ skill_id: 5 }, 404, "not_found");
    await sql("update skills set is_published = true where id = 5");
  });

  it("for students who are not in the class, each of whom is named", async () => {
    const stranger = await register();
    expectFaults(
      await assign(school, { student_ids: [pupils[0].id, stranger.id, UNKNOWN] }),
      "student_ids.1",
      "student_ids.2",
    );
  });

  it("for both a skill and skills, neither, or both a group and students", async () => {
    expectFaults(await assign(school, { skill_id: 1, skill_ids: [1] }), "skill_id");
    const { token } = school.teacher;
    expectFaults(await api("POST", "/assignments", { token, body: { classroom_id: school.id } }), "skill_id");
    expectFaults(await assign(school, { group_id: UNKNOWN, student_ids: [UNKNOWN] }), "student_ids");
  });

  it("for what is no date, no list or too long", async () => {
    expectFaults(await assign(school, { due_at: "tomorrow" }), "due_at");
    expectFaults(await assign(school, { due_at: "0000-01-01T00:00:00Z" }), "due_at");
    expectFaults(await assign(school, { due_at: "9999-12-31T23:59:59-23:59" }), "due_at");
    expectFaults(await assign(school, { skill_ids: [] }), "skill_ids");
    expectFaults(await assign(school, { skill_ids: [1, 1] }), "skill_ids");
    expectFaults(await assign(school, { skill_ids: Array.from({ length: 31 }, (_, index) => index + 1) }), "skill_ids");
    expectFaults(await assign(school, { student_ids: [] }), "student_ids");
  });

  it("past a thousand in one class", async () => {
    const full = await newClass();
    await sql(
      "insert into assignments (id, classroom_id, skill_id) select gen_random_uuid(), $1::uuid, 1 from generate_series(1, 999)",
      [full.id],
    );
    expectError(await assign(full, { skill_ids: [1, 2] }), 409, "conflict");
    dataOf(await assign(full));
    expectError(await assign(full), 409, "conflict");
    const { data, meta } = (
      await api("GET", `/assignments?classroom_id=${full.id}`, { token: full.teacher.token })
    ).json();
    expect([data.length, meta]).toEqual([500, { truncated: true }]);
  });
});

describe("the list of assignments", () => {
  it("is of one class, the newest first, or of all open classes of the caller's", async () => {
    const [first, teacher] = [await newClass(), await newTeacher()];
    const { token } = first.teacher;
    const older = dataOf(await assign(first));
    const newer = dataOf(await assign(first, { skill_id: 2 }));
    const second = dataOf(await api("POST", "/classrooms", { token, body: { title: "Another", grade_id: 7 } }));
    const other = dataOf(await assign({ id: second.id, teacher: first.teacher }));
    expect(await listed(first)).toEqual([newer, older]);
    expect(dataOf(await api("GET", "/assignments", { token }))).toEqual([other, newer, older]);
    expect(dataOf(await api("GET", "/assignments", { token: teacher.token }))).toEqual([]);

    dataOf(await api("PATCH", `/classrooms/${first.id}`, { token, body: { archived: true } }));
    expect(dataOf(await api("GET", "/assignments", { token }))).toEqual([other]);
    expect(await listed(first)).toEqual([newer, older]);
  });

  it("is empty, not unknown, for a class without any", async () => {
    expect(await listed(await newClass())).toEqual([]);
  });
});

describe("a change", () => {
  it("is of what it names alone", async () => {
    const made = dataOf(await assign(school, { due_at: "2027-01-01T00:00:00Z" }));
    expect(dataOf(await change(school, made.id, {}))).toEqual(made);
    const harder = dataOf(await change(school, made.id, { target_smartscore: 100 }));
    expect(harder).toEqual({ ...made, target_smartscore: 100 });
    const open = dataOf(await change(school, made.id, { due_at: null }));
    expect(open).toEqual({ ...harder, due_at: null });
    expectError(await change(school, made.id, { target_smartscore: 75 }), 400, "validation_error");
    expectFaults(await change(school, made.id, { target_smartscore: "80" }), "target_smartscore");
  });

  it("of the date to a later one gives it to who came in between", async () => {
    const made = dataOf(await assign(school, { due_at: "2020-01-01T00:00:00Z" }));
    const late = await register();
    await enrol(school, late);
    expect(await assignmentIdsOf(late)).not.toContain(made.id);
    dataOf(await change(school, made.id, { due_at: "2037-01-01T00:00:00Z" }));
    expect(await assignmentIdsOf(late)).toContain(made.id);
  });
});

describe("to take an assignment back", () => {
  it("takes it from everybody, once", async () => {
    const made = dataOf(await assign(school));
    const { token } = school.teacher;
    expect(dataOf(await api("DELETE", `/assignments/${made.id}`, { token }))).toEqual({ ok: true });
    expectError(await api("DELETE", `/assignments/${made.id}`, { token }), 404, "not_found");
    expect(await assignmentIdsOf(pupils[0])).not.toContain(made.id);
    expect(await listed(school)).not.toContainEqual(made);
  });
});
