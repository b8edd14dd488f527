import { beforeAll, describe, expect, it } from "vitest";
import { enrol, newClass, newStudent, newTeacher, type Person } from "../classrooms/school.ts";
import { sql } from "../worker/client.ts";
import { type Query, reportOf } from "./asking.ts";
import { type Deed, recordHistory } from "./student/history.ts";

const answers = (...right: boolean[]): Deed[] => right.map((each) => ({ did: "answer", afterSec: 20, right: each }));

const BEFORE = [
  { skillId: 1, startedAt: "2026-02-03T10:00:00.000Z", startScore: 40, deeds: answers(true, false, true) },
  { skillId: 2, startedAt: "2026-02-10T10:00:00.000Z", startScore: 80, deeds: answers(true, true, false) },
];
// On the evening of the archive's day where the class is, the next day in UTC.
const LAST = [{ skillId: 2, startedAt: "2026-02-12T02:00:00.000Z", deeds: answers(false, true) }];
const AFTER = [
  { skillId: 1, startedAt: "2026-02-12T15:00:00.000Z", startScore: 90, deeds: answers(true, true, true, false) },
  { skillId: 3, startedAt: "2026-02-20T10:00:00.000Z", startScore: 20, deeds: answers(false, false) },
];
const ZONE = "America/New_York";

let teacher: Person;
/** A class of a student who practised on and after it was archived, and one of a student with the same past who stopped. */
let archived: string;
let left: string;

beforeAll(async () => {
  teacher = await newTeacher();
  const ofOne = async (past: Parameters<typeof recordHistory>[1]) => {
    const { id } = await newClass(teacher, { title: "Room 9", time_zone: ZONE });
    const student = await newStudent("Pat");
    await enrol(teacher, id, student);
    await recordHistory(student.id, past, ZONE);
    await sql("update classrooms set archived_at = '2026-02-11T20:00:00Z' where id = $1", [id]);
    return id;
  };
  archived = await ofOne([...BEFORE, ...LAST, ...AFTER]);
  left = await ofOne([...BEFORE, ...LAST]);
});

const REPORTS = [
  "quick-view",
  "usage",
  "score-grid",
  "skills/1/score-chart",
  "trouble-spots",
  "progress",
  "skills/1/questions-log",
  "skills/1/item-analysis",
  "groups",
  "effort",
];

const IDS = new Set(["classroom_id", "student_id", "session_id", "attempt_id"]);

/** A report but for whom it is of: ids differ from class to class. */
async function shown(classroomId: string, report: string, query: Query) {
  const { data, meta } = await reportOf(teacher, `/teacher/classrooms/${classroomId}/${report}`, query);
  const text = JSON.stringify({ data, meta }, (name, value) => (IDS.has(name) ? undefined : value));
  return JSON.parse(text);
}

describe("what students do after their class was archived is in none of its reports", () => {
  it.each(REPORTS)("%s", async (report) => {
    for (const query of [{}, { from: "2026-02-01" }, { from: "2026-02-01", to: "2026-03-31" }, { to: "2026-02-28" }]) {
      const [ofBusy, ofIdle] = [await shown(archived, report, query), await shown(left, report, query)];
      expect(ofBusy).toEqual(ofIdle);
      expect(ofBusy.meta.period.to).toBe("2026-02-11");
    }
    const { meta } = await shown(archived, report, { to: "2026-02-08" });
    expect(meta.period.to).toBe("2026-02-08");
  });

  it("nor in its figures", async () => {
    const figures = async (id: string) => (await reportOf(teacher, `/teacher/analytics/classroom/${id}`)).data;
    const { avg_best_smartscore, students } = await figures(archived);
    expect(avg_best_smartscore).toBe((await figures(left)).avg_best_smartscore);
    expect(students[0].avg_best_smartscore).toBe(avg_best_smartscore);
    expect(avg_best_smartscore).toBeGreaterThan(0);
  });

  it("but all is there again when it comes out of the archive", async () => {
    await sql("update classrooms set archived_at = null where id = $1", [archived]);
    const { data } = await reportOf(teacher, `/teacher/classrooms/${archived}/progress`);
    await sql("update classrooms set archived_at = '2026-02-11T20:00:00Z' where id = $1", [archived]);
    expect(data.rows.map(({ skill_id }: { skill_id: number }) => skill_id)).toEqual([1, 2, 3]);
  });
});

it("of students who live by another zone than their class, nothing after their own day of the archive is shown", async () => {
  const zone = "America/Los_Angeles";
  const { id } = await newClass(teacher);
  const student = await newStudent();
  await enrol(teacher, id, student);
  await sql("update users set time_zone = $2 where id = $1", [student.id, zone]);
  const before = { skillId: 1, startedAt: "2026-02-12T03:00:00.000Z", deeds: answers(true, false) };
  const after = { skillId: 2, startedAt: "2026-02-12T18:00:00.000Z", startScore: 80, deeds: answers(true) };
  await recordHistory(student.id, [before, after], zone);
  // Eight in the evening where they are, the next day in UTC.
  await sql("update classrooms set archived_at = '2026-02-12T04:00:00Z' where id = $1", [id]);
  const { data, meta } = await reportOf(teacher, `/teacher/classrooms/${id}/progress`);
  expect(meta.period.to).toBe("2026-02-11");
  expect(data.rows).toMatchObject([{ skill_id: 1, questions: 2 }]);
  const [best] = (await reportOf(teacher, `/teacher/classrooms/${id}/score-grid`)).data.students[0].smartscores;
  const { avg_best_smartscore } = (await reportOf(teacher, `/teacher/analytics/classroom/${id}`)).data;
  expect([best, avg_best_smartscore]).toEqual([17, 17]);
});
