import { beforeAll, describe, expect, it, vi } from "vitest";
import { createApp } from "../../src/app.ts";
import { addCoTeacher, enrol, newPerson, newStudent, newTeacher, type Person } from "../classrooms/school.ts";
import { platform } from "../http/call.ts";
import { servicesWith } from "../worker/apps.ts";
import { type Answer, sql } from "../worker/client.ts";
import { edgeAt, emptyPlace } from "../worker/edge.ts";
import { ask, EVER, type Query, reportOf } from "./asking.ts";
import { randomHistory, type Scene, sceneOf } from "./scene.ts";
import { recordHistory } from "./student/history.ts";

let scene: Scene;
let pupil: Person;
let coTeacher: Person;

beforeAll(async () => {
  scene = await sceneOf([61, 62].map((seed) => randomHistory(seed, 6)));
  const [first] = scene.pupils;
  if (!first) throw new Error("the scene has students");
  pupil = first.person;
  coTeacher = await newTeacher();
  await addCoTeacher(scene.teacher, scene.classroomId, coTeacher);
}, 60_000);

const classPath = (report: string) => `/teacher/classrooms/${scene.classroomId}/${report}`;

/** How many statements an answer took. */
async function counted(work: () => Promise<Answer>) {
  const answers: Answer[] = [];
  const { postgres, redis } = await platform.counted(async () => {
    answers.push(await work());
  });
  const [answer] = answers;
  if (!answer) throw new Error("nothing was answered");
  return { answer, statements: postgres.statements, redis: redis.requests };
}

const etagOf = ({ headers }: Answer) => headers.get("ETag") ?? "";

/** Another answer of a student's, later than all before. */
const practiseMore = async (student: Person, seqFrom: number) => {
  await sql("update practice_marks set drained_seq = 0 where student_id = $1", [student.id]);
  await recordHistory(student.id, [
    {
      skillId: 3,
      startedAt: new Date(Date.UTC(2026, 5, 1, 0, seqFrom)).toISOString(),
      deeds: [{ did: "answer", afterSec: 5, right: true }],
    },
  ]);
};

const OF_STUDENT = [
  "summary",
  "usage",
  "score-chart",
  "trouble-spots",
  "progress",
  "overview",
  "skills",
  "all-questions",
  "skills/2/questions-log",
];
const OF_CLASS = [
  "quick-view",
  "usage",
  "score-grid",
  "skills/2/score-chart",
  "trouble-spots",
  "progress",
  "skills/2/questions-log",
  "skills/2/item-analysis",
  "groups",
  "effort",
];

describe("a student's report is one statement, and who has it already is told so by one small one", () => {
  it.each(OF_STUDENT)("%s", async (report) => {
    const path = `/analytics/${report}`;
    const first = await counted(() => ask(pupil, path));
    expect(first).toMatchObject({ statements: 1, redis: 0, answer: { status: 200 } });
    expect(first.answer.headers.get("Cache-Control")).toBe("private, no-cache");
    const again = await counted(() => ask(pupil, path, {}, { "If-None-Match": etagOf(first.answer) }));
    expect(again).toMatchObject({ statements: 1, answer: { status: 304, text: "" } });
    expect(etagOf(again.answer)).toBe(etagOf(first.answer));
    const byTeacher = await ask(
      scene.teacher,
      path,
      { student_id: pupil.id },
      { "If-None-Match": etagOf(first.answer) },
    );
    expect(byTeacher.status).toBe(200);
  });
});

describe("a class's report is two statements, and one for whoever comes next", () => {
  it.each(OF_CLASS)("%s", async (report) => {
    // A period that no other test asks for.
    const query: Query = { from: "2026-01-02", to: "2026-08-02" };
    const first = await counted(() => ask(scene.teacher, classPath(report), query));
    expect(first).toMatchObject({ statements: 2, redis: 0, answer: { status: 200 } });
    const second = await counted(() => ask(coTeacher, classPath(report), query));
    expect(second).toMatchObject({ statements: 1, answer: { status: 200, text: first.answer.text } });
    const unchanged = { "If-None-Match": etagOf(first.answer) };
    expect(await counted(() => ask(coTeacher, classPath(report), query, unchanged))).toMatchObject({
      statements: 1,
      answer: { status: 304, text: "" },
    });
    const csv = await counted(() => ask(coTeacher, classPath(report), { ...query, format: "csv" }));
    expect(etagOf(csv.answer)).not.toBe(etagOf(first.answer));
    expect(csv).toMatchObject({ statements: 2, answer: { status: 200 } });
    expect(await counted(() => ask(scene.teacher, classPath(report), { ...query, format: "csv" }))).toMatchObject({
      statements: 1,
      answer: { status: 200, text: csv.answer.text },
    });
  });

  it("usage by session, as CSV", async () => {
    const query: Query = { from: "2026-01-02", to: "2026-08-02", format: "csv", table: "sessions" };
    const first = await counted(() => ask(scene.teacher, classPath("usage"), query));
    expect(first).toMatchObject({ statements: 2, answer: { status: 200 } });
    expect(await counted(() => ask(coTeacher, classPath("usage"), query))).toMatchObject({
      statements: 1,
      answer: { status: 200, text: first.answer.text },
    });
  });
});

