import { beforeAll, describe, expect, it } from "vitest";
import { newClass, newPerson, newTeacher, type Person } from "../classrooms/school.ts";
import { sql } from "../worker/client.ts";
import { EVER, type Query, reportOf } from "./asking.ts";
import { attemptsIn, compare, inWords, named, newestFirst, skillOf, studentOf, total } from "./recomputed.ts";
import { type Pupil, randomHistory, type Scene, sceneOf } from "./scene.ts";
import type { RawAttempt } from "./student/recomputed.ts";

let scene: Scene;
let admin: Person;
/** A skill that nobody else practises, so that everybody is this class. */
let skillId: number;

beforeAll(async () => {
  skillId = await newSkill("ITEM.6");
  // Everybody practises the same two skills, so that items have answers enough.
  const histories = [31, 32, 33, 34, 35, 36].map((seed) =>
    randomHistory(seed, 20).map((past, n) => ({ ...past, skillId: n % 3 === 0 ? 5 : skillId })),
  );
  scene = await sceneOf([...histories, []]);
  admin = await newPerson("ADMIN");
}, 60_000);

async function newSkill(code: string): Promise<number> {
  const [row] = await sql<{ id: number }>(
    "insert into skills (subject_id, grade_id, code, title) values (1, 7, $1, 'Practised by some') returning id",
    [code],
  );
  return row?.id ?? 0;
}

type Answered = { pupil: Pupil; attempt: RawAttempt };

const answersOf = (query: Query): Answered[] =>
  scene.pupils.flatMap((pupil) => attemptsIn(scene, pupil, query).map((attempt) => ({ pupil, attempt })));

const itemOf = ({ attempt }: Answered) => attempt.template_id ?? String(attempt.question_id);

const inClass = async (report: string, query: Query = {}) =>
  (await reportOf(scene.teacher, `/teacher/classrooms/${scene.classroomId}/${report}`, query)).data;

/** The analysis of these answers, of whatever as many students as `least` did, by its definition step by step. */
function analysisOf(answers: readonly Answered[], least: number) {
  const studentsOf = (some: readonly Answered[]) => new Set(some.map(({ pupil }) => pupil)).size;
  const isRight = ({ attempt }: Answered) => attempt.is_correct;
  const analysed = [...Map.groupBy(answers, itemOf)]
    .filter(([, its]) => studentsOf(its) >= least)
    .toSorted(([a, one], [b, other]) => other.length - one.length || compare(a, b))
    .map(([item, its]) => {
      const last = its.toSorted((a, b) => newestFirst(a.attempt, b.attempt))[0]?.attempt;
      const compared = its.flatMap((answer) => {
        const others = answers.filter((one) => one.pupil === answer.pupil && itemOf(one) !== item);
        return others.length === 0 ? [] : [{ answer, share: others.filter(isRight).length / others.length }];
      });
      const isEnough = its.length >= 10;
      const ofMany = compared.length >= 10 && studentsOf(compared.map(({ answer }) => answer)) >= least;
      const asked = {
        question_id: last?.template_id === null ? last.question_id : null,
        template_id: last?.template_id,
      };
      const wrong = Map.groupBy(
        its.filter((answer) => !isRight(answer)),
        ({ attempt }) => inWords(attempt, attempt.submitted_answer),
      );
      return {
        item: {
          ...asked,
          question_type: last?.question.type,
          question_level: last?.level,
          question_prompt: last?.question.prompt,
          n: its.length,
          students: studentsOf(its),
          share_right: isEnough ? Number((its.filter(isRight).length / its.length).toFixed(3)) : null,
          discrimination:
            isEnough && ofMany
              ? correlationOf(compared.map(({ answer, share }) => [isRight(answer) ? 1 : 0, share] as const))
              : null,
          median_time_seconds: isEnough ? middleOf(its.map(({ attempt }) => attempt.time_spent_sec)) : null,
        },
        wrong: [...wrong]
          .filter(([, given]) => isEnough && studentsOf(given) >= least)
          .toSorted(([a, one], [b, other]) => other.length - one.length || compare(a, b))
          .map(([answer, { length }]) => ({
            ...asked,
            answer,
            times: length,
            share: Number((length / its.length).toFixed(3)),
          })),
      };
    });
  return { items: analysed.map(({ item }) => item), wrong_answers: analysed.flatMap(({ wrong }) => wrong) };
}

