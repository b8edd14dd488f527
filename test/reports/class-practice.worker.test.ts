import { beforeAll, describe, expect, it } from "vitest";
import { CLOSED, EVER, FILTERED, PERIODS, type Query, reportOf } from "./asking.ts";
import {
  attemptsIn,
  counts,
  daysIn,
  type Figures,
  figuresIn,
  named,
  progressRow,
  scoreIn,
  seconds,
  sessionsIn,
  skillOf,
  studentOf,
  total,
} from "./recomputed.ts";
import { type Pupil, randomHistory, type Scene, sceneOf } from "./scene.ts";

let scene: Scene;

beforeAll(async () => {
  const histories = [21, 22, 23, 24].map((seed) => randomHistory(seed, 25));
  // Who never comes to 80, and whose scores go up and down.
  const weak = randomHistory(25, 25).map((past, n) => ({ ...past, startScore: n % 2 === 0 ? 55 : 20 }));
  // Who comes with a good score and loses it, from the first answer on.
  const wrong = { did: "answer", right: false, afterSec: 9 } as const;
  const lost = [{ skillId: 3, startedAt: "2026-01-20T15:00:00.000Z", startScore: 88, deeds: [wrong, wrong] }];
  scene = await sceneOf([...histories, weak, lost, []], "America/New_York");
}, 60_000);

const classData = () => ({ classroom_id: scene.classroomId, title: scene.title, student_count: scene.pupils.length });

const dataOf = async (report: string, query: Query) =>
  (await reportOf(scene.teacher, `/teacher/classrooms/${scene.classroomId}/${report}`, query)).data;

/** Every student's figures by skill, students by name. */
const everyones = (query: Query) =>
  scene.pupils.flatMap((pupil) => figuresIn(scene, pupil, query).map((figures) => ({ pupil, figures })));

const isAnswered = ({ figures }: { figures: Figures }) => figures.questions > 0;

const needsHelp = ({ questions, correct, first, best, last }: Figures) => ({
  isStruggling: questions >= 10 && correct / questions < 0.6,
  isFalling: best !== null && last !== null && Math.max(first ?? 0, best) - last >= 15,
});

it("has students of every kind to tell apart", async () => {
  const { attention } = await dataOf("quick-view", EVER);
  const reasons = new Set(attention.map(({ reason }: { reason: string }) => reason));
  expect([...reasons].toSorted()).toEqual(["FALLING", "NOT_PRACTISED", "STRUGGLING"]);
  const { students } = await dataOf("groups", EVER);
  const groups = new Set(students.map(({ group }: { group: string }) => group));
  expect([...groups].toSorted()).toEqual(["NEEDS_HELP", "NOT_PRACTISED", "PRACTISING", "READY"]);
  const fromTheStart = everyones(EVER).filter(({ figures: { first, best, last } }) => {
    return first !== null && best !== null && last !== null && first - last >= 15 && best - last < 15;
  });
  expect(fromTheStart.length).toBeGreaterThan(0);
});

describe("the quick view counts the last day and the period, and names who needs attention", () => {
  it.each(CLOSED)("%o", async (query) => {
    const span = (name: string, from: unknown, to: unknown) => {
      const all = everyones({ from: String(from), to: String(to) });
      const reached = (score: number) => all.filter(({ figures }) => (figures.best ?? 0) >= score).length;
      return {
        span: name,
        from,
        to,
        active_students: new Set(all.filter(isAnswered).map(({ pupil }) => pupil)).size,
        ...counts(
          total(all, ({ figures }) => figures.questions),
          total(all, ({ figures }) => figures.correct),
        ),
        active_time_seconds: seconds(total(all, ({ figures }) => figures.ms)),
        skills_proficient: reached(80),
        skills_mastered: reached(100),
      };
    };
    const inSkill = (reason: string, wanted: (figures: Figures) => boolean) =>
      everyones(query)
        .filter(({ figures }) => wanted(figures))
        .toSorted(
          (a, b) =>
            scene.pupils.indexOf(a.pupil) - scene.pupils.indexOf(b.pupil) || a.figures.skillId - b.figures.skillId,
        )
        .map(({ pupil, figures }) => ({
          ...studentOf(pupil),
          reason,
          skill_id: figures.skillId,
          skill_name: skillOf(scene, figures.skillId).skill_name,
          smartscore: figures.last,
          ...counts(figures.questions, figures.correct),
        }));
    expect(await dataOf("quick-view", query)).toEqual({
      ...classData(),
      spans: [span("DAY", query.to, query.to), span("PERIOD", query.from, query.to)],
      attention: [
        ...inSkill("STRUGGLING", (figures) => needsHelp(figures).isStruggling),
        ...inSkill("FALLING", (figures) => needsHelp(figures).isFalling && !needsHelp(figures).isStruggling),
        ...scene.pupils
          .filter((pupil) => attemptsIn(scene, pupil, query).length === 0)
          .map((pupil) => ({
            ...studentOf(pupil),
            reason: "NOT_PRACTISED",
            skill_id: null,
            skill_name: null,
            smartscore: null,
            ...counts(0, 0),
          })),
      ],
    });
  });
});

