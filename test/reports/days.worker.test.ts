import { expect, it } from "vitest";
import { enrol, newClass, newStudent, newTeacher, type Person } from "../classrooms/school.ts";
import { type Json, sql } from "../worker/client.ts";
import { ask, reportOf } from "./asking.ts";
import { recordHistory } from "./student/history.ts";

const DAY_SEC = 86_400;

/** A teacher's class in a time zone with one student, who may have a zone of their own. */
async function classIn(timeZone: string, own: string | null = null) {
  const teacher = await newTeacher();
  const { id } = await newClass(teacher, { time_zone: timeZone });
  const student = await newStudent();
  await sql("update users set time_zone = $2 where id = $1", [student.id, own]);
  await enrol(teacher, id, student);
  return { teacher, student, id, path: (report: string) => `/teacher/classrooms/${id}/${report}` };
}

it("a class's today is the latest day that it is for its students: none is cut off who lives ahead of the class", async () => {
  // 26 hours ahead: in whatever hour this runs, it is another day there.
  const { teacher, student, path } = await classIn("Etc/GMT+12", "Etc/GMT-14");
  const startedAt = new Date(Date.now() - 60_000).toISOString();
  await recordHistory(
    student.id,
    [{ skillId: 1, startedAt, deeds: [{ did: "answer", afterSec: 5, right: true }] }],
    "Etc/GMT-14",
  );
  const today = new Date(Date.now() - 55_000 + 14 * 3_600_000).toISOString().slice(0, 10);
  const { data, meta } = await reportOf(teacher, path("quick-view"));
  expect(meta.period.to >= today).toBe(true);
  expect(data.spans.map(({ active_students }: Json) => active_students)).toEqual([1, 1]);
  expect((await reportOf(teacher, path("usage"))).data.sessions).toHaveLength(1);
});

it("today is each student's own: who lives ahead of the others leaves what these do today in it", async () => {
  const { teacher, student, id, path } = await classIn("UTC", "Etc/GMT+12");
  const answeredNow = (person: Person, timeZone: string) =>
    recordHistory(
      person.id,
      [
        {
          skillId: 1,
          startedAt: new Date(Date.now() - 5_000).toISOString(),
          deeds: [{ did: "answer", afterSec: 5, right: true }],
        },
      ],
      timeZone,
    );
  await answeredNow(student, "Etc/GMT+12");
  const activeToday = async () => {
    const { data, meta } = await reportOf(teacher, path("quick-view"));
    const [day] = data.spans;
    return {
      span: day.span,
      active: day.active_students,
      isOneDay: day.from === day.to,
      endsWith: day.to === meta.period.to,
    };
  };
  expect(await activeToday()).toEqual({ span: "DAY", active: 1, isOneDay: true, endsWith: true });
  const ahead = await newStudent();
  await sql("update users set time_zone = 'Etc/GMT-14' where id = $1", [ahead.id]);
  await enrol(teacher, id, ahead);
  expect(await activeToday()).toEqual({ span: "DAY", active: 1, isOneDay: false, endsWith: true });
  await answeredNow(ahead, "Etc/GMT-14");
  expect(await activeToday()).toEqual({ span: "DAY", active: 2, isOneDay: false, endsWith: true });
  // A last day that is asked for is the same day to all.
  const { from } = (await reportOf(teacher, path("quick-view"))).data.spans[0];
  const asked = await reportOf(teacher, path("quick-view"), { to: from });
  expect(asked.data.spans[0]).toMatchObject({ from, to: from, active_students: 1 });
});

it("a time zone that the database does not know, as the runtime knew it once, counts days as UTC does", async () => {
  const { teacher, student, path } = await classIn("UTC", "Mars/Olympus_Mons");
  await sql("update classrooms set time_zone = 'Mars/Utopia' where teacher_id = $1", [teacher.id]);
  const periods = [await reportOf(student, "/analytics/usage"), await reportOf(teacher, path("usage"))];
  const days = [0, 60_000].map((ms) => new Date(Date.now() - ms).toISOString().slice(0, 10));
  for (const { meta } of periods) expect(days).toContain(meta.period.to);
  await sql("update classrooms set archived_at = '2026-02-11T20:00:00Z' where teacher_id = $1", [teacher.id]);
  expect((await reportOf(teacher, path("usage"))).meta.period.to).toBe("2026-02-11");
});

it("a class without students has its own today", async () => {
  const { teacher, student, path } = await classIn("Etc/GMT-14");
  await sql("delete from enrolments where student_id = $1", [student.id]);
  const { meta } = await reportOf(teacher, path("usage"));
  const days = [0, 1].map((sec) => new Date(Date.now() - sec * 60_000 + 14 * 3_600_000).toISOString().slice(0, 10));
  expect(days).toContain(meta.period.to);
});

it("a session counts on the day of its first answer, however long before it was started", async () => {
  const { teacher, student, path } = await classIn("UTC");
  await recordHistory(student.id, [
    {
      skillId: 1,
      startedAt: "2026-02-01T10:00:00.000Z",
      deeds: [{ did: "answer", afterSec: 9 * DAY_SEC, right: true }],
    },
  ]);
  const started = async (query: { from: string; to: string }) => {
    const reports = [await reportOf(teacher, path("usage"), query), await reportOf(student, "/analytics/usage", query)];
    return reports.map(({ data }) => data.sessions.map(({ started_at }: Json) => started_at));
  };
  const itself = ["2026-02-01T10:00:00.000Z"];
  expect(await started({ from: "2026-02-10", to: "2026-02-10" })).toEqual([itself, itself]);
  expect(await started({ from: "2026-02-01", to: "2026-02-09" })).toEqual([[], []]);
  expect(await started({ from: "2026-02-11", to: "2026-02-20" })).toEqual([[], []]);
});

it("groups of a skill that there is not are not found", async () => {
  const { teacher, path } = await classIn("UTC");
  expect((await ask(teacher, path("groups"), { skill_id: 2_147_483_647 })).status).toBe(404);
  expect((await ask(teacher, path("groups"), { skill_id: 1 })).status).toBe(200);
});