/** Pearson's correlation as the mean product of standard scores, to two decimals. */
function correlationOf(pairs: readonly (readonly [number, number])[]): number {
  const standard = (values: number[]) => {
    const mean = total(values, (value) => value) / values.length;
    const spread = Math.sqrt(total(values, (value) => (value - mean) ** 2) / values.length);
    return values.map((value) => (value - mean) / spread);
  };
  const ys = standard(pairs.map(([, y]) => y));
  const products = standard(pairs.map(([x]) => x)).map((x, n) => x * (ys[n] ?? 0));
  // A correlation just below nothing is nothing, not less.
  return Number((total(products, (product) => product) / pairs.length).toFixed(2)) + 0;
}

function middleOf(values: readonly number[]): number {
  const rest = values.toSorted((a, b) => a - b);
  while (rest.length > 2) {
    rest.pop();
    rest.shift();
  }
  return total(rest, (value) => value) / rest.length;
}

const PERIODS: Query[] = [{}, { from: "2026-01-05", to: "2026-01-25" }];

describe("item analysis of a class", () => {
  it.each(PERIODS)("recounts, %o", async (query) => {
    const data = await inClass(`skills/${skillId}/item-analysis`, query);
    const { items, wrong_answers } = analysisOf(answersOf({ ...query, skill_id: skillId }), 1);
    expect(data).toMatchObject({ skill: named(scene, skillId), items, wrong_answers });
    expect(items.filter(({ discrimination }) => discrimination !== null).length).toBeGreaterThan(2);
  });
});

describe("item analysis of everybody", () => {
  it.each(PERIODS)("recounts, and has no figure of fewer than five students, %o", async (query) => {
    const { data } = await reportOf(admin, `/analytics/skills/${skillId}/item-analysis`, query);
    const answers = answersOf({ ...query, skill_id: skillId });
    const { items, wrong_answers } = analysisOf(answers, 5);
    expect(data).toEqual({ skill: named(scene, skillId), items, wrong_answers });
    expect(items.length).toBeGreaterThan(0);
    // Some of what was answered wrong was by fewer.
    expect(analysisOf(answers, 1).wrong_answers.length).toBeGreaterThan(wrong_answers.length);
  });

  it("has nothing at all of a skill that four students practised", async () => {
    const ofFour = await newSkill("ITEM.4");
    const histories = [41, 42, 43, 44].map((seed) =>
      randomHistory(seed, 6).map((past) => ({ ...past, skillId: ofFour })),
    );
    const few = await sceneOf(histories);
    const { data } = await reportOf(admin, `/analytics/skills/${ofFour}/item-analysis`);
    expect(data).toMatchObject({ items: [], wrong_answers: [] });
    const own = await reportOf(few.teacher, `/teacher/classrooms/${few.classroomId}/skills/${ofFour}/item-analysis`);
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

  it("flags nothing of a skill with fewer than ten answers: what is usual is not known", async () => {
    const skillOfFew = await newSkill("ITEM.9");
    const deeds = Array.from({ length: 9 }, () => ({ did: "answer", right: false, afterSec: 1 }) as const);
    const few = await sceneOf([[{ skillId: skillOfFew, startedAt: "2026-01-12T09:00:00Z", deeds }]]);
    const { data } = await reportOf(few.teacher, `/teacher/classrooms/${few.classroomId}/effort`, EVER);
    expect(data).toMatchObject({ students: [{ questions: 9, rapid_guesses: 0 }], skills: [], rapid_guesses: [] });
  });

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
