import { describe, expect, it } from "vitest";
import { redis, withKey } from "../../admin/admin.ts";
import { api, outboundRequests, register, sql } from "../../worker/client.ts";
import { expectError } from "../../worker/people.ts";
import { assign, dataOf, mine, newClass, newTeacher } from "../assignments/class.ts";
import { accountsNamed, csvOf, newName, pupilsIn, sendCsv, sendRows, someRows, studentsOf } from "./rosters.ts";

const UNKNOWN = "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001";

describe("a roster", () => {
  it("makes accounts without e-mail, of the teacher's school, and brings them into the class", async () => {
    const to = await newClass();
    await api("PATCH", "/users/me", { token: to.teacher.token, body: { school: "Hilltop" } });
    const last = newName();
    const report = dataOf(await sendCsv(to, csvOf([{ full_name: `Ána ${last}`, grade_level: 4 }])));
    const username = `ana.${last.toLowerCase()}`;
    expect(report).toEqual({
      dry_run: false,
      created: 1,
      enrolled: 0,
      unchanged: 0,
      students: [
        {
          row: 1,
          action: "create",
          student_id: expect.any(String),
          full_name: `Ána ${last}`,
          grade_level: 4,
          username,
          password: expect.stringMatching(/^[a-z]+-[a-z]+-\d{3}$/),
        },
      ],
    });
    const [{ student_id: id }] = report.students;
    const [account] = await accountsNamed(last);
    expect(account).toMatchObject({ id, username, email: null, role: "STUDENT", is_active: true, school: "Hilltop" });
    expect(account).toMatchObject({ grade_level: 4, password_hash: null });
    expect(JSON.stringify(account)).not.toContain(report.students[0].password);
    expect(await studentsOf(to)).toEqual([id]);
  });

  it("gives pupils the class's open assignments", async () => {
    const to = await newClass();
    const { id } = dataOf(await assign(to));
    const [pupil] = pupilsIn(await sendRows(to, someRows(1)));
    const { username, password } = pupil ?? {};
    const { access_token: token } = dataOf(await api("POST", "/auth/login", { body: { username, password } }));
    const work = await mine({ id: "", email: "", token });
    expect(work.map(({ assignment }) => assignment.id)).toEqual([id]);
  });

  it("taken twice makes nobody twice, and tells the same passwords again", async () => {
    const to = await newClass();
    const [one, ...others] = someRows(5);
    const csv = csvOf([{ ...one, full_name: "Ana", grade_level: 5, username: newName() }, ...others]);
    const first = dataOf(await sendCsv(to, csv));
    const again = dataOf(await sendCsv(to, csv));
    expect(again).toMatchObject({ created: 0, enrolled: 0, unchanged: 5 });
    const unchanged = first.students.map((student: object) => ({ ...student, action: "none" }));
    expect(again.students).toEqual(unchanged);
    expect(await studentsOf(to)).toHaveLength(5);
  });

  it("sent again with its Idempotency-Key makes nobody twice, and its passwords are kept in no store", async () => {
    const to = await newClass();
    const [rows, headers] = [someRows(3), withKey()];
    const first = pupilsIn(await sendRows(to, rows, { headers }));
    const repeat = await sendRows(to, rows, { headers });
    expect(repeat.headers.get("Idempotent-Replayed")).toBeNull();
    expect(pupilsIn(repeat).map(({ password }) => password)).toEqual(first.map(({ password }) => password));
    const keys = (await redis("KEYS", "idempotency:*")) as string[];
    const kept = await Promise.all(keys.map((key) => redis("GET", key)));
    for (const { password } of first) expect(JSON.stringify(kept)).not.toContain(password);
  });

  it("leaves who is in the class as they are: who came by e-mail too", async () => {
    const name = `Sam ${newName()}`;
    const student = await register({ full_name: name });
    const to = await newClass([student]);
    const report = dataOf(await sendRows(to, [{ full_name: name.toUpperCase(), grade_level: 5 }]));
    expect(report).toMatchObject({ created: 0, unchanged: 1 });
    expect(report.students).toMatchObject([
      { action: "none", student_id: student.id, full_name: name, username: null, password: null },
    ]);
  });

  it("brings a pupil of another class of the teacher's into this one, of last year's too, by the username", async () => {
    const to = await newClass();
    const [pupil] = pupilsIn(await sendRows(to, someRows(1)));
    const row = { full_name: pupil?.full_name, grade_level: 5, username: pupil?.username };
    const body = { title: "Reading", grade_id: 7 };
    const other = { ...to, id: dataOf(await api("POST", "/classrooms", { token: to.teacher.token, body })).id };
    const report = dataOf(await sendRows(other, [row, ...someRows(1)]));
    expect(report).toMatchObject({ created: 1, enrolled: 1, unchanged: 0 });
    expect(report.students[0]).toMatchObject({ ...pupil, action: "enrol" });
    expect(await studentsOf(other)).toContain(pupil?.student_id);

    const { token } = to.teacher;
    for (const { id } of [to, other])
      dataOf(await api("PATCH", `/classrooms/${id}`, { token, body: { archived: true } }));
    const nextYear = { ...to, id: dataOf(await api("POST", "/classrooms", { token, body })).id };
    expect(dataOf(await sendRows(nextYear, [row]))).toMatchObject({ created: 0, enrolled: 1 });

    const stranger = await newClass();
    const { details } = expectError(await sendRows(stranger, [row]), 422, "validation_error");
    expect(details).toEqual([
      { row: 1, column: "username", path: "students.0.username", message: "is taken: choose another" },
    ]);
    expect(await studentsOf(stranger)).toEqual([]);
  });

  it("names a pupil who is in as many classes as one may be, and brings nobody in", async () => {
    const [from, to] = [await newClass(), await newClass()];
    const [pupil] = pupilsIn(await sendRows(from, someRows(1)));
    await sql(
      `with made as (
         insert into classrooms (id, teacher_id, title, grade_id)
         select gen_random_uuid(), $1, 'Another', 7 from generate_series(1, 49) returning id)
       insert into enrolments (classroom_id, student_id) select id, $2 from made`,
      [to.teacher.id, pupil?.student_id],
    );
    const row = { full_name: pupil?.full_name, grade_level: 5, username: pupil?.username };
    const { details } = expectError(await sendRows(to, [...someRows(1), row]), 422, "validation_error");
    expect(details).toMatchObject([{ row: 2, column: "username", message: expect.stringContaining("classes") }]);
    expect(await studentsOf(to)).toEqual([]);
  });

  it("gives those who share a name usernames of their own, and steps over those that others have", async () => {
    const last = newName();
    const [one, another] = [await newClass(), await newClass()];
    const row = { full_name: `Ana ${last}`, grade_level: 5 };
    const usernames = [
      ...pupilsIn(await sendRows(one, [row, { ...row, grade_level: 4 }])),
      ...pupilsIn(await sendRows(another, [row])),
    ].map(({ username }) => username);
    const base = `ana.${last.toLowerCase()}`;
    expect(usernames).toEqual([base, `${base}2`, `${base}3`]);
  });
});