describe("a report that somebody has is told to be another one", () => {
  const query = { ...EVER, to: "2026-12-30" };
  const moved = async (change: () => Promise<unknown>, path = classPath("usage"), person = scene.teacher) => {
    const before = await ask(person, path, query);
    await change();
    const after = await ask(person, path, query, { "If-None-Match": etagOf(before) });
    expect(after.status).toBe(200);
    expect(etagOf(after)).not.toBe(etagOf(before));
    return { before: before.json().data, after: after.json().data };
  };

  it("when somebody has practised", async () => {
    const { before, after } = await moved(() => practiseMore(pupil, 1));
    const questions = (data: { students: { questions: number }[] }) =>
      data.students.reduce((sum, student) => sum + student.questions, 0);
    expect(questions(after)).toBe(questions(before) + 1);
    await moved(() => practiseMore(pupil, 2), "/analytics/usage", pupil);
  });

  it("when somebody is called otherwise, or comes, or leaves", async () => {
    const renamed = await moved(() => sql("update users set full_name = 'Renamed' where id = $1", [pupil.id]));
    expect(JSON.stringify(renamed.after)).toContain("Renamed");
    const newcomer = await newStudent("New Comer");
    expect((await moved(() => enrol(scene.teacher, scene.classroomId, newcomer))).after.student_count).toBe(3);
    const left = () => sql("delete from enrolments where student_id = $1", [newcomer.id]);
    expect((await moved(left)).after.student_count).toBe(2);
  });

  it("when something is assigned", async () => {
    const assign = () =>
      sql(
        `with given as (
           insert into assignments (id, classroom_id, skill_id) values (gen_random_uuid(), $1, 16) returning id)
         insert into assigned_work (assignment_id, student_id, skill_id) select id, $2, 16 from given`,
        [scene.classroomId, pupil.id],
      );
    const chart = await moved(assign, "/analytics/score-chart", pupil);
    expect(chart.after.skills.find(({ skill_id }: { skill_id: number }) => skill_id === 16)).toMatchObject({
      is_assigned: true,
    });
    const next = await reportOf(pupil, "/analytics/summary");
    expect(next.data.next_skills[0]).toMatchObject({ skill_id: 16, reason: "ASSIGNED" });
    const setArchived = (at: string | null) => () =>
      sql("update classrooms set archived_at = $2 where id = $1", [scene.classroomId, at]);
    const archived = await moved(setArchived("2026-08-01"), "/analytics/score-chart", pupil);
    expect(JSON.stringify(archived.after)).not.toContain('"is_assigned":true');
    await moved(setArchived(null), "/analytics/score-chart", pupil);
    const leave = () => sql("delete from enrolments where student_id = $1", [pupil.id]);
    const left = await moved(leave, "/analytics/score-chart", pupil);
    expect(JSON.stringify(left.after)).not.toContain('"is_assigned":true');
    expect(JSON.stringify(await reportOf(pupil, "/analytics/summary"))).not.toContain("ASSIGNED");
    await moved(() => enrol(scene.teacher, scene.classroomId, pupil), "/analytics/score-chart", pupil);
  });
});

it.each([
  ["a student's", () => [pupil, "/analytics/usage"] as const],
  ["a class's", () => [scene.teacher, classPath("usage")] as const],
])("%s report is another one with other code", async (_whose, of) => {
  const [person, path] = of();
  const services = servicesWith();
  const told = async (version: string, etag = "") => {
    const headers = { Authorization: `Bearer ${person.token}`, "If-None-Match": etag };
    const response = await createApp({ ...services, version }).request(`/api/v1${path}`, { headers });
    return { status: response.status, etag: response.headers.get("ETag") ?? "" };
  };
  const { etag } = await told("one");
  expect(await told("one", etag)).toEqual({ status: 304, etag });
  const other = await told("other", etag);
  expect(other.status).toBe(200);
  expect(other.etag).not.toBe(etag);
});

describe("what is kept of a class is shown to nobody who may not see it", () => {
  it("not to another teacher, nor to one who taught it, nor to a student", async () => {
    const stranger = await newTeacher();
    const leaving = await newTeacher();
    await addCoTeacher(scene.teacher, scene.classroomId, leaving);
    const kept = await ask(leaving, classPath("usage"), EVER);
    expect(kept.status).toBe(200);
    await sql("delete from classroom_teachers where teacher_id = $1", [leaving.id]);
    for (const person of [stranger, leaving, pupil]) {
      const refused = await ask(person, classPath("usage"), EVER, { "If-None-Match": etagOf(kept) });
      expect(refused.status).toBe(403);
    }
    expect((await ask(await newPerson("ADMIN"), classPath("usage"), EVER)).text).toBe(kept.text);
  });

  it("and a class that does not exist is not found", async () => {
    const nowhere = "/teacher/classrooms/0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001/usage";
    expect((await ask(scene.teacher, nowhere)).status).toBe(404);
    expect((await ask(scene.teacher, "/teacher/classrooms/12/usage")).status).toBe(400);
    expect((await ask(scene.teacher, classPath("skills/2147483647/score-chart"))).status).toBe(404);
  });
});

it("an isolate that has just begun finds at the edge what another one made", async () => {
  const place = emptyPlace();
  const path = `/api/v1${classPath("quick-view")}?from=2026-01-01&to=2026-03-31`;
  const headers = { Authorization: `Bearer ${coTeacher.token}` };
  const request = async () => {
    const app = createApp({ ...servicesWith(), edge: edgeAt(place) });
    const response = await app.request(path, { headers });
    return { status: response.status, text: await response.text() };
  };
  const made = await request();
  expect(made.status).toBe(200);
  await vi.waitFor(
    async () => {
      const { postgres } = await platform.counted(async () => expect(await request()).toEqual(made));
      expect(postgres.statements).toBe(1);
    },
    { timeout: 5_000, interval: 100 },
  );
});