describe("usage adds up, student by student, day by day, skill by skill, session by session", () => {
  it.each([...CLOSED, ...FILTERED])("%o", async (query) => {
    const student = (pupil: Pupil) => {
      const figures = figuresIn(scene, pupil, query);
      const moments = figures.map(({ lastAt }) => lastAt).toSorted();
      return {
        ...studentOf(pupil),
        days_practised: daysIn(scene, [pupil], query).filter(({ questions }) => questions > 0).length,
        skills: figures.filter(({ questions }) => questions > 0).length,
        active_time_seconds: seconds(total(figures, ({ ms }) => ms)),
        ...counts(
          total(figures, ({ questions }) => questions),
          total(figures, ({ correct }) => correct),
        ),
        last_practiced_at: moments.at(-1) ?? null,
      };
    };
    const skills = [...scene.skills.keys()].flatMap((skillId) => {
      const of = everyones(query).filter(({ figures }) => figures.skillId === skillId);
      if (of.length === 0) return [];
      const meanOf = (score: (figures: Figures) => number | null) => {
        const scores = of.flatMap(({ figures }) => score(figures) ?? []);
        return scores.length === 0 ? null : Number((total(scores, (one) => one) / scores.length).toFixed(1));
      };
      return [
        {
          ...named(scene, skillId),
          active_students: of.filter(isAnswered).length,
          active_time_seconds: seconds(total(of, ({ figures }) => figures.ms)),
          ...counts(
            total(of, ({ figures }) => figures.questions),
            total(of, ({ figures }) => figures.correct),
          ),
          mean_smartscore_from: meanOf(({ first }) => first),
          mean_smartscore_to: meanOf(({ last }) => last),
        },
      ];
    });
    expect(await dataOf("usage", query)).toEqual({
      ...classData(),
      students: scene.pupils.map(student),
      days: daysIn(scene, scene.pupils, query),
      skills,
      sessions: sessionsIn(scene, scene.pupils, query),
    });
  });
});

describe("progress goes from the first score to the last", () => {
  it.each([...PERIODS, ...FILTERED])("%o", async (query) => {
    expect(await dataOf("progress", query)).toEqual({
      ...classData(),
      rows: scene.pupils.flatMap((pupil) =>
        figuresIn(scene, pupil, query)
          .filter(({ questions }) => questions > 0)
          .toSorted((a, b) => a.skillId - b.skillId)
          .map((figures) => ({ ...studentOf(pupil), ...progressRow(scene, figures) })),
      ),
    });
  });
});

describe("groups to act on", () => {
  it.each<Query>([EVER, { from: "2026-01-12", to: "2026-01-25" }, { ...EVER, skill_id: 2, score: "current" }])(
    "%o",
    async (query) => {
      const data = await dataOf("groups", query);
      const all = everyones(query).filter(isAnswered);
      const practisedBy = (skillId: number) => all.filter(({ figures }) => figures.skillId === skillId).length;
      const skills = [...new Set(all.map(({ figures }) => figures.skillId))].toSorted(
        (a, b) => practisedBy(b) - practisedBy(a) || a - b,
      );
      const members = skills.flatMap((skillId) =>
        scene.pupils.map((pupil) => {
          const inPeriod = all.find((one) => one.pupil === pupil && one.figures.skillId === skillId)?.figures;
          const ever = figuresIn(scene, pupil, { skill_id: skillId })[0];
          const score = ever && ever.questions > 0 ? scoreIn(ever, query) : null;
          return {
            skill_id: skillId,
            skill_name: skillOf(scene, skillId).skill_name,
            group: groupOf(score, inPeriod),
            ...studentOf(pupil),
            smartscore: score,
            ...counts(inPeriod?.questions ?? 0, inPeriod?.correct ?? 0),
          };
        }),
      );
      const inGroup = (skillId: number, group: string) =>
        members.filter((member) => member.skill_id === skillId && member.group === group).length;
      expect(data.students).toEqual(members);
      expect(data.skills).toEqual(
        skills.map((skillId) => ({
          ...named(scene, skillId),
          ready: inGroup(skillId, "READY"),
          needs_help: inGroup(skillId, "NEEDS_HELP"),
          practising: inGroup(skillId, "PRACTISING"),
          not_practised: inGroup(skillId, "NOT_PRACTISED"),
        })),
      );
    },
  );
});

function groupOf(score: number | null, inPeriod: Figures | undefined): string {
  if (score !== null && score >= 80) return "READY";
  if (!inPeriod) return "NOT_PRACTISED";
  const { isStruggling, isFalling } = needsHelp(inPeriod);
  return isStruggling || isFalling ? "NEEDS_HELP" : "PRACTISING";
}
