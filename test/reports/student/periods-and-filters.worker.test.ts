import { beforeAll, describe, expect, it } from "vitest";
import { type Account, register } from "../../worker/client.ts";
import { type Credit, type Deed, type PastSession, recordHistory } from "./history.ts";
import { figuresOf, groupBy, type Raw, type RawAttempt, rawPractice } from "./recomputed.ts";
import { allQuestionsOf, logOf, overviewOf, skillsOf } from "./reports.ts";

const ZONE = "Pacific/Auckland";
/** In UTC the day before: Auckland is 13 hours ahead in summer. */
const LATE_EVENING = "2026-02-09T10:50:00.000Z";

let account: Account;
let raw: Raw;
let credits: Credit[];

beforeAll(async () => {
  account = await register();
  credits = await recordHistory(account.id, months(), ZONE);
  raw = await rawPractice(account.id);
}, 60_000);

/** Thirty sessions in two months over six skills of four grades, one of them past midnight, one without an answer. */
function months(): PastSession[] {
  const skills = [1, 2, 3, 5, 8, 16];
  const usual = Array.from({ length: 30 }, (_, n): PastSession => {
    const startedAt = new Date(Date.UTC(2026, 0, 5 + 2 * n, (7 * n) % 24, 13)).toISOString();
    const deeds = Array.from({ length: 3 + (n % 5) }, (_, k): Deed => {
      // Odd milliseconds: where each is cut to whole seconds before they are added up, the total is another one.
      const odd = ((389 * n + 577 * k + 211) % 1000) / 1000;
      if ((n + k) % 6 === 5) return { did: "skip", afterSec: 7 + odd };
      return { did: "answer", afterSec: 11 + ((3 * n + 5 * k) % 50) + odd, right: (n * n + k) % 4 !== 1 };
    });
    return { skillId: skills[n % skills.length] ?? 1, startedAt, deeds, startScore: n > 12 ? 60 : 0 };
  });
  const minutes = (right: boolean): Deed => ({ did: "answer", afterSec: 127.693, right });
  const pastMidnight: PastSession = {
    skillId: 1,
    startedAt: LATE_EVENING,
    deeds: [true, true, true, true, false, true, true].map(minutes),
  };
  const onlyLooked: PastSession = {
    skillId: 4,
    startedAt: "2026-03-20T01:00:00.000Z",
    deeds: [
      { did: "stay", afterSec: 60.749 },
      { did: "skip", afterSec: 30.999 },
    ],
  };
  return [...usual, pastMidnight, onlyLooked].toSorted((a, b) => a.startedAt.localeCompare(b.startedAt));
}

type Query = {
  from?: string;
  to?: string;
  subject_slug?: string;
  grade_number?: number;
  topic_id?: number;
  skill_id?: number;
};

const within = ({ from, to }: Query, day: string) =>
  (from === undefined || day >= from) && (to === undefined || day <= to);

const matches = (query: Query, attempt: RawAttempt) =>
  within(query, attempt.day) &&
  (query.subject_slug === undefined || attempt.subject === query.subject_slug) &&
  (query.grade_number === undefined || attempt.grade === query.grade_number) &&
  (query.topic_id === undefined || attempt.topic_id === query.topic_id) &&
  (query.skill_id === undefined || attempt.skill_id === query.skill_id);

/** The active time of a period and a skill, or of all skills, in whole seconds: every credit that fell into it. */
function secondsIn(query: Query, skillId?: number): number {
  let ms = 0;
  for (const credit of credits) {
    if (within(query, credit.day) && (skillId === undefined || credit.skillId === skillId)) ms += credit.ms;
  }
  return Math.floor(ms / 1000);
}

/** When a skill was practised last in a period: the last answer, or the last moment that counted. */
function lastPractice(query: Query, skillId: number): string | null {
  const moments = credits
    .filter(({ day, ms, ...credit }) => within(query, day) && credit.skillId === skillId && ms > 0)
    .map(({ atMs }) => atMs);
  return moments.length === 0 ? null : new Date(Math.max(...moments)).toISOString();
}

const attemptsOf = (query: Query) => raw.attempts.filter((attempt) => matches(query, attempt));

const PERIODS: Query[] = [
  { from: "2026-02-01" },
  { to: "2026-01-31" },
  { from: "2026-01-20", to: "2026-02-20" },
  { from: "2026-02-10", to: "2026-02-10" },
  { from: "2027-01-01" },
  { from: "0001-01-01", to: "9999-12-31" },
];
const SKILLS: Query[] = [
  { subject_slug: "math" },
  { subject_slug: "spanish" },
  { subject_slug: "no-such-subject" },
  { grade_number: 5 },
  { grade_number: 1 },
  { topic_id: 1 },
  { skill_id: 1 },
  { subject_slug: "math", grade_number: 5, skill_id: 2 },
];
const BOTH: Query[] = [
  { from: "2026-02-01", grade_number: 5 },
  { to: "2026-02-09", skill_id: 1 },
  { from: "2026-02-10", skill_id: 1 },
];

const SKILL_DAYS: Query[] = [
  { to: "2026-02-09", skill_id: 1 },
  { from: "2026-02-10", skill_id: 1 },
  { from: "2026-03-20", to: "2026-03-20", skill_id: 4 },
];

