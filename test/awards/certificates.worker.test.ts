import { describe, expect, it, vi } from "vitest";
import { localDay } from "../../src/practice/local-day.ts";
import { by, classOf, dataOf, NOBODY, newPerson, newStudent, newTeacher, type Person } from "../classrooms/school.ts";
import { type Json, sql } from "../worker/client.ts";
import { expectError, expectFaults } from "../worker/people.ts";
import { answerCurrent, begin } from "../worker/practice.ts";
import { batchOf, certificatesOf, drain, lifeOf, practise } from "./lives.ts";

const AWARD = { skill_id: 1, type: "EXCELLENCE" };

const newAdmin = () => newPerson("ADMIN");

const award = (giver: Person, student: Person, fields: object = {}, key?: string) =>
  by(
    giver,
    "POST",
    "/awards/certificates",
    { ...AWARD, student_id: student.id, ...fields },
    key === undefined ? {} : { "Idempotency-Key": key },
  );

const revoke = (giver: Person, code: string) => by(giver, "DELETE", `/awards/certificates/${code}`);

const print = (caller: Person, query = "", type = "EXCELLENCE", headers: Record<string, string> = {}) =>
  by(caller, "GET", `/awards/certificates/${type}.pdf?skill_id=1${query}`, undefined, headers);

describe("a student who masters a skill", () => {
  it("has both certificates, the medal and all ribbons moments later", async () => {
    const student = await newStudent();
    let session = await begin(student);
    while (session.finished_at === null) ({ session } = await answerCurrent(student, session));
    await vi.waitFor(async () => expect((await certificatesOf(student.id)).length).toBe(2), { timeout: 10_000 });
    const { awards } = dataOf(await by(student, "GET", "/awards"));
    const ofSkill = awards.filter((one: Json) => one.skill_id === 1);
    expect(ofSkill.map((one: Json) => `${one.kind} ${one.threshold}`)).toEqual([
      "MEDAL 100",
      "RIBBON 90",
      "RIBBON 80",
      "RIBBON 70",
    ]);
    expect(ofSkill[0].earned_at).toBe(session.finished_at);
  });
});

describe("a certificate's print", () => {
  it("is there once it is earned, and asking for it makes none", async () => {
    const student = await newStudent();
    await practise(student.id, [50, 89]);
    expectError(await print(student), 409, "not_earned");
    expect(await certificatesOf(student.id)).toEqual([]);
    await practise(student.id, [95], { at: "2026-03-03T12:00:00.000Z" });
    const answer = await print(student);
    expect({ status: answer.status, type: answer.headers.get("Content-Type") }).toEqual({
      status: 200,
      type: "application/pdf",
    });
    expect(answer.text.slice(0, 5)).toBe("%PDF-");
    expect(answer.headers.get("Content-Disposition")).toMatch(/^attachment; filename=".*\.pdf"/);
    expectError(await print(student, "", "MASTERY"), 409, "not_earned");
    expect((await certificatesOf(student.id)).length).toBe(1);
  });

  it("is the same to the byte each time, and 304 for who has it", async () => {
    const student = await newStudent();
    await practise(student.id, [50, 95]);
    const [one, other] = [await print(student), await print(student)];
    expect(other.text).toBe(one.text);
    const etag = one.headers.get("ETag") ?? "";
    expect((await print(student, "", "EXCELLENCE", { "If-None-Match": etag })).status).toBe(304);
    expect((await print(student, "&paper=a4")).headers.get("ETag")).not.toBe(etag);
  });

  it("stays the same when the student moves to where it was another day", async () => {
    const student = await newStudent();
    await practise(student.id, [50, 95], { at: "2026-03-02T03:00:00.000Z" });
    const etag = (await print(student)).headers.get("ETag");
    await sql("update users set time_zone = 'America/Los_Angeles' where id = $1", [student.id]);
    expect((await print(student)).headers.get("ETag")).toBe(etag);
  });

  it("says another day and another giver where a teacher or an ADMIN has it so, and only then", async () => {
    const { teacher, pupils } = await classOf(1);
    const [student] = pupils as [Person];
    await practise(student.id, [50, 95]);
    const wish = "&date=2026-06-30&awarded_by=Ms%20Rivera";
    const plain = (await print(student)).headers.get("ETag");
    expect((await print(student, wish)).headers.get("ETag")).toBe(plain);
    expect((await print(student, "&date=soon")).status).toBe(200);
    const of = `&student_id=${student.id}`;
    for (const caller of [teacher, await newAdmin()]) {
      expect((await print(caller, of)).headers.get("ETag")).toBe(plain);
      expect((await print(caller, of + wish)).headers.get("ETag")).not.toBe(plain);
      expectFaults(await print(caller, `${of}&date=soon`), "date");
      expectFaults(await print(caller, `${of}&awarded_by=%0A`), "awarded_by");
    }
  });

  it("needs a type and a skill that there are", async () => {
    const student = await newStudent();
    expectError(await print(student, "", "SILVER"), 400, "validation_error");
    expectError(await by(student, "GET", "/awards/certificates/MASTERY.pdf?skill_id=999999"), 404, "not_found");
    expectFaults(await by(student, "GET", "/awards/certificates/MASTERY.pdf"), "skill_id");
    expectError(await by(student, "GET", "/awards/certificates/GOLD.pdf"), 400, "validation_error");
    expectFaults(await print(student, "&paper=papyrus"), "paper");
  });
});

