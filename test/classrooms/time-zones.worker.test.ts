import { describe, expect, it } from "vitest";
import { type Json, sql } from "../worker/client.ts";
import { begin, inObject } from "../worker/practice.ts";
import { addCoTeacher, by, classOf, dataOf, enrol, newClass, newStudent, newTeacher, type Person } from "./school.ts";

/** Whose days a student's live practice counts. */
async function zoneOf({ id }: Person): Promise<string> {
  const [row] = await inObject<{ profile: string }>(id, "SELECT profile FROM student");
  const profile: Json = JSON.parse(row?.profile ?? "{}");
  return profile.timeZone;
}

const expectZone = (student: Person, timeZone: string) =>
  expect.poll(() => zoneOf(student), { timeout: 10_000 }).toBe(timeZone);

/** Students who have begun to practise. */
async function practising(...students: readonly Person[]) {
  for (const student of students) await begin(student);
}

const change = async (teacher: Person, classroomId: string, body: Record<string, unknown>) =>
  dataOf(await by(teacher, "PATCH", `/classrooms/${classroomId}`, body));

describe("whose days a student's practice counts", () => {
  it("follows the time zone of their class, its archive, and their coming and going", async () => {
    const { teacher, pupils, classroom } = await classOf(2);
    const [one, two] = pupils as [Person, Person];
    await practising(one, two);
    expect(await zoneOf(one)).toBe("UTC");
    await change(teacher, classroom.id, { time_zone: "Asia/Tokyo" });
    await expectZone(one, "Asia/Tokyo");
    await expectZone(two, "Asia/Tokyo");
    await change(teacher, classroom.id, { archived: true });
    await expectZone(one, "UTC");
    await change(teacher, classroom.id, { archived: false });
    await expectZone(one, "Asia/Tokyo");
    dataOf(await by(one, "POST", `/classrooms/${classroom.id}/leave`));
    await expectZone(one, "UTC");
    dataOf(await by(one, "POST", "/classrooms/join", { join_code: classroom.join_code }));
    await expectZone(one, "Asia/Tokyo");
    dataOf(await by(teacher, "DELETE", `/classrooms/${classroom.id}/students/${two.id}`));
    await expectZone(two, "UTC");
    await enrol(teacher, classroom.id, two);
    await expectZone(two, "Asia/Tokyo");
    await change(teacher, classroom.id, { time_zone: null });
    await expectZone(two, "UTC");
  });

  it("is that of their oldest open class, and their own before any", async () => {
    const [teacher, student, settled] = await Promise.all([newTeacher(), newStudent(), newStudent()]);
    await sql("update users set time_zone = 'America/New_York' where id = $1", [settled.id]);
    await practising(student, settled);
    const first = await newClass(teacher, { time_zone: "Europe/Paris" });
    const second = await newClass(teacher, { time_zone: "Asia/Tokyo" });
    await enrol(teacher, second.id, student, settled);
    await expectZone(student, "Asia/Tokyo");
    await enrol(teacher, first.id, student, settled);
    await expectZone(student, "Europe/Paris");
    const other = await newTeacher();
    await addCoTeacher(teacher, first.id, other);
    await change(other, first.id, { time_zone: "Europe/Rome" });
    await expectZone(student, "Europe/Rome");
    expect(await zoneOf(settled)).toBe("America/New_York");
  });
});
