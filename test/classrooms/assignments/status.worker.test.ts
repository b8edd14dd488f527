import { describe, expect, it } from "vitest";
import { type Account, api, type Json, register, sql } from "../../worker/client.ts";
import { heartbeat } from "../../worker/practice.ts";
import {
  assign,
  change,
  dataOf,
  drained,
  enrol,
  gridOf,
  mine,
  newClass,
  newGroup,
  practise,
  remove,
  type SchoolClass,
} from "./class.ts";

const statusOf = async (student: Account, assignmentId: string): Promise<Json> =>
  (await mine(student)).find(({ assignment }) => assignment.id === assignmentId)?.status;

/** The attempts that a student has on record, oldest first. */
const attemptsOf = (student: Account) =>
  sql<{ after: number; at: string }>(
    `select smartscore_after as after, to_char(answered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
     from attempts where student_id = $1 order by answered_at, id`,
    [student.id],
  );

const rights = (count: number) => Array.from({ length: count }, () => true);

/** Right answers until the SmartScore is past this. */
async function practiseTo(student: Account, score: number): Promise<void> {
  while ((await practise(student, rights(4))).session.smartscore < score);
}

// Each test waits for the drain, a second or so, with people of its own.
describe.concurrent("the status of assigned work", () => {
  it("goes from not started over in progress to completed at the answer that reaches the target, for good", async () => {
    const student = await register();
    const school = await newClass([student]);
    const { id } = dataOf(await assign(school, { target_smartscore: 70 }));
    const nothing = { status: "NOT_STARTED", best_smartscore: 0, last_smartscore: 0, questions_answered: 0 };
    expect((await gridOf(school, id)).of(student)).toEqual({
      ...nothing,
      student_id: student.id,
      full_name: "Test Student",
      email: student.email,
      time_spent_seconds: 0,
      completed_at: null,
      last_activity_at: null,
    });

    await practise(student, [true, true, false]);
    await drained(student);
    const begun = await attemptsOf(student);
    const best = Math.max(...begun.map(({ after }) => after));
    const inProgress = {
      status: "IN_PROGRESS",
      best_smartscore: best,
      last_smartscore: begun.at(-1)?.after,
      questions_answered: 3,
      completed_at: null,
      last_activity_at: begun.at(-1)?.at,
    };
    expect((await gridOf(school, id)).of(student)).toMatchObject(inProgress);

    await practiseTo(student, 70);
    await practise(student, [false]);
    await drained(student);
    const all = await attemptsOf(student);
    const completed = {
      status: "COMPLETED",
      best_smartscore: Math.max(...all.map(({ after }) => after)),
      last_smartscore: all.at(-1)?.after,
      questions_answered: all.length,
      completed_at: all.find(({ after }) => after >= 70)?.at,
      last_activity_at: all.at(-1)?.at,
    };
    const grid = await gridOf(school, id);
    expect(grid.of(student)).toMatchObject(completed);
    expect(grid.summary).toEqual({ completed: 1, in_progress: 0, not_started: 0 });
    expect(await statusOf(student, id)).toMatchObject({ assignment_id: id, student_id: student.id, ...completed });
  });

  it("counts nothing from before it was assigned, and nothing of other skills", async () => {
    const student = await register();
    const school = await newClass([student]);
    await practiseTo(student, 70);
    const { id } = dataOf(await assign(school, { target_smartscore: 70 }));
    await practise(student, [true], 2);
    await drained(student);
    expect(await statusOf(student, id)).toMatchObject({ status: "NOT_STARTED", questions_answered: 0 });
    await practise(student, [true]);
    await drained(student);
    expect(await statusOf(student, id)).toMatchObject({ status: "COMPLETED", questions_answered: 1 });
  });

  it("counts active time without answers too", async () => {
    const student = await register();
    const school = await newClass([student]);
    const { id } = dataOf(await assign(school));
    const { session } = await practise(student, [true]);
    await drained(student);
    await sql("update assigned_work set active_ms = 61500 where assignment_id = $1", [id]);
    await heartbeat(student, session.id);
    await drained(student);
    const [credited] = await sql<{ ms: number }>(
      "select active_ms::int as ms from assigned_work where assignment_id = $1",
      [id],
    );
    expect(credited?.ms).toBeGreaterThan(61_500);
    expect((await statusOf(student, id)).time_spent_seconds).toBe(Math.floor((credited?.ms ?? 0) / 1000));
  });

  it("is completed by a lower target, at the answer that reached it; not undone by a higher one", async () => {
    const [reached, behind] = [await register(), await register()];
    const school = await newClass([reached, behind]);
    const { id } = dataOf(await assign(school, { target_smartscore: 100 }));
    await practiseTo(reached, 72);
    await practise(behind, [true]);
    await Promise.all([drained(reached), drained(behind)]);
    expect((await gridOf(school, id)).summary).toEqual({ completed: 0, in_progress: 2, not_started: 0 });

    dataOf(await change(school, id, { target_smartscore: 70 }));
    const lowered = await gridOf(school, id);
    const first = (await attemptsOf(reached)).find(({ after }) => after >= 70);
    expect(lowered.of(reached)).toMatchObject({ status: "COMPLETED", completed_at: first?.at });
    expect(lowered.of(behind)).toMatchObject({ status: "IN_PROGRESS", completed_at: null });

    dataOf(await change(school, id, { target_smartscore: 100 }));
    await practise(reached, [false]);
    await drained(reached);
    expect((await gridOf(school, id)).of(reached)).toMatchObject({ status: "COMPLETED", completed_at: first?.at });
  });
});