describe("a certificate that a teacher awards", () => {
  it("is the student's whatever their SmartScore, and names who gave it", async () => {
    const { teacher, pupils } = await classOf(1);
    const [student] = pupils as [Person];
    const made = dataOf(await award(teacher, student));
    expect(made).toEqual({
      code: expect.stringMatching(/^([0-9A-F]{5}-){3}[0-9A-F]{5}$/),
      type: "EXCELLENCE",
      student_id: student.id,
      student_name: student.name,
      skill_id: 1,
      skill_title: expect.any(String),
      earned_at: expect.any(String),
      awarded_by: teacher.name,
      verify_url: `https://ascent.test/verify/${made.code}`,
    });
    expect(dataOf(await by(student, "GET", "/awards/certificates"))).toEqual([made]);
    expect((await print(student)).status).toBe(200);
  });

  it("has the day that it is where the student lives, and a new one when it is awarded anew", async () => {
    const { teacher, pupils } = await classOf(1);
    const [student] = pupils as [Person];
    // Between these two it is never the same day.
    for (const timeZone of ["Pacific/Kiritimati", "Pacific/Pago_Pago"]) {
      await sql("update users set time_zone = $2 where id = $1", [student.id, timeZone]);
      const { code } = dataOf(await award(teacher, student));
      const [kept] = await certificatesOf(student.id);
      expect(kept?.day).toBe(localDay(kept?.ms ?? 0, timeZone));
      dataOf(await revoke(teacher, code));
    }
  });

  it("is the one that holds already, earned or awarded, whoever awards it again", async () => {
    const { teacher, pupils } = await classOf(1);
    const [student] = pupils as [Person];
    await practise(student.id, [50, 95]);
    const [earned] = dataOf(await by(student, "GET", "/awards/certificates"));
    expect(dataOf(await award(teacher, student))).toEqual(earned);
    expect(dataOf(await award(await newAdmin(), student))).toEqual(earned);
    expect(earned.awarded_by).toBeNull();
  });

  it("is told again under the same key where it had been earned before", async () => {
    const { teacher, pupils } = await classOf(1);
    const [student] = pupils as [Person];
    await practise(student.id, [50, 95]);
    const first = await award(teacher, student, {}, "page-load");
    const again = await award(teacher, student, {}, "page-load");
    expect([again.text, again.headers.get("Idempotent-Replayed")]).toEqual([first.text, "true"]);
    const { code } = dataOf(first);
    dataOf(await revoke(teacher, code));
    expect(dataOf(await award(teacher, student, {}, "page-load")).code).not.toBe(code);
  });

  it("gets the first reply again under the same key, and a new code after it was taken back", async () => {
    const { teacher, pupils } = await classOf(1);
    const [student] = pupils as [Person];
    const first = await award(teacher, student, {}, "page-load");
    const again = await award(teacher, student, {}, "page-load");
    expect([again.text, again.headers.get("Idempotent-Replayed")]).toEqual([first.text, "true"]);
    const { code } = dataOf(first);
    expect(dataOf(await revoke(teacher, code))).toEqual({ ok: true });
    const anew = dataOf(await award(teacher, student, {}, "page-load"));
    expect(anew.code).not.toBe(code);
    expect((await certificatesOf(student.id)).map((one) => one.is_revoked)).toEqual([false]);
  });

  it("is for the student's teachers and an ADMIN to give, of a skill that is there", async () => {
    const { teacher, pupils } = await classOf(1);
    const [student] = pupils as [Person];
    expectError(await award(await newTeacher(), student), 403, "forbidden");
    expectError(await award(teacher, teacher), 403, "forbidden");
    expectError(await award(teacher, { ...student, id: NOBODY }), 403, "forbidden");
    expectError(await award(await newAdmin(), { ...student, id: NOBODY }), 404, "not_found");
    expectError(await award(teacher, student, { skill_id: 999_999 }), 404, "not_found");
    expectFaults(await award(teacher, student, { type: "SILVER" }), "type");
    expect(await certificatesOf(student.id)).toEqual([]);
  });

  it("is one, however many award it at once, and while it is earned", async () => {
    const { teacher, pupils } = await classOf(1);
    const [student] = pupils as [Person];
    const admin = await newAdmin();
    const at = Date.UTC(2026, 2, 2, 12);
    const deeds = [50, 95].map((score) => ({ skillId: 1, atMs: at, day: "2026-03-02", creditMs: 1000, score }));
    const batch = batchOf(student.id, lifeOf(deeds), 0, 2);
    const answers = await Promise.all([
      ...[teacher, admin, teacher, admin, teacher, admin].map((giver) => award(giver, student)),
      drain(batch).then(() => award(teacher, student)),
      drain(batch).then(() => award(admin, student)),
    ]);
    const codes = new Set(answers.map((answer) => dataOf(answer).code.replaceAll("-", "")));
    expect([...codes]).toEqual((await certificatesOf(student.id)).map(({ code }) => code));
    expect(codes.size).toBe(1);
  });

  it("stays as it is when the student earns it, too", async () => {
    const { teacher, pupils } = await classOf(1);
    const [student] = pupils as [Person];
    const given = dataOf(await award(teacher, student));
    await practise(student.id, [50, 95]);
    expect(dataOf(await by(student, "GET", "/awards/certificates"))).toEqual([given]);
  });

  it("leaves, when it is taken back, the one that the student has earned since, until that is taken back too", async () => {
    const { teacher, pupils } = await classOf(1);
    const [student] = pupils as [Person];
    await sql("update users set time_zone = 'Asia/Tokyo' where id = $1", [student.id]);
    const given = dataOf(await award(teacher, student));
    const at = new Date(Date.parse(given.earned_at) + 60_000).toISOString();
    await practise(student.id, [50, 95], { at });
    dataOf(await revoke(teacher, given.code));
    const [earned] = dataOf(await by(student, "GET", "/awards/certificates"));
    const [ribbon] = dataOf(await by(student, "GET", "/awards")).awards.filter((one: Json) => one.threshold === 90);
    expect(earned).toMatchObject({ awarded_by: null, earned_at: ribbon.earned_at, student_name: student.name });
    expect(earned.code).not.toBe(given.code);
    const [kept] = await certificatesOf(student.id);
    expect(kept?.day).toBe(localDay(Date.parse(ribbon.earned_at), "Asia/Tokyo"));
    expect((await print(student)).status).toBe(200);
    dataOf(await revoke(teacher, earned.code));
    expect((await certificatesOf(student.id)).map((one) => one.is_revoked)).toEqual([true]);
  });

  it("leaves the one that is earned in the very moment in which it is taken back", async () => {
    const { teacher, pupils } = await classOf(12);
    const given = await Promise.all(pupils.map(async (student) => dataOf(await award(teacher, student))));
    const at = new Date(Date.now() + 60_000).toISOString();
    const practised = pupils.map(({ id }) => practise(id, [50, 95], { at }));
    const revoked = given.map(async ({ code }) => dataOf(await revoke(teacher, code)));
    await Promise.all([...practised, ...revoked]);
    for (const { id } of pupils) {
      expect(await certificatesOf(id)).toMatchObject([{ is_revoked: false, awarded_by: null }]);
    }
  });

  it("is taken back for good where its SmartScore was reached before it was given, or never", async () => {
    const { teacher, pupils } = await classOf(1);
    const [student] = pupils as [Person];
    await practise(student.id, [50, 95]);
    for (const type of ["EXCELLENCE", "MASTERY"]) {
      dataOf(await revoke(teacher, dataOf(await award(teacher, student, { type })).code));
      dataOf(await revoke(teacher, dataOf(await award(teacher, student, { type })).code));
    }
    expect((await certificatesOf(student.id)).map((one) => one.is_revoked)).toEqual([true, true]);
  });

  it("gives way, once it was taken back, to the one that the student earns", async () => {
    const { teacher, pupils } = await classOf(1);
    const [student] = pupils as [Person];
    const { code } = dataOf(await award(teacher, student));
    dataOf(await revoke(teacher, code));
    await practise(student.id, [50, 95]);
    const [earned] = dataOf(await by(student, "GET", "/awards/certificates"));
    expect(earned).toMatchObject({ awarded_by: null, earned_at: "2026-03-02T12:01:00.000Z" });
    expect(earned.code).not.toBe(code);
  });
});

