import { beforeAll, describe, expect, it } from "vitest";
import { enrol, newClass, newStudent, newTeacher, type Person } from "../classrooms/school.ts";
import { type Json, sql } from "../worker/client.ts";
import { csvOf, EVER, type Query, reportOf } from "./asking.ts";
import { randomHistory, type Scene, sceneOf } from "./scene.ts";
import { type Deed, recordHistory } from "./student/history.ts";

let scene: Scene;

beforeAll(async () => {
  scene = await sceneOf([71, 72, 73].map((seed) => randomHistory(seed, 14)));
}, 60_000);

const classPath = (report: string) => `/teacher/classrooms/${scene.classroomId}/${report}`;

/** Follows the cursors of a report from its first page on; `between` happens after each page. */
async function allPages(path: string, query: Query, between = async () => {}) {
  const pages = [await reportOf(scene.teacher, path, query)];
  for (let last = pages[0]; last.meta.next_cursor; last = pages.at(-1)) {
    await between();
    pages.push(await reportOf(scene.teacher, path, { ...query, cursor: last.meta.next_cursor }));
  }
  return pages;
}

let late = 0;

/** A newcomer to the class, who has practised just now: later than everybody before. */
async function somebodyPractises(): Promise<void> {
  const student: Person = await newStudent("Aa Newcomer");
  await enrol(scene.teacher, scene.classroomId, student);
  late += 1;
  const deeds: Deed[] = [{ did: "answer", afterSec: 5, right: late % 2 === 0 }];
  const startedAt = new Date(Date.UTC(2026, 6, late)).toISOString();
  await recordHistory(student.id, [{ skillId: 2, startedAt, deeds }]);
}

const REPORTS = [
  { report: "usage", rows: (data: Json) => data.sessions, id: (row: Json) => row.session_id },
  { report: "skills/2/questions-log", rows: (data: Json) => data.attempts, id: (row: Json) => row.attempt_id },
  { report: "progress", rows: (data: Json) => data.rows, id: (row: Json) => `${row.student_id} ${row.skill_id}` },
];

describe.each(REPORTS)("the pages of a class's $report", ({ report, rows, id }) => {
  const idsOf = (pages: readonly Json[]) => pages.flatMap(({ data }) => rows(data).map(id));

  it("hold each row once, in the order of the whole", async () => {
    const whole = await reportOf(scene.teacher, classPath(report), EVER);
    expect(whole.meta.next_cursor ?? whole.meta.truncated).toBeUndefined();
    for (const limit of [3, 500]) {
      const pages = await allPages(classPath(report), { ...EVER, limit });
      expect(idsOf(pages)).toEqual(idsOf([whole]));
      for (const { data } of pages.slice(0, -1)) expect(rows(data)).toHaveLength(limit);
    }
  });

  it("neither repeat nor miss a row while answers come in", async () => {
    const known = idsOf([await reportOf(scene.teacher, classPath(report), EVER)]);
    const ids = idsOf(await allPages(classPath(report), { ...EVER, limit: 9 }, somebodyPractises));
    // Who is new may stand further on by name, but nowhere twice; by time what is new comes before it all.
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((one) => known.includes(one))).toEqual(known);
    if (report !== "progress") expect(ids).toEqual(known);
  });
});

it("a CSV without a page goes on until all is there, one page of it where a page is asked for", async () => {
  const path = classPath("skills/2/questions-log");
  await sql(
    `insert into attempts select (r).* from (
       select jsonb_populate_record(attempts, jsonb_build_object('id', gen_random_uuid(),
         'answered_at', answered_at + n * interval '1 second')) as r
       from attempts, generate_series(1, 2600) as n
       where id = (
         select id from attempts where skill_id = 2 and student_id = any($1::uuid[]) limit 1)) as copies`,
    [scene.pupils.map(({ person }) => person.id)],
  );
  const [row] = await sql<{ n: number }>(
    `select count(*)::int as n from attempts where skill_id = 2 and student_id in (
       select student_id from enrolments where classroom_id = $1)`,
    [scene.classroomId],
  );
  const whole = await reportOf(scene.teacher, path);
  expect(whole.data.attempts).toHaveLength(500);
  expect(whole.meta.truncated).toBe(true);
  const { header, lines } = await csvOf(scene.teacher, path);
  expect(lines).toHaveLength(row?.n ?? 0);
  const ids = lines.map((line) => line[header.indexOf("attempt_id")]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.slice(0, 500)).toEqual(whole.data.attempts.map(({ attempt_id }: Json) => attempt_id));
  expect((await csvOf(scene.teacher, path, { limit: 7 })).lines).toHaveLength(7);
});

