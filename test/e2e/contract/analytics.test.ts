import { beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { answerTo, current, newStudent } from "./practice.ts";
import {
  answeredQuestionShape,
  okShape,
  overviewShape,
  practisedSkillShape,
  questionsLogShape,
  reportOf,
  type Session,
  sessionShape,
  skillStatsShape,
  submitReplyShape,
} from "./shapes.ts";
import { type Client, newClient } from "./transcript.ts";

let student: Client;
let session: Session;

const questionsLog = () => student.get("/analytics/skills/1/questions-log").hearsBody(reportOf(questionsLogShape));

beforeAll(async () => {
  student = await newStudent();
  session = await student.post("/practice/sessions", { skill_id: 1 }).hears(sessionShape);
  const at = `/practice/sessions/${session.id}`;
  const wrong = await student
    .post(`${at}/submit`, answerTo(current(session.current_question), { choice: "A" }))
    .hears(submitReplyShape);
  await student.post(`${at}/submit`, answerTo(current(wrong.next_question))).hears(submitReplyShape);
  await student.post(`${at}/finish`).hears(okShape);
  // Reports lag by seconds.
  await vi.waitFor(async () => {
    const { data } = await questionsLog();
    expect(data.summary.total_questions_answered).toBe(2);
    expect(data.sessions[0]?.finished_at).toEqual(expect.any(String));
  }, 20_000);
});

test("the overview", async () => {
  const { data, meta } = await student.get("/analytics/overview").hearsBody(reportOf(overviewShape));
  expect(data).toMatchObject({ total_questions_answered: 2, skills_practiced: 1, total_skills_by_grade: { "5": 1 } });
  expect(meta).toMatchObject({ as_of: expect.any(String), period: { from: null, to: null }, filters: {} });
});

test("the skills that were practised", async () => {
  const { data } = await student.get("/analytics/skills").hearsBody(reportOf(z.array(practisedSkillShape)));
  expect(data).toMatchObject([
    { skill_id: 1, skill_name: "Multiply whole numbers", grade_id: 7, grade_number: 5, total_questions: 2 },
  ]);
});

test("the questions log of a skill", async () => {
  const { data } = await questionsLog();
  expect(data).toMatchObject({
    skill_id: 1,
    summary: { total_questions_answered: 2 },
    sessions: [{ session_id: session.id, finished_at: expect.any(String) }],
  });
  expect(data.sessions[0]?.attempts[0]).toMatchObject({
    question_id: 1,
    question_level: 2,
    question_payload: { prompt: "What is 7 × 8?" },
    submitted_answer: { choice: "A" },
    is_correct: false,
    zone_before: "LEARNING",
  });
});

test("all questions, the newest first, both answers as text", async () => {
  const all = () => student.get("/analytics/all-questions");
  const { data } = await all().hearsBody(reportOf(z.array(answeredQuestionShape)));
  expect(data).toHaveLength(2);
  expect(data[1]).toMatchObject({ question_id: 1, user_answer: "54", correct_answer: "56", is_correct: false });
  const page = await student
    .get("/analytics/all-questions?limit=1")
    .hearsBody(reportOf(z.array(answeredQuestionShape)));
  expect(page.data).toEqual(data.slice(0, 1));
  const next = await student
    .get(`/analytics/all-questions?limit=1&cursor=${page.meta.next_cursor}`)
    .hearsBody(reportOf(z.array(answeredQuestionShape)));
  expect(next.data).toEqual(data.slice(1));
});

test("the skill's own figures", async () => {
  const stats = await student.get("/skills/1/stats").hears(skillStatsShape);
  expect(stats).toMatchObject({ total_questions: 2, last_practiced_at: expect.any(String) });
});

test("another's practice is nobody's but theirs, their teachers', their parents' and an ADMIN's", async () => {
  await newClient().get("/analytics/overview").isRefused(401, "unauthorized");
  const other = await newStudent();
  const { data } = await questionsLog();
  await other.get(`/analytics/overview?student_id=${data.student_id}`).isRefused(403, "forbidden");
  await other.get("/analytics/overview?student_id=me").isRefused(422, "validation_error");
});