describe("a dry run", () => {
  it("says what would happen, row by row, tells no password and makes nobody", async () => {
    const to = await newClass();
    const rows = someRows(2);
    const [known] = pupilsIn(await sendRows(to, rows.slice(0, 1)));
    const report = dataOf(await sendRows(to, rows, { dryRun: true }));
    expect(report).toMatchObject({ dry_run: true, created: 1, enrolled: 0, unchanged: 1, faults: [] });
    expect(report.students).toMatchObject([
      { row: 1, action: "none", student_id: known?.student_id, username: known?.username, password: null },
      { row: 2, action: "create", student_id: null, full_name: rows[1]?.full_name, password: null },
    ]);
    const [, made] = pupilsIn(await sendRows(to, rows));
    expect(made?.username).toBe(report.students[1].username);
  });

  it("says the reason of every fault, as the refusal without it does", async () => {
    const to = await newClass();
    const last = newName();
    const csv = ["full_name,grade_level,username", `Ana ${last},5,an`, `Ben ${last},13,`, `Cem ${last},5,`].join("\n");
    const report = dataOf(await sendCsv(to, csv, { dryRun: true }));
    const { faults, students } = report;
    expect(faults).toMatchObject([
      { row: 1, column: "username", path: "students.0.username" },
      { row: 2, column: "grade_level", path: "students.1.grade_level" },
    ]);
    expect(students).toMatchObject([{ row: 3, action: "create" }]);
    expect(expectError(await sendCsv(to, csv), 422, "validation_error").details).toEqual(faults);
    expect(await accountsNamed(last)).toEqual([]);
  });
});

describe("two rosters at once", () => {
  it("that are equal make nobody twice, and none of them fails", async () => {
    const to = await newClass();
    const csv = csvOf(someRows(20));
    const answers = await Promise.all([1, 2, 3, 4].map(() => sendCsv(to, csv)));
    const students = answers.map((answer) =>
      pupilsIn(answer).map(({ student_id, password }) => [student_id, password]),
    );
    expect(students).toEqual(Array(4).fill(students[0]));
    expect(await studentsOf(to)).toHaveLength(20);
    expect(answers.reduce((sum, answer) => sum + dataOf(answer).created, 0)).toBe(20);
  });

  it("of two classes that want the same usernames both get some", async () => {
    const last = newName();
    const rows = Array.from({ length: 10 }, (_, n) => ({ full_name: `Ana${n % 5} ${last}`, grade_level: n }));
    const classes = [await newClass(), await newClass(), await newClass()];
    const answers = await Promise.all(
      classes.map((to, index) => sendRows(to, index % 2 === 0 ? rows : rows.toReversed())),
    );
    const usernames = answers.flatMap((answer) => pupilsIn(answer).map(({ username }) => username));
    expect(new Set(usernames).size).toBe(30);
  });
});