describe.concurrent("who comes to a class later", () => {
  it("has its open assignments, with what they have practised since these were assigned", async () => {
    const [student, late] = [await register(), await register()];
    const school = await newClass([student]);
    const group = await newGroup(school, [student]);
    const [open, past, grouped] = [
      dataOf(await assign(school, { due_at: "2037-01-01T00:00:00Z", target_smartscore: 70 })),
      dataOf(await assign(school, { due_at: "2020-01-01T00:00:00Z" })),
      dataOf(await assign(school, { group_id: group.id })),
    ];
    await practiseTo(late, 70);
    await practise(late, [false]);
    await drained(late);
    await enrol(school, late);
    const seen = await mine(late);
    expect(seen.map(({ assignment }) => assignment.id)).toEqual([open.id]);
    const all = await attemptsOf(late);
    expect(seen[0].status).toMatchObject({
      status: "COMPLETED",
      best_smartscore: Math.max(...all.map(({ after }) => after)),
      last_smartscore: all.at(-1)?.after,
      questions_answered: all.length,
      completed_at: all.find(({ after }) => after >= 70)?.at,
      last_activity_at: all.at(-1)?.at,
    });
    expect((await mine(student)).map(({ assignment }) => assignment.id)).toEqual([grouped.id, past.id, open.id]);
  });

  it("again finds their work as it stands, with what they did while they were away", async () => {
    const student = await register();
    const school = await newClass([student]);
    const { id } = dataOf(await assign(school));
    await practise(student, [true]);
    await drained(student);
    await remove(school, student);
    expect(await mine(student)).toEqual([]);
    expect((await gridOf(school, id)).rows).toEqual([]);
    await practise(student, [true]);
    await drained(student);
    await enrol(school, student);
    expect(await statusOf(student, id)).toMatchObject({ status: "IN_PROGRESS", questions_answered: 2 });
    expect((await gridOf(school, id)).summary).toEqual({ completed: 0, in_progress: 1, not_started: 0 });
  });
});

describe.concurrent("a student's list", () => {
  const asked = (student: Account, etag?: string) =>
    api("GET", "/me/assignments", {
      token: student.token,
      ...(etag === undefined ? {} : { headers: { "If-None-Match": etag } }),
    });

  it("counts what is to do, in progress, done and overdue", async () => {
    const student = await register();
    expect((await asked(student)).json()).toEqual({
      data: [],
      meta: { counts: { to_do: 0, in_progress: 0, done: 0, overdue: 0 } },
    });
    const school = await newClass([student]);
    await assign(school, { target_smartscore: 70 });
    await assign(school, { target_smartscore: 70, due_at: "2020-01-01T00:00:00Z" });
    await assign(school, { target_smartscore: 100, due_at: "2020-01-01T00:00:00Z" });
    await assign(school, { skill_id: 2, due_at: "2020-01-01T00:00:00Z" });
    await assign(school, { skill_id: 2 });
    await practiseTo(student, 70);
    await drained(student);
    const { data, meta } = (await asked(student)).json();
    expect(data).toHaveLength(5);
    expect(meta).toEqual({ counts: { to_do: 2, in_progress: 1, done: 2, overdue: 2 } });
  });

  it("has an ETag, by which who polls learns that nothing has changed, and that something has", async () => {
    const student = await register();
    const school: SchoolClass = await newClass([student]);
    const { id } = dataOf(await assign(school));
    const first = await asked(student);
    const etag = first.headers.get("ETag") ?? "";
    expect(first.headers.get("Cache-Control")).toBe("private, no-cache");
    const again = await asked(student, etag);
    expect([again.status, again.text, again.headers.get("ETag")]).toEqual([304, "", etag]);
    await practise(student, [true]);
    await drained(student);
    expect((await asked(student, etag)).status).toBe(200);

    const one = await api("GET", `/me/assignments/${id}`, { token: student.token });
    expect(one.json()).toEqual({ data: (await mine(student))[0] });
    const headers = { "If-None-Match": one.headers.get("ETag") ?? "" };
    expect((await api("GET", `/me/assignments/${id}`, { token: student.token, headers })).status).toBe(304);
  });
});
