import { beforeAll, describe, expect, it } from "vitest";
import { CLOSED, FILTERED, PERIODS, type Query, reportOf } from "./asking.ts";
import {
  attemptsIn,
  counts,
  currentScore,
  type Figures,
  figuresIn,
  levelOf,
  named,
  newestFirst,
  readable,
  scoreIn,
  seconds,
  skillOf,
  spotsIn,
  studentOf,
} from "./recomputed.ts";
import { randomHistory, type Scene, sceneOf } from "./scene.ts";

const SCORES: Query[] = [
  { score: "current" },
  { score: "best", to: "2026-01-20" },
  { score: "current", to: "2026-01-20" },
];

let scene: Scene;

beforeAll(async () => {
  const histories = [21, 22, 23, 24].map((seed) => randomHistory(seed, 25));
  scene = await sceneOf([...histories, []], "America/New_York");
}, 60_000);

const classData = () => ({ classroom_id: scene.classroomId, title: scene.title, student_count: scene.pupils.length });

const dataOf = async (report: string, query: Query) =>
  (await reportOf(scene.teacher, `/teacher/classrooms/${scene.classroomId}/${report}`, query)).data;

/** Every student's figures by skill, students by name. */
const everyones = (query: Query) =>
  scene.pupils.flatMap((pupil) => figuresIn(scene, pupil, query).map((figures) => ({ pupil, figures })));

const isAnswered = ({ figures }: { figures: Figures }) => figures.questions > 0;

describe("the score grid has a score where there is an answer", () => {
  it.each([...PERIODS, ...SCORES, { grade_number: 5 }, { skill_id: 2 }, { topic_id: 1, skills: "all" }])(
    "%o",
    async (query: Query) => {
      const data = await dataOf("score-grid", query);
      const all = everyones(query).filter(isAnswered);
      const listed = [...scene.skills.values()].filter(
        ({ skill_id, topic_id, is_published }) =>
          all.some(({ figures }) => figures.skillId === skill_id) ||
          (query.skills === "all" && is_published && topic_id === query.topic_id),
      );
      expect(data).toEqual({
        ...classData(),
        skills: listed.map(({ skill_id }) => named(scene, skill_id)),
        students: scene.pupils.map((pupil) => ({
          ...studentOf(pupil),
          smartscores: listed.map(({ skill_id }) => {
            const found = all.find((one) => one.pupil === pupil && one.figures.skillId === skill_id);
            return found ? scoreIn(found.figures, query) : null;
          }),
        })),
      });
    },
  );
});

describe("a skill's score chart has every student, and how many are on which level", () => {
  it.each([...PERIODS, ...SCORES])("%o", async (query) => {
    const rows = scene.pupils.map((pupil) => {
      const figures = figuresIn(scene, pupil, { ...query, skill_id: 2 })[0];
      const score = figures && figures.questions > 0 ? scoreIn(figures, query) : null;
      return {
        ...studentOf(pupil),
        smartscore: score,
        level: levelOf(score),
        ...counts(figures?.questions ?? 0, figures?.correct ?? 0),
        active_time_seconds: seconds(figures?.ms ?? 0),
        last_practiced_at: figures?.lastAt ?? null,
      };
    });
    const at = (level: string | null) => rows.filter((row) => row.level === level).length;
    expect(await dataOf("skills/2/score-chart", query)).toEqual({
      ...classData(),
      skill: named(scene, 2),
      levels: {
        mastered: at("MASTERED"),
        excellent: at("EXCELLENT"),
        proficient: at("PROFICIENT"),
        practised: at("PRACTISED"),
        not_practised: at(null),
      },
      students: rows,
    });
  });
});

describe("trouble spots name the skills, the students and the questions", () => {
  it.each([...CLOSED, ...FILTERED])("%o", async (query) => {
    const spots = spotsIn(scene, scene.pupils, query);
    const each = query.skill_id === undefined ? 5 : 100;
    expect(await dataOf("trouble-spots", query)).toEqual({
      ...classData(),
      skills: spots.map(({ skillId, of, questions, correct, wrong }) => ({
        ...named(scene, skillId),
        wrong,
        ...counts(questions, correct),
        students: of.filter(({ figures }) => figures.wrong > 0).length,
      })),
      students: spots.flatMap(({ skillId, of }) =>
        of
          .filter(({ figures }) => figures.wrong > 0)
          .toSorted((a, b) => b.figures.wrong - a.figures.wrong)
          .map(({ pupil, figures }) => ({
            skill_id: skillId,
            skill_name: skillOf(scene, skillId).skill_name,
            ...studentOf(pupil),
            wrong: figures.wrong,
            ...counts(figures.questions, figures.correct),
            smartscore: currentScore(pupil, skillId),
          })),
      ),
      missed_questions: spots.flatMap(({ skillId, of }) =>
        of
          .flatMap(({ pupil, figures }) =>
            figures.attempts.filter(({ is_correct }) => !is_correct).map((attempt) => ({ pupil, attempt })),
          )
          .toSorted((a, b) => newestFirst(a.attempt, b.attempt))
          .slice(0, each)
          .map(({ pupil, attempt }) => ({
            ...studentOf(pupil),
            skill_id: skillId,
            skill_name: skillOf(scene, skillId).skill_name,
            ...readable(attempt),
          })),
      ),
    });
  });
});

describe("the questions log has every answer to a skill's questions", () => {
  it.each(PERIODS)("%o", async (query) => {
    const answers = scene.pupils.flatMap((pupil) =>
      attemptsIn(scene, pupil, { ...query, skill_id: 2 }).map((attempt) => ({ pupil, attempt })),
    );
    const rows = answers
      .toSorted((a, b) => newestFirst(a.attempt, b.attempt))
      .map(({ pupil, attempt }) => ({
        ...studentOf(pupil),
        session_id: attempt.session_id,
        ...readable(attempt),
        is_correct: attempt.is_correct,
      }));
    expect(await dataOf("skills/2/questions-log", query)).toEqual({
      ...classData(),
      skill: named(scene, 2),
      attempts: rows,
    });
    const [pupil] = scene.pupils;
    const one = await dataOf("skills/2/questions-log", { ...query, student_id: pupil?.person.id });
    expect(one.attempts).toEqual(rows.filter(({ student_id }) => student_id === pupil?.person.id));
  });
});