describe("a certificate that is taken back", () => {
  it("is listed and printed no more, though its SmartScore was reached", async () => {
    const { teacher, pupils } = await classOf(1);
    const [student] = pupils as [Person];
    await practise(student.id, [50, 95]);
    const [{ code }] = dataOf(await by(student, "GET", "/awards/certificates"));
    for (let time = 0; time < 2; time++)
      expect(dataOf(await revoke(teacher, code.toLowerCase()))).toEqual({ ok: true });
    expect(dataOf(await by(student, "GET", "/awards/certificates"))).toEqual([]);
    const refused = await print(student);
    expectError(refused, 409, "not_earned");
    expect(refused.json().error.message).toBe("This certificate was taken back.");
  });

  it("is taken back by the student's teachers and an ADMIN alone", async () => {
    const { teacher, pupils } = await classOf(1);
    const [student] = pupils as [Person];
    const { code } = dataOf(await award(teacher, student));
    expectError(await revoke(student, code), 403, "forbidden");
    expectError(await revoke(await newTeacher(), code), 403, "forbidden");
    expectError(await revoke(teacher, "0".repeat(20)), 404, "not_found");
    expectError(await revoke(teacher, "not-a-code"), 400, "validation_error");
    expect((await certificatesOf(student.id)).map((one) => one.is_revoked)).toEqual([false]);
    expect(dataOf(await revoke(await newAdmin(), code))).toEqual({ ok: true });
  });
});
