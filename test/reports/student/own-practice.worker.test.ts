import { beforeAll, describe, expect, it } from "vitest";
import { answerText, QUESTION_TYPES } from "../../../src/practice/question.ts";
import { zoneOf } from "../../../src/practice/smartscore.ts";
import { type Account, register } from "../../worker/client.ts";
import { practise } from "./practising.ts";
import { figuresOf, groupBy, type Raw, type RawAttempt, rawPractice } from "./recomputed.ts";
import { allQuestionsOf, logOf, overviewOf, skillsOf } from "./reports.ts";

const right = true;
const wrong = false;

let account: Account;
let raw: Raw;

beforeAll(async () => {
  account = await register();
  await practise(account, 1, [right, right, wrong, right], true);
  await practise(account, 2, [right, wrong, wrong]);
  await practise(account, 1, [wrong, right, right]);
  raw = await rawPractice(account.id);
  expect(raw.attempts).toHaveLength(10);
}, 60_000);

const ofSkill = (skillId: number) => raw.attempts.filter(({ skill_id }) => skill_id === skillId);
const sessionsOf = (skillId: number) => raw.sessions.filter(({ skill_id }) => skill_id === skillId);
const secondsOf = (skillId: number) =>
  Math.floor(sessionsOf(skillId).reduce((sum, { active_ms }) => sum + active_ms, 0) / 1000);
const newestFirst = <T>(list: readonly T[]) => list.toReversed();

describe("after practising, one's own reports agree with what is on record, attempt by attempt", () => {
  it("the overview", async () => {
    const { data, meta } = await overviewOf(account.token);
    const all = figuresOf(raw.attempts);
    expect(data).toEqual({
      total_time_sec: Math.floor(raw.sessions.reduce((sum, { active_ms }) => sum + active_ms, 0) / 1000),
      skills_practiced: 2,
      avg_accuracy_percent: all.accuracy,
      total_questions_answered: 10,
      total_skills_by_grade: { "5": 2 },
    });
    expect(all.accuracy).toBe(60);
    expect(meta.period).toEqual({ from: null, to: null });
    expect(meta.filters).toEqual({});
    expect(Date.parse(meta.as_of ?? "")).toBeGreaterThanOrEqual(Date.parse(all.lastAt ?? ""));
  });

  it("the skills, the most recently practised first", async () => {
    const { data } = await skillsOf(account.token);
    expect(data.map(({ skill_id }) => skill_id)).toEqual([1, 2]);
    for (const skill of data) {
      const figures = figuresOf(ofSkill(skill.skill_id));
      expect(skill).toMatchObject({
        grade_id: 7,
        grade_number: 5,
        best_smartscore: figures.best,
        last_smartscore: figures.last,
        total_questions: figures.questions,
        accuracy_percent: figures.accuracy,
        total_time_seconds: secondsOf(skill.skill_id),
      });
      expect(Date.parse(skill.last_practiced_at)).toBeGreaterThanOrEqual(Date.parse(figures.lastAt ?? ""));
    }
    expect(data[0]).toMatchObject({ skill_name: "Multiply whole numbers", topic_id: expect.any(Number) });
  });

  it("the questions log: sessions newest first, attempts in the order of practice, nothing left out", async () => {
    const { data, meta } = await logOf(account.token, 1);
    const figures = figuresOf(ofSkill(1));
    expect({ student_id: data.student_id, skill_id: data.skill_id }).toEqual({ student_id: account.id, skill_id: 1 });
    expect(data.summary).toEqual({
      total_questions_answered: figures.questions,
      accuracy_percent: figures.accuracy,
      total_time_seconds: secondsOf(1),
      last_smartscore: figures.last,
      best_smartscore_all_time: figures.best,
      last_practiced_at: expect.any(String),
    });
    expect(meta.next_cursor).toBeUndefined();
    expect(data.sessions.map(({ attempts }) => attempts.length)).toEqual([3, 4]);
    const bySession = groupBy(ofSkill(1), ({ session_id }) => session_id);
    for (const { attempts, ...session } of data.sessions) {
      const onRecord = sessionsOf(1).find(({ id }) => id === session.session_id);
      expect(session).toEqual({
        session_id: onRecord?.id,
        started_at: onRecord?.started_at,
        finished_at: onRecord?.finished_at,
        current_smartscore: onRecord?.smartscore,
        best_smartscore: onRecord?.best_smartscore,
        active_time_seconds: Math.floor((onRecord?.active_ms ?? 0) / 1000),
      });
      expect(attempts).toEqual((bySession.get(session.session_id) ?? []).map(loggedAttempt));
    }
  });

  it("every question that was answered, newest first, with both answers as text", async () => {
    const { data, meta } = await allQuestionsOf(account.token);
    expect(data).toEqual(newestFirst(raw.attempts).map(answeredQuestion));
    expect(meta.truncated).toBeUndefined();
    for (const { user_answer, correct_answer, is_correct } of data) {
      expect(correct_answer).not.toBe("");
      if (!is_correct) expect(user_answer).not.toBe(correct_answer);
    }
  });
});

