import { beforeAll, describe, expect, it } from "vitest";
import { answerText } from "../../src/practice/question.ts";
import { newClass, newPerson, newTeacher, type Person } from "../classrooms/school.ts";
import { sql } from "../worker/client.ts";
import { type Query, reportOf } from "./asking.ts";
import { attemptsIn, compare, named, skillOf, studentOf } from "./recomputed.ts";
import { type Pupil, randomHistory, type Scene, sceneOf } from "./scene.ts";
import type { RawAttempt } from "./student/recomputed.ts";

const EVER = { from: "2025-12-01", to: "2026-12-31" };

let scene: Scene;
let admin: Person;

beforeAll(async () => {
  // Everybody practises the same two skills, so that items have answers enough.
  const histories = [31, 32, 33, 34, 35, 36].map((seed) =>
    randomHistory(seed, 20).map((past, n) => ({ ...past, skillId: n % 3 === 0 ? 5 : 8 })),
  );
  scene = await sceneOf([...histories, []]);
  admin = await newPerson("ADMIN");
}, 60_000);

type Answered = { pupil: Pupil; attempt: RawAttempt };

const answersOf = (query: Query): Answered[] =>
  scene.pupils.flatMap((pupil) => attemptsIn(scene, pupil, query).map((attempt) => ({ pupil, attempt })));

const itemOf = ({ attempt }: Answered) => attempt.template_id ?? String(attempt.question_id);

const textOf = ({ attempt }: Answered) =>
  answerText(
    { type: attempt.question.type === "MCQ" ? "MCQ" : "NUMERIC", data: attempt.question.data },
    attempt.submitted_answer,
  );

const inClass = async (report: string, query: Query = {}) =>
  (await reportOf(scene.teacher, `/teacher/classrooms/${scene.classroomId}/${report}`, query)).data;

describe("item analysis of a class", () => {
  it.each<Query>([{}, { from: "2026-01-05", to: "2026-01-25" }])("counts each item's answers, %o", async (query) => {
    const data = await inClass("skills/8/item-analysis", query);
    const answers = answersOf({ ...query, skill_id: 8 });
    const items = [...new Set(answers.map(itemOf))];
    expect(data.skill).toEqual(named(scene, 8));
    expect(data.items).toHaveLength(items.length);
    for (const item of items) {
      const its = answers.filter((answer) => itemOf(answer) === item);
      const right = its.filter(({ attempt }) => attempt.is_correct).length;
      const enough = its.length >= 10;
      const last = its.toSorted((a, b) => compare(a.attempt.answered_at, b.attempt.answered_at)).at(-1)?.attempt;
      const row = data.items.find((one: { question_id: number | null; template_id: string | null }) =>
        [one.template_id, String(one.question_id)].includes(item),
      );
      expect(row).toMatchObject({
        question_prompt: last?.question.prompt,
        question_level: last?.level,
        n: its.length,
        students: new Set(its.map(({ pupil }) => pupil)).size,
        share_right: enough ? Number((right / its.length).toFixed(3)) : null,
        discrimination: enough ? expect.any(Number) : null,
      });
      expect(row.template_id === null).toBe(row.question_id !== null);
      const wrong = its.filter(({ attempt }) => !attempt.is_correct).map(textOf);
      const listed = data.wrong_answers.filter(
        (one: { question_id: number | null; template_id: string | null }) =>
          one.question_id === row.question_id && one.template_id === row.template_id,
      );
      const expected = [...new Set(wrong)].map((answer) => {
        const times = wrong.filter((one) => one === answer).length;
        return { answer, times, share: Number((times / its.length).toFixed(3)) };
      });
      expect(listed.map(({ answer, times, share }: (typeof expected)[number]) => ({ answer, times, share }))).toEqual(
        enough ? expected.toSorted((a, b) => b.times - a.times || compare(a.answer, b.answer)) : [],
      );
    }
  });
});

describe("item analysis of everybody", () => {
  const path = "/analytics/skills/8/item-analysis";

  it("has no figure of fewer than five students", async () => {
    const { data } = await reportOf(admin, path);
    expect(data.items.length).toBeGreaterThan(0);
    for (const { students } of data.items) expect(students).toBeGreaterThanOrEqual(5);
    const everyone = await sql<{ item: string; answer: string; students: number }>(
      `select coalesce(template_id::text, question_id::text) as item, submitted_answer #>> '{}' as answer,
         count(distinct student_id)::int as students
       from attempts where skill_id = 8 and not is_correct group by 1, 2`,
    );
    for (const wrong of data.wrong_answers) {
      const item = wrong.template_id ?? String(wrong.question_id);
      const most = everyone.filter((one) => one.item === item).map(({ students }) => students);
      expect(Math.max(...most)).toBeGreaterThanOrEqual(5);
    }
    expect(data.wrong_answers.length).toBeGreaterThan(0);
  });

  it("has nothing at all of a skill that four students practised", async () => {
    const [row] = await sql<{ id: number }>(
      "insert into skills (subject_id, grade_id, code, title) values (1, 7, 'ITEM.4', 'Practised by four') returning id",
    );
    const skillId = row?.id ?? 0;
    const histories = [41, 42, 43, 44].map((seed) => randomHistory(seed, 6).map((past) => ({ ...past, skillId })));
    const few = await sceneOf(histories);
    const { data } = await reportOf(admin, `/analytics/skills/${skillId}/item-analysis`);
    expect(data).toMatchObject({ items: [], wrong_answers: [] });
    const own = await reportOf(few.teacher, `/teacher/classrooms/${few.classroomId}/skills/${skillId}/item-analysis`);
    expect(own.data.items.length).toBeGreaterThan(0);
  });
});