describe("a roster's size", () => {
  it("costs two round trips, whatever it is, and one as a dry run", async () => {
    const to = await newClass();
    const requests = async (work: () => Promise<unknown>) => {
      const before = await outboundRequests();
      await work();
      return (await outboundRequests()).postgres - before.postgres;
    };
    const oneUsername = Array.from({ length: 499 }, (_, n) => ({
      full_name: String.fromCodePoint(0x4e00 + n),
      grade_level: 5,
    }));
    for (const rows of [someRows(1), someRows(500), oneUsername]) {
      expect(await requests(() => sendRows(to, rows, { dryRun: true }))).toBe(1);
      expect(await requests(() => sendRows(to, rows))).toBe(2);
    }
  });

  it("is 500 rows and 1 MB at most", async () => {
    const to = await newClass();
    expectError(await sendRows(to, someRows(501)), 422, "validation_error");
    expectError(await sendRows(to, []), 422, "validation_error");
    expectError(await sendCsv(to, `full_name,grade_level\n${"x".repeat(1024 * 1024)},5`), 413, "payload_too_large");
  });

  it("is no more than the class still holds", async () => {
    const to = await newClass();
    await sql(
      `with made as (
         insert into users (id, email, password_hash, full_name, role)
         select gen_random_uuid(), gen_random_uuid() || '@example.com', '', 'Many', 'STUDENT' from generate_series(1, 999)
         returning id
       )
       insert into enrolments (classroom_id, student_id) select $1, id from made`,
      [to.id],
    );
    const rows = someRows(2);
    for (const dryRun of [true, false]) {
      expectError(await sendRows(to, rows, { dryRun }), 409, "conflict");
      const faulty = await sendRows(to, [...rows, { full_name: "Ana", grade_level: 13 }], { dryRun });
      const faults = dryRun ? dataOf(faulty).faults : expectError(faulty, 422, "validation_error").details;
      expect(faults).toMatchObject([{ row: 3, column: "grade_level" }]);
    }
    expect(await accountsNamed(rows[0]?.full_name.split(" ")[1] ?? "")).toEqual([]);
    expect(dataOf(await sendRows(to, rows.slice(0, 1))).created).toBe(1);
    expect(dataOf(await sendRows(to, rows.slice(0, 1))).unchanged).toBe(1);
  });
});

describe("a roster is refused", () => {
  it("that is neither JSON nor CSV, or not what it says", async () => {
    const to = await newClass();
    const send = (raw: BodyInit, type: string) => sendCsv(to, raw, { headers: { "Content-Type": type } });
    expectError(await send("full_name", "text/plain"), 415, "unsupported_media_type");
    expectError(await send("full_name", ""), 415, "unsupported_media_type");
    expectError(await send("full_name,grade_level", "application/json"), 400, "validation_error");
    expectError(await send("{}", "application/json"), 422, "validation_error");
    expectError(await send('{"students":"Ana"}', "application/json; charset=utf-8"), 422, "validation_error");
    expectError(await send(new Uint8Array([0xff, 0xfe, 0x41]), "text/csv; charset=utf-16"), 422, "validation_error");
    expectError(await send("name,grade\nAna,5", "text/csv"), 422, "validation_error");
  });

  it("of who does not teach the class, of no class, and of an archived one; a co-teacher's is not", async () => {
    const to = await newClass();
    const [colleague, stranger] = [await newTeacher(), await newTeacher()];
    const { token } = to.teacher;
    dataOf(await api("POST", `/classrooms/${to.id}/teachers`, { token, body: { email: colleague.email } }));
    for (const dryRun of [true, false]) {
      const rows = someRows(1);
      expectError(await sendRows(to, rows, { dryRun, as: stranger }), 403, "forbidden");
      expectError(await sendRows({ ...to, id: UNKNOWN }, rows, { dryRun }), 404, "not_found");
      expectError(await sendRows({ ...to, id: "1" }, rows, { dryRun }), 400, "validation_error");
      dataOf(await sendRows(to, rows, { dryRun, as: colleague }));
    }
    dataOf(await api("PATCH", `/classrooms/${to.id}`, { token, body: { archived: true } }));
    expectError(await sendRows(to, someRows(1)), 409, "conflict");
    expectError(await sendRows(to, someRows(1), { dryRun: true }), 409, "conflict");
    expect(await studentsOf(to)).toHaveLength(1);
  });
});
