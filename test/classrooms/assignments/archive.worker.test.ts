import { expect, it } from "vitest";
import { applyEvents } from "../../../src/practice/apply-events.ts";
import type { NumberedEvent } from "../../../src/practice/drain.ts";
import { openSession } from "../../../src/practice/session.ts";
import { sharedServices } from "../../../src/services.ts";
import { twoChoices } from "../../practice/questions.ts";
import { bindings } from "../../worker/apps.ts";
import { type Account, api, type Json, register, sql } from "../../worker/client.ts";
import { assign, dataOf, gridOf, newClass, type SchoolClass } from "./class.ts";

const { db } = sharedServices(bindings);

/** A student whose answers to skill 1 go on record by hand, each after a credit of so many seconds. */
function studentOf({ id: studentId }: Account) {
  const pool = { version: 1, questions: [twoChoices(1, 2)], templates: [] };
  const id = crypto.randomUUID();
  const session = openSession({ id, skillId: 1, pool, seed: 1, startScore: 0, capMs: 240_000, nowMs: Date.now() });
  const events: NumberedEvent[] = [];
  let drained = 0;
  return {
    answers(scoreAfter: number, creditSec: number, atMs = Date.now()): void {
      const event = {
        kind: "answered",
        sessionId: session.id,
        atMs,
        day: new Date(atMs).toISOString().slice(0, 10),
        creditMs: creditSec * 1_000,
        attemptId: crypto.randomUUID(),
        questionId: 1,
        generator: null,
        made: null,
        submitted: {},
        correct: true,
        mistakeType: null,
        timeSpentSec: 3,
        scoreBefore: 0,
        scoreAfter,
        reason: "zone",
        message: "",
      } as const;
      events.push({ seq: events.length + 1, skillId: 1, event, question: twoChoices(1, 2) });
    },
    async drain(): Promise<void> {
      await applyEvents(db, { studentId, afterSeq: drained, events: events.slice(drained), sessions: [session] });
      drained = events.length;
    },
  };
}

const setArchived = async ({ id, teacher: { token } }: SchoolClass, archived: boolean) =>
  dataOf(await api("PATCH", `/classrooms/${id}`, { token, body: { archived } }));

/** What the class's teacher gets of its work and its figures, and how fresh they are. */
async function shown({ id, teacher: { token } }: SchoolClass, assignmentId: string) {
  const paths = [`/classrooms/${id}/assignments/${assignmentId}/score-grid`, `/analytics/classroom/${id}`];
  const answers = await Promise.all(paths.map((path) => api("GET", `/teacher${path}?format=csv`, { token })));
  return answers.map(({ text, headers }) => ({
    same: [text, headers.get("ETag")],
    asOfMs: Date.parse(headers.get("Last-Modified") ?? ""),
  }));
}

const work = (json: Json) => {
  const { status, best_smartscore, last_smartscore, questions_answered, time_spent_seconds } = json;
  return [status, best_smartscore, last_smartscore, questions_answered, time_spent_seconds];
};

it("assigned work rests while its class is archived, and is made up for when that comes out of the archive", async () => {
  const [account, never] = [await register(), await register()];
  const school = await newClass([account, never]);
  const { id } = dataOf(await assign(school));
  const student = studentOf(account);
  const theirs = async () => work((await gridOf(school, id)).of(account));

  student.answers(20, 10);
  await student.drain();
  // Answered before the archive, and on record after it.
  student.answers(30, 20);
  await setArchived(school, true);
  await student.drain();
  const atTheEnd = ["IN_PROGRESS", 30, 30, 2, 30];
  expect(await theirs()).toEqual(atTheEnd);

  const [{ archived_at = "" } = {}] = await sql<{ archived_at: string }>(
    "select archived_at from classrooms where id = $1",
    [school.id],
  );
  const later = Date.parse(archived_at) + 2 * 86_400_000;
  const before = await shown(school, id);
  student.answers(85, 40, later);
  student.answers(75, 40, later + 1);
  await student.drain();
  expect(await theirs()).toEqual(atTheEnd);
  const since = await shown(school, id);
  expect(since.map(({ same }) => same)).toEqual(before.map(({ same }) => same));
  for (const { asOfMs } of since) expect(asOfMs).toBeLessThanOrEqual(Date.parse(archived_at));

  // Twice is once.
  await setArchived(school, false);
  await setArchived(school, false);
  expect(await theirs()).toEqual(["COMPLETED", 85, 75, 4, 110]);
  student.answers(90, 5, later + 2);
  await student.drain();
  expect(await theirs()).toEqual(["COMPLETED", 90, 90, 5, 115]);
  await setArchived(school, true);
  await setArchived(school, false);
  expect(await theirs()).toEqual(["COMPLETED", 90, 90, 5, 115]);
  expect(work((await gridOf(school, id)).of(never))).toEqual(["NOT_STARTED", 0, 0, 0, 0]);
});

it("coming out of the archive touches the work of who has missed something, and no other: a class has a hundred thousand", async () => {
  const [busy, idle] = [await register(), await register()];
  const school = await newClass([busy, idle]);
  const { id } = dataOf(await assign(school));
  dataOf(await assign(school, { skill_id: 2 }));
  for (const each of [busy, idle]) {
    const student = studentOf(each);
    student.answers(20, 5);
    await student.drain();
  }
  await setArchived(school, true);
  const missed = studentOf(busy);
  missed.answers(40, 5);
  await sql("update practice_marks set drained_seq = 0, last_event = null where student_id = $1", [busy.id]);
  await missed.drain();
  /** Each row of work with the transaction that wrote it last. */
  const versions = () =>
    sql<{ student_id: string; assignment_id: string; version: string }>(
      `select student_id, assignment_id, work.xmin::text as version
       from assigned_work as work join assignments on assignments.id = assignment_id where classroom_id = $1`,
      [school.id],
    );
  const before = await versions();
  await setArchived(school, false);
  const after = await versions();
  const moved = before.filter((row) => !after.some((other) => JSON.stringify(other) === JSON.stringify(row)));
  expect(moved).toMatchObject([{ student_id: busy.id, assignment_id: id }]);
});
