import { beforeAll, describe, expect, it } from "vitest";
import { newPerson, type Person } from "../classrooms/school.ts";
import { type Json, sql } from "../worker/client.ts";
import { ask, EVER, type Query, reportOf } from "./asking.ts";
import { type Scene, sceneOf } from "./scene.ts";

const STUDENTS = 6;

let scene: Scene;
let admin: Person;

beforeAll(async () => {
  const deeds = [{ did: "answer" as const, afterSec: 5, right: true }];
  const started = (n: number) => [{ skillId: 1, startedAt: new Date(Date.UTC(2026, 0, n + 1)).toISOString(), deeds }];
  scene = await sceneOf(Array.from({ length: STUDENTS }, (_, n) => started(n)));
  admin = await newPerson("ADMIN");
}, 60_000);

/** A new skill for each of so many; resolves with their ids. */
async function newSkills(count: number): Promise<number[]> {
  const rows = await sql<{ id: number }>(
    `insert into skills (subject_id, grade_id, code, title)
     select 1, 7, 'B.' || gen_random_uuid(), 'Bounds ' || n from generate_series(1, $1::int) as n returning id`,
    [count],
  );
  return rows.map(({ id }) => id);
}

const newSkill = async () => (await newSkills(1))[0] ?? 0;

type Answers = {
  readonly skills: readonly number[];
  /** Of each skill so many, of students in turn. */
  readonly each: number;
  /** So many different questions, in turn. */
  readonly questions?: number;
  readonly isCorrect?: boolean;
  readonly seconds?: number;
  readonly day?: string;
  readonly promptLength?: number;
  readonly choiceLength?: number;
};

/** Puts answers on record that no history would come to, a second after one another. */
const answer = ({
  skills,
  each,
  questions = 1,
  isCorrect = true,
  seconds = 30,
  day = "2026-02-01",
  promptLength = 1,
  choiceLength = 1,
}: Answers) =>
  sql(
    `insert into attempts (id, session_id, student_id, skill_id, question_id, level, question, correct_answer,
       submitted_answer, is_correct, answered_at, day, time_spent_sec, smartscore_before, smartscore_after, change_reason)
     select gen_random_uuid(), session.id, session.student_id, skill, 2000000 + n % $3::int, 1,
       jsonb_build_object('type', 'MCQ', 'prompt', repeat('p', $7::int), 'data', jsonb_build_object('choices',
         jsonb_build_array(jsonb_build_object('id', 'A', 'text', n % $3::int || repeat('c', $8::int))))),
       '{"choice": "B"}', '{"choice": "A"}', $4, $6::date + n * interval '1 second', $6::date, $5::int, 0, 0, 'zone'
     from unnest($1::int[]) as skill, generate_series(1, $2::int) as n
     join (select id, student_id, row_number() over (order by student_id) as place from practice_sessions
       where student_id = any($9::uuid[])) as session on session.place = 1 + n % ${STUDENTS}`,
    [
      skills,
      each,
      questions,
      isCorrect,
      seconds,
      day,
      promptLength,
      choiceLength,
      scene.pupils.map(({ person }) => person.id),
    ],
  );

const ofClass = (report: string, query: Query = EVER) =>
  reportOf(scene.teacher, `/teacher/classrooms/${scene.classroomId}/${report}`, query);

const sumOf = (rows: readonly Json[], name: string): number => rows.reduce((sum, row) => sum + row[name], 0);

describe("effort", () => {
  it("lists the 500 students' skills with the most rapid guesses, and counts them all", async () => {
    const skills = await newSkills(100);
    await answer({ skills, each: 20 });
    const [first = 0] = skills;
    await answer({ skills, each: STUDENTS, isCorrect: false, seconds: 0 });
    const { data, meta } = await ofClass("effort");
    expect(sumOf(data.students, "rapid_guesses")).toBe(100 * STUDENTS);
    expect(data.skills).toHaveLength(500);
    expect(meta.truncated).toBe(true);
    const ofOne = await ofClass("effort", { ...EVER, skill_id: first });
    expect(ofOne.data.skills).toHaveLength(STUDENTS);
    expect(ofOne.meta.truncated).toBeUndefined();
  });

  it("lists the newest 200 rapid guesses, and says where there are more", async () => {
    const [skill_id = 0, other = 0] = await newSkills(2);
    await answer({ skills: [skill_id], each: 2_000 });
    await answer({ skills: [skill_id], each: 200, isCorrect: false, seconds: 0 });
    const all = await ofClass("effort", { ...EVER, skill_id });
    expect([all.data.rapid_guesses.length, all.meta.truncated]).toEqual([200, undefined]);
    await answer({ skills: [other], each: 2_000 });
    await answer({ skills: [other], each: 201, isCorrect: false, seconds: 0 });
    const cut = await ofClass("effort", { ...EVER, skill_id: other });
    expect([cut.data.rapid_guesses.length, cut.meta.truncated]).toEqual([200, true]);
  });

  it("looks at the newest 25,000 answers, and says where there are more", async () => {
    const skill_id = await newSkill();
    const query = { ...EVER, skill_id };
    await answer({ skills: [skill_id], each: 25_000 });
    const all = await ofClass("effort", query);
    expect([sumOf(all.data.students, "questions"), all.meta.truncated]).toEqual([25_000, undefined]);
    await answer({ skills: [skill_id], each: 1 });
    const newest = await ofClass("effort", { ...query, to: "2026-12-30" });
    expect([sumOf(newest.data.students, "questions"), newest.meta.truncated]).toEqual([25_000, true]);
  });
});