describe("the period of a report that has its own", () => {
  const lengthOf = async (report: string, person: Pick<Person, "token">, query: Query = {}) => {
    const { meta } = await reportOf(person, report, query);
    return (Date.parse(meta.period.to) - Date.parse(meta.period.from)) / 86_400_000 + 1;
  };

  it("is its last days up to today, or up to the last day that is asked for", async () => {
    const [pupil] = scene.pupils;
    if (!pupil) throw new Error("the scene has students");
    for (const [report, days] of [
      ["usage", 7],
      ["trouble-spots", 30],
    ] as const) {
      expect(await lengthOf(`/analytics/${report}`, pupil.person)).toBe(days);
      expect(await lengthOf(classPath(report), scene.teacher)).toBe(days);
      const { meta } = await reportOf(scene.teacher, classPath(report), { to: "2026-01-20" });
      expect(meta.period.to).toBe("2026-01-20");
      expect(await lengthOf(classPath(report), scene.teacher, { to: "2026-01-20" })).toBe(days);
    }
    const { meta } = await reportOf(scene.teacher, classPath("quick-view"));
    const today = new Date().toISOString().slice(0, 10);
    expect(Math.abs(Date.parse(meta.period.to) - Date.parse(today))).toBeLessThanOrEqual(86_400_000);
    expect((await reportOf(scene.teacher, classPath("progress"))).meta.period).toEqual({ from: null, to: null });
  });
});

it("pages of the last seven days are of the same seven, though another day has begun meanwhile", async () => {
  const teacher = await newTeacher();
  const { id } = await newClass(teacher);
  const student = await newStudent();
  await enrol(teacher, id, student);
  // A day begins for them by their moving ahead: 26 hours, so that it is another one in whatever hour this runs.
  const liveIn = (timeZone: string) => sql("update users set time_zone = $2 where id = $1", [student.id, timeZone]);
  await liveIn("Etc/GMT+12");
  const deeds: Deed[] = [{ did: "answer", afterSec: 5, right: true }];
  const daysAgo = (n: number) => new Date(Date.now() - n * 86_400_000 - 5_000).toISOString();
  const past = Array.from({ length: 7 }, (_, n) => ({ skillId: 1 + n, startedAt: daysAgo(6 - n), deeds }));
  await recordHistory(student.id, past, "Etc/GMT+12");
  for (const [person, path] of [
    [student, "/analytics/usage"],
    [teacher, `/teacher/classrooms/${id}/usage`],
  ] as const) {
    const first = await reportOf(person, path, { limit: 3 });
    await liveIn("Etc/GMT-14");
    const rest = await reportOf(person, path, { limit: 500, cursor: first.meta.next_cursor });
    const anew = await reportOf(person, path);
    await liveIn("Etc/GMT+12");
    expect(rest.meta.period).toEqual(first.meta.period);
    expect(anew.meta.period).not.toEqual(first.meta.period);
    expect([...first.data.sessions, ...rest.data.sessions].map((row: Json) => row.skill_id)).toEqual([
      7, 6, 5, 4, 3, 2, 1,
    ]);
    expect(rest.data.days).toEqual(first.data.days);
  }
});

it("a cursor of another report is refused, and one that no report gave", async () => {
  const { meta } = await reportOf(scene.teacher, classPath("progress"), { limit: 1 });
  await expect(reportOf(scene.teacher, classPath("usage"), { cursor: meta.next_cursor })).rejects.toThrow(/422/);
  for (const name of ["sam\0student", "sam \ud800", "s".repeat(401)]) {
    const cursor = btoa(JSON.stringify({ after: [name, scene.teacher.id, 1] }).replace("\ud800", "\\ud800"));
    await expect(reportOf(scene.teacher, classPath("progress"), { cursor })).rejects.toThrow(/422/);
  }
});

it("progress goes on from where it was, though its student is called otherwise by now", async () => {
  const idOf = ({ student_id, skill_id }: Json) => `${student_id} ${skill_id}`;
  const whole = (await reportOf(scene.teacher, classPath("progress"), EVER)).data.rows;
  const { data, meta } = await reportOf(scene.teacher, classPath("progress"), { ...EVER, limit: 2 });
  const [{ student_id: renamed, full_name }] = data.rows;
  await sql("update users set full_name = 'Zzzz' where id = $1", [renamed]);
  const rest = await reportOf(scene.teacher, classPath("progress"), { ...EVER, limit: 500, cursor: meta.next_cursor });
  await sql("update users set full_name = $2 where id = $1", [renamed, full_name]);
  const ofOthers = (rows: Json[]) => rows.filter(({ student_id }) => student_id !== renamed).map(idOf);
  expect(ofOthers(whole).length).toBeGreaterThan(0);
  expect(ofOthers(rest.data.rows)).toEqual(ofOthers(whole));
});