describe("the overview of what filters let through", () => {
  it.each<Query>([{}, ...PERIODS, ...SKILLS, ...BOTH])("%o", async (query) => {
    const { data, meta } = await overviewOf(account.token, query);
    const chosen = attemptsOf(query);
    const all = figuresOf(chosen);
    const bySkill = groupBy(chosen, ({ skill_id }) => skill_id);
    const byGrade: Record<string, number> = {};
    for (const [first] of bySkill.values()) if (first) byGrade[first.grade] = (byGrade[first.grade] ?? 0) + 1;
    expect(data).toEqual({
      total_time_sec: expect.any(Number),
      skills_practiced: bySkill.size,
      avg_accuracy_percent: all.accuracy,
      total_questions_answered: all.questions,
      total_skills_by_grade: byGrade,
    });
    const { from = null, to = null, ...filters } = query;
    expect(meta).toEqual({ as_of: "2026-03-20T01:01:31.748Z", period: { from, to }, filters });
  });

  it.each<Query>([{}, ...PERIODS])(
    "counts the active time of the days %o, cut to whole seconds once it is added up",
    async (query) => {
      const { data } = await overviewOf(account.token, query);
      expect(data.total_time_sec).toBe(secondsIn(query));
    },
  );

  it.each<Query>(SKILL_DAYS)("counts the active time of a skill's days %o, cut likewise", async (query) => {
    const { data } = await overviewOf(account.token, query);
    expect(data.total_time_sec).toBe(secondsIn(query, query.skill_id));
  });

  it("adds up to the whole, day by day", async () => {
    const whole = await overviewOf(account.token);
    const days = await Promise.all(
      [...new Set(credits.map(({ day }) => day))].map((day) => overviewOf(account.token, { from: day, to: day })),
    );
    const sum = (name: "total_time_sec" | "total_questions_answered") =>
      days.reduce((total, { data }) => total + data[name], 0);
    expect(sum("total_questions_answered")).toBe(whole.data.total_questions_answered);
    // Of each day less than a second is not shown.
    const unseen = whole.data.total_time_sec - sum("total_time_sec");
    expect(unseen).toBeGreaterThan(0);
    expect(unseen).toBeLessThan(days.length);
  });
});

describe("the skills of what filters let through", () => {
  it.each<Query>([{}, ...PERIODS, ...SKILLS, ...BOTH])("%o", async (query) => {
    const { data } = await skillsOf(account.token, query);
    const bySkill = groupBy(attemptsOf(query), ({ skill_id }) => skill_id);
    expect(data.map(({ skill_id }) => skill_id).toSorted()).toEqual([...bySkill.keys()].toSorted());
    expect(data.map(({ last_practiced_at }) => last_practiced_at)).toEqual(
      data
        .map(({ last_practiced_at }) => last_practiced_at)
        .toSorted()
        .toReversed(),
    );
    const isPeriod = query.from !== undefined || query.to !== undefined;
    for (const skill of data) {
      const attempts = bySkill.get(skill.skill_id) ?? [];
      const sessions = raw.sessions.filter(({ skill_id }) => skill_id === skill.skill_id);
      const figures = figuresOf(attempts);
      expect(skill).toMatchObject({
        total_questions: figures.questions,
        accuracy_percent: figures.accuracy,
        last_smartscore: figures.last,
        total_time_seconds: secondsIn(query, skill.skill_id),
        grade_number: attempts[0]?.grade,
        topic_id: attempts[0]?.topic_id,
      });
      if (isPeriod) {
        expect(skill.best_smartscore).toBe(figures.best);
        expect(skill.last_practiced_at).toBe(lastPractice(query, skill.skill_id));
      } else {
        expect(skill.best_smartscore).toBe(Math.max(...sessions.map(({ best_smartscore }) => best_smartscore)));
      }
    }
  });

  it("leaves out a skill that was looked at and never answered, whose time counts all the same", async () => {
    expect(secondsIn({ from: "2026-03-20", to: "2026-03-20" })).toBe(91);
    expect((await skillsOf(account.token, { skill_id: 4 })).data).toEqual([]);
    expect((await overviewOf(account.token, { skill_id: 4 })).data).toMatchObject({
      total_time_sec: 91,
      skills_practiced: 0,
      total_skills_by_grade: {},
    });
  });
});

describe("attempts of a period", () => {
  it.each<Query>([...PERIODS, ...SKILLS, ...BOTH])("all questions, %o", async (query) => {
    const { data } = await allQuestionsOf(account.token, query);
    expect(data.map(({ attempt_id }) => attempt_id)).toEqual(
      attemptsOf(query)
        .map(({ id }) => id)
        .toReversed(),
    );
  });

  it.each<Query>(PERIODS)("the questions log with its summary, %o", async (query) => {
    const { data } = await logOf(account.token, 1, query);
    const attempts = attemptsOf({ ...query, skill_id: 1 });
    const figures = figuresOf(attempts);
    expect(data.summary).toEqual({
      total_questions_answered: figures.questions,
      accuracy_percent: figures.accuracy,
      total_time_seconds: secondsIn(query, 1),
      last_smartscore: figures.last,
      best_smartscore_all_time: (await skillsOf(account.token, { skill_id: 1 })).data[0]?.best_smartscore,
      last_practiced_at: lastPractice(query, 1),
    });
    const logged = data.sessions.toReversed().flatMap((session) => session.attempts);
    expect(logged.map(({ attempt_id }) => attempt_id)).toEqual(attempts.map(({ id }) => id));
  });

  it("goes by the student's local days: a session past midnight is on both", async () => {
    const dayOf = async (query: Query) => {
      const { data } = await logOf(account.token, 1, query);
      return data.sessions.find(({ started_at }) => started_at === LATE_EVENING)?.attempts.length;
    };
    expect(await dayOf({ from: "2026-02-09", to: "2026-02-09" })).toBe(4);
    expect(await dayOf({ from: "2026-02-10", to: "2026-02-10" })).toBe(3);
  });
});