describe("effort", () => {
  it.each<Query>([EVER, { from: "2026-01-05", to: "2026-01-25" }, { ...EVER, skill_id: 5 }])(
    "flags wrong answers that took less than a tenth of what is usual, %o",
    async (query) => {
      const data = await inClass("effort", query);
      const answers = answersOf(query);
      const meanOf = (some: readonly Answered[]) =>
        some.length < 10 ? undefined : some.reduce((sum, { attempt }) => sum + attempt.time_spent_sec, 0) / some.length;
      const usual = (answer: Answered) => {
        const ofSkill = answers.filter(({ attempt }) => attempt.skill_id === answer.attempt.skill_id);
        return meanOf(ofSkill.filter((one) => itemOf(one) === itemOf(answer))) ?? meanOf(ofSkill);
      };
      const isRapid = (answer: Answered) => {
        const sec = usual(answer);
        if (answer.attempt.is_correct || sec === undefined) return false;
        return answer.attempt.time_spent_sec < Math.min(sec * 0.1, 10);
      };
      const rapid = answers.filter(isRapid);
      expect(rapid.length).toBeGreaterThan(3);
      expect(data.students).toEqual(
        scene.pupils.map((pupil) => {
          const questions = answers.filter((answer) => answer.pupil === pupil).length;
          const guesses = rapid.filter((answer) => answer.pupil === pupil).length;
          return {
            ...studentOf(pupil),
            questions,
            rapid_guesses: guesses,
            rapid_guess_percent: questions === 0 ? null : Number(((guesses / questions) * 100).toFixed(1)),
          };
        }),
      );
      expect(data.rapid_guesses).toEqual(
        rapid
          .toSorted(
            (a, b) => compare(b.attempt.answered_at, a.attempt.answered_at) || compare(b.attempt.id, a.attempt.id),
          )
          .map((answer) => ({
            ...studentOf(answer.pupil),
            attempt_id: answer.attempt.id,
            skill_id: answer.attempt.skill_id,
            skill_name: skillOf(scene, answer.attempt.skill_id).skill_name,
            question_prompt: answer.attempt.question.prompt,
            answered_at: answer.attempt.answered_at,
            time_spent_seconds: answer.attempt.time_spent_sec,
            usual_time_seconds: Math.round((usual(answer) ?? 0) * 10) / 10,
          })),
      );
      const sum = data.skills.reduce(
        (all: number, { rapid_guesses }: { rapid_guesses: number }) => all + rapid_guesses,
        0,
      );
      expect(sum).toBe(rapid.length);
    },
  );

  it("is not for the student", async () => {
    const [pupil] = scene.pupils;
    const answer = reportOf(pupil?.person ?? admin, `/teacher/classrooms/${scene.classroomId}/effort`);
    await expect(answer).rejects.toThrow(/403/);
  });
});

it("a class without students has reports all the same, of nothing", async () => {
  const teacher = await newTeacher();
  const { id } = await newClass(teacher);
  const ofNothing = async (report: string) => (await reportOf(teacher, `/teacher/classrooms/${id}/${report}`)).data;
  expect(await ofNothing("usage")).toMatchObject({ student_count: 0, students: [], days: [], sessions: [] });
  expect(await ofNothing("score-grid")).toMatchObject({ skills: [], students: [] });
  expect(await ofNothing("quick-view")).toMatchObject({
    spans: [{ questions: 0 }, { active_students: 0 }],
    attention: [],
  });
  expect(await ofNothing("effort")).toMatchObject({ students: [], rapid_guesses: [] });
  expect(await ofNothing("groups")).toMatchObject({ skills: [], students: [] });
  expect(await ofNothing("trouble-spots")).toMatchObject({ skills: [], missed_questions: [] });
  expect(await ofNothing("progress")).toMatchObject({ rows: [] });
  expect(await ofNothing("skills/1/score-chart")).toMatchObject({ levels: { not_practised: 0 }, students: [] });
  expect(await ofNothing("skills/1/item-analysis")).toMatchObject({ items: [], wrong_answers: [] });
  expect(await ofNothing("skills/1/questions-log")).toMatchObject({ attempts: [] });
});
