import { expect, test } from "vitest";
import { answerTo, current, newStudent } from "./practice.ts";
import { nextReplyShape, okShape, sessionShape, submitReplyShape } from "./shapes.ts";
import { newClient } from "./transcript.ts";

test("a guest's ten trial questions", async () => {
  const guest = newClient({ pageKey: crypto.randomUUID() });
  const session = await guest.post("/practice/sessions", { skill_id: 2 }).hears(sessionShape);
  const at = `/practice/sessions/${session.id}`;
  expect(session.current_question?.id).toBe(3);

  const asked = new Set<number>();
  for (let answered = 1; answered <= 10; answered += 1) {
    const { question } = await guest.post(`${at}/next`, {}).hears(nextReplyShape);
    const body = answerTo(current(question));
    asked.add(body.question_id);
    const reply = await guest.post(`${at}/submit`, body, { key: `answer-${answered}` }).hears(submitReplyShape);
    expect(reply.session).toMatchObject({ id: session.id, questions_answered: answered });
    expect(reply.finished).toBe(false);
  }
  expect(asked.size).toBe(10);

  expect(await guest.get(at).hears(sessionShape)).toMatchObject({ questions_answered: 10 });
  await guest.post(`${at}/finish`).hears(okShape);
  expect(await guest.post(`${at}/next`).hears(nextReplyShape)).toEqual({ finished: true, question: null });
});

test("a guest who starts again has a new session, and each is open to whoever knows its id", async () => {
  const guest = newClient();
  const first = await guest.post("/practice/sessions", { skill_id: 1 }).hears(sessionShape);
  const second = await guest.post("/practice/sessions", { skill_id: 1 }).hears(sessionShape);
  expect(second.id).not.toBe(first.id);
  expect(await newClient().get(`/practice/sessions/${first.id}`).hears(sessionShape)).toEqual(first);
  const student = await newStudent();
  await student.get(`/practice/sessions/${first.id}`).isRefused(404, "not_found");
  await guest.get(`/practice/sessions/${crypto.randomUUID()}`).isRefused(404, "not_found");
});

test("a guest's limit is 25 answers; starting is never refused for it", async () => {
  const guest = newClient();
  const { id } = await guest.post("/practice/sessions", { skill_id: 1 }).hears(sessionShape);
  const at = `/practice/sessions/${id}`;
  let { current_question: question } = await guest.get(at).hears(sessionShape);
  for (let answered = 0; answered < 25; answered += 1) {
    const reply = await guest.post(`${at}/submit`, answerTo(current(question))).hears(submitReplyShape);
    question = reply.next_question;
  }
  await guest.post(`${at}/submit`, answerTo(current(question))).isRefused(402, "subscription_required");
  await guest.post(`${at}/next`).isRefused(402, "subscription_required");
  await guest.post("/practice/sessions", { skill_id: 1 }).hears(sessionShape);
});

test("a token that is sent but not valid makes nobody a guest", async () => {
  const expired = Object.assign(newClient(), { token: "not.a.token" });
  await expired.post("/practice/sessions", { skill_id: 1 }).isRefused(401, "unauthorized");
});
