import { beforeAll, describe, expect, it } from "vitest";
import { archive, classOf, type Person } from "../classrooms/school.ts";
import { type Json, sql } from "../worker/client.ts";
import { type Query, reportOf } from "./asking.ts";
import { type Deed, type PastSession, recordHistory } from "./student/history.ts";

/** Skills that build on one another as the seed has it not: A is needed for B, A and C for D. */
let skills: { a: number; b: number; c: number; d: number };
let pupil: Person;
let owner: Person;
let classroomId: string;

const right: Deed = { did: "answer", afterSec: 10, right: true };
const wrong: Deed = { did: "answer", afterSec: 10, right: false };

const past = (skillId: number, startScore: number, deeds: readonly Deed[], month = 0): PastSession => ({
  skillId,
  startedAt: new Date(Date.UTC(2026, month, 5)).toISOString(),
  startScore,
  deeds,
});

beforeAll(async () => {
  const made = await sql<{ id: number }>(
    `insert into skills (subject_id, grade_id, code, title)
     select 5, 14, 'NEXT.' || n, 'Next ' || n from generate_series(1, 4) as n returning id`,
  );
  const [a = 0, b = 0, c = 0, d = 0] = made.map(({ id }) => id);
  skills = { a, b, c, d };
  await sql(`insert into skill_prerequisites (skill_id, prerequisite_id) select * from unnest($1::int[], $2::int[])`, [
    [b, d, d],
    [a, a, c],
  ]);
  const scene = await classOf(1);
  owner = scene.teacher;
  classroomId = scene.classroom.id;
  const [first] = scene.pupils;
  if (!first) throw new Error("the class has a student");
  pupil = first;
});

const next = async (query: Query = {}): Promise<{ skill: number; reason: string; score: number | null }[]> => {
  const { data } = await reportOf(pupil, "/analytics/summary", query);
  return data.next_skills.map(({ skill_id, reason, smartscore }: Json) => ({
    skill: skill_id,
    reason,
    score: smartscore,
  }));
};

describe("what to practise next", () => {
  it("is nothing for who has done nothing and been given nothing", async () => {
    expect(await next()).toEqual([]);
  });

  it("is what was begun, and what builds on nothing but proficient skills", async () => {
    await recordHistory(pupil.id, [past(skills.a, 88, [right]), past(skills.c, 60, [wrong], 1)]);
    const standing = await sql<{ score: number }>(
      "select last_smartscore as score from skill_progress where student_id = $1 and skill_id = $2",
      [pupil.id, skills.c],
    );
    expect(await next()).toEqual([
      { skill: skills.c, reason: "IN_PROGRESS", score: standing[0]?.score },
      { skill: skills.b, reason: "READY", score: null },
    ]);
    expect(await next({ skill_id: skills.b })).toEqual([{ skill: skills.b, reason: "READY", score: null }]);
    expect(await next({ subject_slug: "math" })).toEqual([]);
  });

  it("is what builds on a skill that is not published any more, which nobody can come to be proficient in", async () => {
    const publish = (is: boolean) => sql("update skills set is_published = $2 where id = $1", [skills.c, is]);
    await publish(false);
    const without = await next();
    await publish(true);
    expect(without).toEqual([
      { skill: skills.b, reason: "READY", score: null },
      { skill: skills.d, reason: "READY", score: null },
    ]);
    expect((await next()).map(({ skill }) => skill)).toEqual([skills.c, skills.b]);
  });

  it("begins with what is assigned, the first due first, until it is completed", async () => {
    const assign = (skillId: number, due: string | null) =>
      sql(
        `with given as (
           insert into assignments (id, classroom_id, skill_id, due_at) values (gen_random_uuid(), $1, $2, $3) returning id)
         insert into assigned_work (assignment_id, student_id, skill_id) select id, $4, $2 from given`,
        [classroomId, skillId, due, pupil.id],
      );
    await assign(skills.d, null);
    await assign(skills.b, "2026-12-01");
    expect((await next()).map(({ skill, reason }) => [skill, reason])).toEqual([
      [skills.b, "ASSIGNED"],
      [skills.d, "ASSIGNED"],
      [skills.c, "IN_PROGRESS"],
    ]);
    await sql("update assigned_work set completed_at = now() where skill_id = $1", [skills.b]);
    expect((await next())[0]).toEqual({ skill: skills.d, reason: "ASSIGNED", score: null });
    await archive(owner, classroomId);
    expect((await next()).map(({ reason }) => reason)).toEqual(["IN_PROGRESS", "READY"]);
  });
});