it("trouble spots leave out missed questions that one reply cannot hold, and say so", async () => {
  const skill_id = await newSkill();
  await answer({ skills: [skill_id], each: 90, isCorrect: false, promptLength: 100_000 });
  await sql(
    `insert into practice_days (student_id, day, skill_id, questions, correct, last_practiced_at)
     select student_id, day, skill_id, count(*), 0, max(answered_at) from attempts where skill_id = $1 group by 1, 2, 3`,
    [skill_id],
  );
  const { student_id, path } = { student_id: scene.pupils[0]?.person.id, path: "/analytics/trouble-spots" };
  const ofOne = await reportOf(scene.teacher, path, { ...EVER, skill_id, student_id });
  expect([ofOne.data.missed_questions.length, ofOne.meta.truncated]).toEqual([90 / STUDENTS, undefined]);
  const { data, meta } = await ofClass("trouble-spots", { ...EVER, skill_id });
  expect([data.missed_questions.length, meta.truncated]).toEqual([59, true]);
});

describe("item analysis", () => {
  it("looks at the newest 10,000 answers, and says where there are more, not where these are all", async () => {
    const skillId = await newSkill();
    await answer({ skills: [skillId], each: 10_000, questions: 5 });
    const everybodys = () => reportOf(admin, `/analytics/skills/${skillId}/item-analysis`);
    const classes = (query: Query) => ofClass(`skills/${skillId}/item-analysis`, query);
    for (const { data, meta } of [await everybodys(), await classes(EVER)]) {
      expect([sumOf(data.items, "n"), meta.truncated]).toEqual([10_000, undefined]);
    }
    await answer({ skills: [skillId], each: 1 });
    for (const { data, meta } of [await everybodys(), await classes({ ...EVER, to: "2026-12-30" })]) {
      expect([sumOf(data.items, "n"), meta.truncated]).toEqual([10_000, true]);
    }
  });

  it("leaves out questions that one reply cannot hold, and says so", async () => {
    const skillId = await newSkill();
    await answer({ skills: [skillId], each: 60, questions: 30, promptLength: 100_000 });
    const { data, meta } = await ofClass(`skills/${skillId}/item-analysis`);
    expect(data.items).toHaveLength(24);
    expect(meta.truncated).toBe(true);
  });

  it("leaves out wrong answers that one reply cannot hold, and says so", async () => {
    const skillId = await newSkill();
    await answer({ skills: [skillId], each: 300, questions: 30, isCorrect: false, choiceLength: 100_000 });
    const { data, meta } = await ofClass(`skills/${skillId}/item-analysis`);
    expect(data.items).toHaveLength(30);
    expect(data.wrong_answers).toHaveLength(24);
    expect(meta.truncated).toBe(true);
  });

  it("of everybody has no discrimination of fewer than five students, however many answered the question itself", async () => {
    const skillId = await newSkill();
    /** Lets so many of those who answered the first question answer another one too, some right and some wrong. */
    const answerAnother = (students: number) =>
      sql(
        `insert into attempts select (r).* from (
           select jsonb_populate_record(attempts, jsonb_build_object('id', gen_random_uuid(), 'question_id', 2000009,
             'is_correct', place % 2 = 0)) as r
           from attempts join (select student_id, row_number() over (order by student_id) as place from practice_sessions
             where student_id = any($2::uuid[])) as pupil using (student_id)
           where skill_id = $1 and question_id = 2000000 and place <= $3::int) as copies`,
        [skillId, scene.pupils.map(({ person }) => person.id), students],
      );
    const first = ({ data }: Json) => data.items.find(({ question_id }: Json) => question_id === 2_000_000);
    const everybodys = async () => first(await reportOf(admin, `/analytics/skills/${skillId}/item-analysis`));
    await answer({ skills: [skillId], each: 18 });
    await answer({ skills: [skillId], each: 9, isCorrect: false });
    await answerAnother(4);
    expect(await everybodys()).toMatchObject({ n: 27, students: STUDENTS, discrimination: null });
    expect(first(await ofClass(`skills/${skillId}/item-analysis`)).discrimination).toEqual(expect.any(Number));
    await answerAnother(5);
    expect((await everybodys()).discrimination).toEqual(expect.any(Number));
  });

  it.each<Query>([{}, { from: "2026-01-15", to: "2026-02-15" }])(
    "of everybody is another one when an answer comes on record, late or not, %o",
    async (query) => {
      const skillId = await newSkill();
      const path = `/analytics/skills/${skillId}/item-analysis`;
      await answer({ skills: [skillId], each: 3 });
      for (const day of ["2026-01-20", "2026-02-10"]) {
        const before = await ask(admin, path, query);
        const headers = { "If-None-Match": before.headers.get("ETag") ?? "" };
        expect((await ask(admin, path, query, headers)).status).toBe(304);
        await answer({ skills: [skillId], each: 1, day });
        const after = await ask(admin, path, query, headers);
        expect(after.status).toBe(200);
      }
    },
  );
});
