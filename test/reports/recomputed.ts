import type { Query } from "./asking.ts";
import type { Pupil, Scene, Skill } from "./scene.ts";
import type { RawAttempt } from "./student/recomputed.ts";

/** What a report must show, counted from raw attempts and credits one by one. */

const within = ({ from, to }: Query, day: string) =>
  (from === undefined || day >= String(from)) && (to === undefined || day <= String(to));

const isOfSkill = (scene: Scene, query: Query, skillId: number) => {
  const skill = skillOf(scene, skillId);
  return (
    (query.skill_id === undefined || query.skill_id === skillId) &&
    (query.subject_slug === undefined || query.subject_slug === skill.subject) &&
    (query.grade_number === undefined || query.grade_number === skill.grade_number) &&
    (query.topic_id === undefined || query.topic_id === skill.topic_id)
  );
};

export function skillOf({ skills }: Scene, id: number): Skill {
  const skill = skills.get(id);
  if (!skill) throw new Error(`no skill ${id}`);
  return skill;
}

/** A skill as rows name it. */
export function named(scene: Scene, id: number) {
  const { subject: _subject, is_published: _published, ...names } = skillOf(scene, id);
  return names;
}

export const percent = (right: number, all: number) => (all === 0 ? 0 : Number(((right / all) * 100).toFixed(1)));

export const attemptsIn = (scene: Scene, { raw }: Pupil, query: Query): RawAttempt[] =>
  raw.attempts.filter(({ day, skill_id }) => within(query, day) && isOfSkill(scene, query, skill_id));

/** What one student came to on one skill in a period; skills without answer or time are not there. */
export type Figures = {
  skillId: number;
  attempts: RawAttempt[];
  questions: number;
  correct: number;
  wrong: number;
  ms: number;
  first: number | null;
  last: number | null;
  best: number | null;
  lastAt: string;
};

export function figuresIn(scene: Scene, pupil: Pupil, query: Query): Figures[] {
  const found: Figures[] = [];
  for (const skillId of scene.skills.keys()) {
    if (!isOfSkill(scene, query, skillId)) continue;
    const credits = pupil.credits.filter((each) => each.skillId === skillId && within(query, each.day));
    const attempts = attemptsIn(scene, pupil, query).filter(({ skill_id }) => skill_id === skillId);
    const counting = credits.filter(
      ({ ms, atMs }) => ms > 0 || attempts.some((one) => Date.parse(one.answered_at) === atMs),
    );
    if (counting.length === 0) continue;
    let best: number | null = null;
    for (const { smartscore_after } of attempts) best = Math.max(best ?? 0, smartscore_after);
    // Of all time a score that a session began with counts too.
    if (query.from === undefined && query.to === undefined && attempts.length > 0) {
      for (const session of pupil.raw.sessions) {
        if (session.skill_id === skillId) best = Math.max(best ?? 0, session.best_smartscore);
      }
    }
    const right = attempts.filter(({ is_correct }) => is_correct).length;
    found.push({
      skillId,
      attempts,
      questions: attempts.length,
      correct: right,
      wrong: attempts.length - right,
      ms: credits.reduce((sum, { ms }) => sum + ms, 0),
      first: attempts[0]?.smartscore_before ?? null,
      last: attempts.at(-1)?.smartscore_after ?? null,
      best,
      lastAt: new Date(Math.max(...counting.map(({ atMs }) => atMs))).toISOString(),
    });
  }
  return found;
}

export const scoreIn = ({ best, last }: Figures, query: Query) => (query.score === "current" ? last : best);

export const levelOf = (score: number | null) => {
  if (score === null) return null;
  if (score === 100) return "MASTERED";
  return score >= 90 ? "EXCELLENT" : score >= 80 ? "PROFICIENT" : "PRACTISED";
};

export const counts = (questions: number, correct: number) => ({
  questions,
  correct,
  accuracy_percent: percent(correct, questions),
});

export const seconds = (ms: number) => Math.floor(ms / 1000);

export const total = <T>(list: readonly T[], of: (one: T) => number) => {
  let sum = 0;
  for (const one of list) sum += of(one);
  return sum;
};

export const studentOf = ({ person }: Pupil) => ({ student_id: person.id, full_name: person.name });

/** The score that a student has on a skill by now. */
export function currentScore({ raw }: Pupil, skillId: number): number | null {
  return raw.attempts.filter(({ skill_id }) => skill_id === skillId).at(-1)?.smartscore_after ?? null;
}

export function progressRow(scene: Scene, { skillId, questions, correct, ms, first, last }: Figures) {
  return {
    ...named(scene, skillId),
    active_time_seconds: seconds(ms),
    ...counts(questions, correct),
    smartscore_from: first,
    smartscore_to: last,
    smartscore_change: first === null || last === null ? null : last - first,
  };
}