describe("who has never practised", () => {
  it("has reports all the same, of zeros and nothing", async () => {
    const { token, id } = await register();
    const nothing = { as_of: null, period: { from: null, to: null }, filters: {} };
    expect(await overviewOf(token)).toEqual({
      data: {
        total_time_sec: 0,
        skills_practiced: 0,
        avg_accuracy_percent: 0,
        total_questions_answered: 0,
        total_skills_by_grade: {},
      },
      meta: nothing,
    });
    expect(await skillsOf(token)).toEqual({ data: [], meta: nothing });
    expect(await allQuestionsOf(token)).toEqual({ data: [], meta: nothing });
    expect(await logOf(token, 1)).toEqual({
      data: {
        student_id: id,
        skill_id: 1,
        summary: {
          total_questions_answered: 0,
          accuracy_percent: 0,
          total_time_seconds: 0,
          last_smartscore: 0,
          best_smartscore_all_time: 0,
          last_practiced_at: null,
        },
        sessions: [],
      },
      meta: nothing,
    });
  });
});

function loggedAttempt(attempt: RawAttempt) {
  const { type, prompt, data, explanation } = attempt.question;
  return {
    attempt_id: attempt.id,
    question_id: attempt.question_id,
    question_level: attempt.level,
    question_payload: {
      id: attempt.question_id,
      type,
      prompt,
      data,
      correct_answer: attempt.correct_answer,
      explanation,
    },
    submitted_answer: attempt.submitted_answer,
    is_correct: attempt.is_correct,
    mistake_type: attempt.mistake_type,
    answered_at: attempt.answered_at,
    time_spent_seconds_for_question: attempt.time_spent_sec,
    smartscore_before: attempt.smartscore_before,
    smartscore_after: attempt.smartscore_after,
    zone_before: zoneOf(attempt.smartscore_before),
    zone_after: zoneOf(attempt.smartscore_after),
    change_reason: attempt.change_reason,
    change_message: attempt.change_message,
  };
}

function answeredQuestion(attempt: RawAttempt) {
  const { prompt, data } = attempt.question;
  const type = QUESTION_TYPES.find((each) => each === attempt.question.type) ?? "TEXT";
  return {
    attempt_id: attempt.id,
    question_id: attempt.question_id,
    skill_id: attempt.skill_id,
    question_prompt: prompt,
    question_type: type,
    question_data: data,
    user_answer: answerText({ type, data }, attempt.submitted_answer),
    correct_answer: answerText({ type, data }, attempt.correct_answer),
    is_correct: attempt.is_correct,
    answered_at: attempt.answered_at,
    time_spent_seconds: attempt.time_spent_sec,
    smartscore_before: attempt.smartscore_before,
    smartscore_after: attempt.smartscore_after,
  };
}
