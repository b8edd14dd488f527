import { beforeAll, describe, expect, it } from "vitest";
import { EVER, type Query, reportOf } from "./asking.ts";
import {
  counts,
  currentScore,
  daysIn,
  figuresIn,
  levelOf,
  named,
  newestFirst,
  percent,
  progressRow,
  readable,
  scoreIn,
  seconds,
  sessionsIn,
  skillOf,
  spotsIn,
  studentOf,
  total,
} from "./recomputed.ts";
import { type Pupil, randomHistory, type Scene, sceneOf } from "./scene.ts";

const PERIODS: Query[] = [{}, { from: "2026-01-12", to: "2026-01-25" }, { from: "2026-02-01" }, { from: "2027-01-01" }];
const FILTERS: Query[] = [
  { skill_id: 2 },
  { grade_number: 5, from: "2026-01-10" },
  { subject_slug: "spanish" },
  { topic_id: 1 },
];
const SCORES: Query[] = [
  { score: "current" },
  { score: "best", to: "2026-01-20" },
  { score: "current", to: "2026-01-20" },
];

/** Wide enough for all of a scene, where a report would else have its own last days. */

let scene: Scene;

beforeAll(async () => {
  scene = await sceneOf([randomHistory(11, 30), randomHistory(12, 30), []], "Pacific/Auckland");
}, 60_000);

/** Checks a report of each student, as their teacher sees it. */
async function ofEach(path: string, query: Query, expected: (pupil: Pupil) => object) {
  for (const pupil of scene.pupils) {
    const asked = { ...query, student_id: pupil.person.id };
    expect((await reportOf(scene.teacher, path, asked)).data).toEqual(expected(pupil));
  }
}

const practised = (pupil: Pupil, query: Query) => figuresIn(scene, pupil, query);

describe("usage adds up, day by day, session by session, skill by skill", () => {
  it.each([EVER, { from: "2026-01-12", to: "2026-01-25" }, { ...EVER, skill_id: 2 }, { ...EVER, grade_number: 5 }])(
    "%o",
    async (query) => {
      await ofEach("/analytics/usage", query, (pupil) => ({
        student_id: pupil.person.id,
        days: daysIn(scene, [pupil], query).map(({ active_students: _, ...day }) => day),
        sessions: sessionsIn(scene, [pupil], query).map(({ student_id: _id, full_name: _name, ...session }) => session),
        skills: practised(pupil, query).map((figures) => progressRow(scene, figures)),
      }));
    },
  );
});

describe("progress goes from the first score to the last", () => {
  it.each([...PERIODS, ...FILTERS])("%o", async (query) => {
    await ofEach("/analytics/progress", query, (pupil) => ({
      student_id: pupil.person.id,
      skills: practised(pupil, query)
        .filter(({ questions }) => questions > 0)
        .map((figures) => progressRow(scene, figures)),
    }));
  });
});

describe("the score chart has each skill's score", () => {
  it.each([...PERIODS, ...FILTERS, ...SCORES])("%o", async (query) => {
    await ofEach("/analytics/score-chart", query, (pupil) => ({
      student_id: pupil.person.id,
      skills: practised(pupil, query)
        .filter(({ questions }) => questions > 0)
        .map((figures) => ({
          ...named(scene, figures.skillId),
          smartscore: scoreIn(figures, query),
          level: levelOf(scoreIn(figures, query)),
          ...counts(figures.questions, figures.correct),
          active_time_seconds: seconds(figures.ms),
          last_practiced_at: figures.lastAt,
          is_assigned: false,
        })),
    }));
  });
});

const spotRows = (pupil: Pupil, query: Query) =>
  spotsIn(scene, [pupil], query).map(({ skillId, questions, correct, wrong }) => ({
    ...named(scene, skillId),
    wrong,
    ...counts(questions, correct),
    smartscore: currentScore(pupil, skillId),
  }));

describe("trouble spots have the skills with the most wrong answers, and those answers", () => {
  it.each([
    EVER,
    { from: "2026-01-12", to: "2026-01-25" },
    { ...EVER, skill_id: 2 },
    { ...EVER, subject_slug: "math" },
  ])("%o", async (query: Query) => {
    const each = query.skill_id === undefined ? 5 : 100;
    await ofEach("/analytics/trouble-spots", query, (pupil) => ({
      student_id: pupil.person.id,
      skills: spotRows(pupil, query),
      missed_questions: spotsIn(scene, [pupil], query).flatMap(({ skillId, of }) =>
        of
          .flatMap(({ figures }) => figures.attempts.filter(({ is_correct }) => !is_correct))
          .toSorted(newestFirst)
          .slice(0, each)
          .map((attempt) => ({
            skill_id: skillId,
            skill_name: skillOf(scene, skillId).skill_name,
            ...readable(attempt),
          })),
      ),
    }));
  });
});

describe("the summary adds up", () => {
  it.each([...PERIODS, ...FILTERS, ...SCORES])("%o", async (query) => {
    for (const pupil of scene.pupils) {
      const { data } = await reportOf(scene.teacher, "/analytics/summary", { ...query, student_id: pupil.person.id });
      const answered = practised(pupil, query).filter(({ questions }) => questions > 0);
      const at = (level: string) => answered.filter((figures) => levelOf(scoreIn(figures, query)) === level).length;
      const questions = total(answered, (figures) => figures.questions);
      const correct = total(answered, (figures) => figures.correct);
      expect(data).toEqual({
        ...studentOf(pupil),
        grade_level: 5,
        totals: {
          days_practised: daysIn(scene, [pupil], query).filter((day) => day.questions > 0).length,
          skills: answered.length,
          skills_mastered: at("MASTERED"),
          skills_excellent: at("EXCELLENT"),
          skills_proficient: at("PROFICIENT"),
          skills_practised: at("PRACTISED"),
          questions,
          correct,
          accuracy_percent: percent(correct, questions),
          active_time_seconds: seconds(total(practised(pupil, query), ({ ms }) => ms)),
        },
        trouble_spots: spotRows(pupil, query).slice(0, 3),
        next_skills: expect.any(Array),
      });
    }
  });
});

it("a student sees of themselves what their teacher sees", async () => {
  const pupil = scene.pupils.find(({ raw }) => raw.attempts.length > 0);
  if (!pupil) throw new Error("the scene has students");
  for (const path of ["summary", "usage", "score-chart", "trouble-spots", "progress"]) {
    const own = await reportOf(pupil.person, `/analytics/${path}`, EVER);
    const seen = await reportOf(scene.teacher, `/analytics/${path}`, { ...EVER, student_id: pupil.person.id });
    expect(own.data).toEqual(seen.data);
    expect(own.meta).toMatchObject({ as_of: expect.any(String), period: EVER });
  }
});
