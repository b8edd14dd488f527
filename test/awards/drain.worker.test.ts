import { describe, expect, it } from "vitest";
import { newStudent } from "../classrooms/school.ts";
import { sql } from "../worker/client.ts";
import { awardsOf, batchOf, certificatesOf, type Deed, drain, lifeOf, practise } from "./lives.ts";
import { randomDeeds, randomFrom, SKILLS } from "./random-deeds.ts";
import { awardsFrom } from "./recomputed.ts";

describe("what a history has earned, and when, is what a recount finds", () => {
  it.each([1, 2, 3, 4])("however its batches are cut, repeated, late or two at once (%i)", async (seed) => {
    const random = randomFrom(seed);
    const [student, deeds] = [await newStudent(), randomDeeds(random)];
    const life = lifeOf(deeds);
    for (let mark = 0; mark < deeds.length; ) {
      const from = Math.max(0, mark - Math.floor(random() * 30));
      const to = Math.min(deeds.length, mark + 1 + Math.floor(random() ** 3 * 90));
      const tries = [batchOf(student.id, life, from, to), batchOf(student.id, life, mark, to)];
      await Promise.all(random() < 0.3 ? tries.map(drain) : tries.slice(0, 1).map(drain));
      if (random() < 0.2) await drain(batchOf(student.id, life, 0, from));
      mark = to;
    }
    const expected = awardsFrom(deeds);
    expect(expected.length).toBeGreaterThan(25);
    expect(await awardsOf(student.id)).toEqual(expected);
    expect((await certificatesOf(student.id)).map((one) => `${one.type} ${one.skill_id} ${one.ms}`)).toEqual(
      certificatesFrom(deeds),
    );
  });
});

function certificatesFrom(deeds: readonly Deed[]): string[] {
  return SKILLS.flatMap((skillId) =>
    (["EXCELLENCE", "MASTERY"] as const).flatMap((type) => {
      const earning = deeds.find(
        (one) => one.skillId === skillId && (one.score ?? 0) >= (type === "MASTERY" ? 100 : 90),
      );
      return earning ? [`${type} ${skillId} ${earning.atMs}`] : [];
    }),
  );
}

describe("a certificate", () => {
  it("carries the name as it is when it is earned", async () => {
    const { id } = await newStudent("Ngân Đặng");
    await practise(id, [60, 92]);
    await sql("update users set full_name = 'Another Name' where id = $1", [id]);
    await practise(id, [100], { at: "2026-03-03T12:00:00.000Z" });
    expect((await certificatesOf(id)).map((one) => [one.type, one.student_name, one.awarded_by])).toEqual([
      ["EXCELLENCE", "Ngân Đặng", null],
      ["MASTERY", "Another Name", null],
    ]);
  });

  it("has a code of its own that nobody can guess, also where one batch earns several", async () => {
    const students = await Promise.all([newStudent(), newStudent()]);
    for (const { id } of students) await practise(id, [50, 100]);
    const rows = await Promise.all(students.map(({ id }) => certificatesOf(id)));
    const codes = rows.flat().map(({ code }) => code);
    expect(new Set(codes).size).toBe(4);
    for (const code of codes) expect(code).toMatch(/^[0-9A-F]{20}$/);
  });

  it("that was taken back after it was earned is not made again by earning it again", async () => {
    const { id } = await newStudent();
    await practise(id, [50, 91]);
    const [{ code } = { code: "" }] = await certificatesOf(id);
    await sql("update certificates set revoked_at = now() where code = $1", [code]);
    await practise(id, [80, 95], { at: "2026-03-04T12:00:00.000Z" });
    expect((await certificatesOf(id)).map((one) => [one.code, one.is_revoked])).toEqual([[code, true]]);
  });
});

describe("a streak", () => {
  const on = (day: string) => ({ at: `${day}T12:00:00.000Z` });

  it("grows by days with an answer alone", async () => {
    const { id } = await newStudent();
    const time = { skillId: 1, creditMs: 60_000, atMs: Date.parse("2026-03-03T12:00:00Z"), day: "2026-03-03" };
    await practise(id, [5], on("2026-03-02"));
    await drain(batchOf(id, lifeOf([time], 1), 0, 1));
    await practise(id, [6], on("2026-03-04"));
    expect(await awardsOf(id)).toEqual([]);
    await practise(id, [7], on("2026-03-05"));
    await practise(id, [8], on("2026-03-06"));
    expect(await awardsOf(id)).toEqual(["2026-03-06T12:00:00.000Z STREAK 3"]);
  });
});