/** The days of some students, the newest first. */
export function daysIn(scene: Scene, pupils: readonly Pupil[], query: Query) {
  const credits = pupils.flatMap((pupil) => pupil.credits.map((credit) => ({ ...credit, pupil })));
  const attempts = pupils.flatMap((pupil) => attemptsIn(scene, pupil, query).map((attempt) => ({ attempt, pupil })));
  const counting = credits.filter(
    ({ ms, day, skillId }) => ms > 0 && within(query, day) && isOfSkill(scene, query, skillId),
  );
  const days = new Set([...counting.map(({ day }) => day), ...attempts.map(({ attempt }) => attempt.day)]);
  return [...days]
    .toSorted()
    .toReversed()
    .map((day) => {
      const answered = attempts.filter(({ attempt }) => attempt.day === day);
      const right = answered.filter(({ attempt }) => attempt.is_correct).length;
      return {
        day,
        skills: new Set(answered.map(({ attempt }) => attempt.skill_id)).size,
        active_time_seconds: seconds(
          total(
            counting.filter((credit) => credit.day === day),
            ({ ms }) => ms,
          ),
        ),
        ...counts(answered.length, right),
        active_students: new Set(answered.map(({ pupil }) => pupil.person.id)).size,
      };
    });
}

/** Sessions with an answer, each of the day of its first one, the newest first. */
export function sessionsIn(scene: Scene, pupils: readonly Pupil[], query: Query) {
  return pupils
    .flatMap((pupil) =>
      pupil.raw.sessions.flatMap((session) => {
        const attempts = pupil.raw.attempts.filter(({ session_id }) => session_id === session.id);
        const [first] = attempts;
        if (!first || !within(query, first.day) || !isOfSkill(scene, query, session.skill_id)) return [];
        return [
          {
            ...studentOf(pupil),
            session_id: session.id,
            skill_id: session.skill_id,
            skill_name: skillOf(scene, session.skill_id).skill_name,
            started_at: session.started_at,
            finished_at: session.finished_at,
            active_time_seconds: seconds(session.active_ms),
            ...counts(attempts.length, attempts.filter(({ is_correct }) => is_correct).length),
            smartscore_from: first.smartscore_before,
            smartscore_to: session.smartscore,
          },
        ];
      }),
    )
    .toSorted((a, b) => compare(b.started_at, a.started_at) || compare(b.session_id, a.session_id));
}

export const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** An answer or a key as people read it: the words of a choice, or a number. Scenes ask nothing else. */
export function inWords({ question }: RawAttempt, { choice, value }: Record<string, unknown>): string {
  if (question.type === "NUMERIC") return `${value}`;
  const choices = question.data.choices as { id: string; text: string }[];
  for (const { id, text } of choices) if (question.type === "MCQ" && id === choice) return text;
  throw new Error(`no scene has an answer ${choice} to a question of type ${question.type}`);
}

/** An attempt as people read it. */
export function readable(attempt: RawAttempt) {
  return {
    attempt_id: attempt.id,
    answered_at: attempt.answered_at,
    question_level: attempt.level,
    question_prompt: attempt.question.prompt,
    user_answer: inWords(attempt, attempt.submitted_answer),
    correct_answer: inWords(attempt, attempt.correct_answer),
    time_spent_seconds: attempt.time_spent_sec,
    smartscore_before: attempt.smartscore_before,
    smartscore_after: attempt.smartscore_after,
    change_reason: attempt.change_reason,
    change_message: attempt.change_message,
  };
}

/** Newest first, as Postgres orders ids. */
export const newestFirst = (a: RawAttempt, b: RawAttempt) =>
  compare(b.answered_at, a.answered_at) || compare(b.id, a.id);

/** The skills with the most wrong answers of some students. */
export function spotsIn(scene: Scene, pupils: readonly Pupil[], query: Query) {
  const bySkill = new Map<number, { pupil: Pupil; figures: Figures }[]>();
  for (const pupil of pupils) {
    for (const figures of figuresIn(scene, pupil, query)) {
      bySkill.set(figures.skillId, [...(bySkill.get(figures.skillId) ?? []), { pupil, figures }]);
    }
  }
  return [...bySkill]
    .map(([skillId, of]) => ({
      skillId,
      of,
      questions: total(of, ({ figures }) => figures.questions),
      correct: total(of, ({ figures }) => figures.correct),
      wrong: total(of, ({ figures }) => figures.wrong),
    }))
    .filter(({ wrong }) => wrong > 0)
    .toSorted((a, b) => b.wrong - a.wrong || a.skillId - b.skillId);
}
