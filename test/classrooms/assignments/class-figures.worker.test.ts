import { expect, it, onTestFinished } from "vitest";
import marksWithoutEvents from "../../../drizzle/0015_marks_without_events.sql?raw";
import { type Account, api, type Json, outboundRequests, register, sql } from "../../worker/client.ts";
import { assign, dataOf, newClass, remove, type SchoolClass } from "./class.ts";

const analyticsOf = ({ id, teacher: { token } }: SchoolClass) =>
  api("GET", `/teacher/analytics/classroom/${id}`, { token });

const gridOf = ({ id, teacher: { token } }: SchoolClass, assignmentId: string) =>
  api("GET", `/teacher/classrooms/${id}/assignments/${assignmentId}/score-grid`, { token });

/** Puts on record what a student has come to, by skill, and how fresh that is. */
async function hasComeTo(student: Account, best: readonly number[], asOf: string): Promise<void> {
  await sql(
    `insert into skill_progress (student_id, skill_id, best_smartscore, last_smartscore, questions, correct, last_practiced_at)
     select $1, place, best, 0, 1, 1, $3 from unnest($2::int[]) with ordinality as score (best, place)`,
    [student.id, best, asOf],
  );
  // They have looked at one more skill, whose session began with a score, and answered nothing.
  await sql(
    `insert into skill_progress (student_id, skill_id, best_smartscore, last_smartscore, questions, correct, last_practiced_at)
     values ($1, 4, 60, 60, 0, 0, $2)`,
    [student.id, asOf],
  );
  await sql(
    "insert into practice_marks values ($1, 0, $2) on conflict (student_id) do update set as_of = excluded.as_of",
    [student.id, asOf],
  );
}

const complete = (assignmentId: string, student: Account) =>
  sql(
    "update assigned_work set completed_at = now(), last_activity_at = now() where assignment_id = $1 and student_id = $2",
    [assignmentId, student.id],
  );

it("a class in figures: means of the best scores, assignments of this class, nobody who has left", async () => {
  const [ann, bob, cyd, gone] = await Promise.all(
    ["Ann", "bob", "Cyd", "Gone"].map((full_name) => register({ full_name })),
  );
  if (!ann || !bob || !cyd || !gone) throw new Error("there are four");
  const [school, elsewhere] = [await newClass([cyd, gone, bob, ann]), await newClass([ann])];
  const made: Json[] = dataOf(await assign(school, { skill_ids: [1, 2, 3] }));
  const other = dataOf(await assign(elsewhere));
  for (const { id } of [made[0], other]) await complete(id, ann);
  await complete(made[0].id, bob);
  await complete(made[1].id, bob);
  await complete(made[0].id, gone);
  await remove(school, gone);
  await hasComeTo(ann, [100, 71], "2026-05-01T10:00:00Z");
  await hasComeTo(bob, [40, 30, 20], "2026-05-01T11:00:00Z");
  await hasComeTo(gone, [100], "2026-05-01T12:00:00Z");

  const student = ({ id, email }: Account, full_name: string, figures: [number, number]) => ({
    student_id: id,
    email,
    full_name,
    avg_best_smartscore: figures[0],
    assignments_total: 3,
    assignments_completed: figures[1],
  });
  const before = await outboundRequests();
  const answer = await analyticsOf(school);
  expect((await outboundRequests()).postgres - before.postgres).toBe(1);
  expect(answer.json()).toEqual({
    data: {
      classroom_id: school.id,
      title: "Test class",
      student_count: 3,
      avg_best_smartscore: 39,
      students: [student(ann, "Ann", [86, 1]), student(bob, "bob", [30, 2]), student(cyd, "Cyd", [0, 0])],
    },
    meta: { as_of: "2026-05-01T11:00:00.000Z", period: { from: null, to: null }, filters: {} },
  });

  const grid = (await gridOf(school, made[0].id)).json();
  expect(grid.data.rows.map(({ full_name, status }: Json) => [full_name, status])).toEqual([
    ["Ann", "COMPLETED"],
    ["bob", "COMPLETED"],
    ["Cyd", "NOT_STARTED"],
  ]);
  expect(grid.data.summary).toEqual({ completed: 2, in_progress: 0, not_started: 1 });
  expect(grid.meta).toEqual({ as_of: "2026-05-01T11:00:00.000Z", period: { from: null, to: null }, filters: {} });
});

it("is as of no time where nobody has practised, though a student's mark had one before a migration took it", async () => {
  const student = await register();
  const school = await newClass([student]);
  const { id } = dataOf(await assign(school));
  await sql("update practice_marks set as_of = 'epoch' where student_id = $1", [student.id]);
  await sql(marksWithoutEvents);
  for (const answer of [await analyticsOf(school), await gridOf(school, id)]) {
    expect(answer.json().meta.as_of).toBeNull();
  }
});

it("a class without students has figures of nothing", async () => {
  const school = await newClass();
  expect((await analyticsOf(school)).json()).toMatchObject({
    data: { student_count: 0, avg_best_smartscore: 0, students: [] },
    meta: { as_of: null },
  });
  const { id } = dataOf(await assign(school));
  expect((await gridOf(school, id)).json()).toMatchObject({
    data: { summary: { completed: 0, in_progress: 0, not_started: 0 }, rows: [] },
    meta: { as_of: null },
  });
});

it("of more than 2,000 students, 2,000 are sent and all are counted", async () => {
  const school = await newClass();
  const { id } = dataOf(await assign(school));
  await sql(
    `with person as (
       insert into users (id, password_hash, full_name, role)
       select gen_random_uuid(), '-', 'Student ' || n, 'STUDENT' from generate_series(1, 2001) as n returning id
     ),
     enrolled as (insert into enrolments (classroom_id, student_id) select $1, id from person)
     insert into assigned_work (assignment_id, student_id, skill_id) select $2, id, 1 from person`,
    [school.id, id],
  );
  onTestFinished(async () => {
    await sql("delete from users where id in (select student_id from enrolments where classroom_id = $1)", [school.id]);
  });
  const analytics = (await analyticsOf(school)).json();
  expect([analytics.data.student_count, analytics.data.students.length]).toEqual([2001, 2000]);
  const grid = (await gridOf(school, id)).json();
  expect([grid.data.summary.not_started, grid.data.rows.length]).toEqual([2001, 2000]);
  for (const { meta } of [analytics, grid]) expect(meta.truncated).toBe(true);
});
