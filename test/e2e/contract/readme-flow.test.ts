import { expect, test } from "vitest";
import { PASSWORD } from "./practice.ts";
import { okShape, sessionShape, submitReplyShape, tokensShape, userShape } from "./shapes.ts";
import { newClient } from "./transcript.ts";

const EMAIL = "student@example.com";

test("the old README's curl commands, from a registration that was made already", async () => {
  const curl = newClient();

  const account = { email: EMAIL, password: PASSWORD, full_name: "Sam Student", role: "STUDENT", grade_level: 5 };
  await curl.post("/auth/register", account).isRefused(409, "conflict");
  await curl.post("/auth/register", { ...account, email: "Student@Example.COM" }).isRefused(409, "conflict");

  const tokens = await curl.post("/auth/login", { email: EMAIL, password: PASSWORD }).hears(tokensShape);
  expect(tokens.user).toMatchObject({ email: EMAIL, role: "STUDENT", is_active: true });

  curl.token = tokens.access_token;
  expect(await curl.get("/users/me").hears(userShape)).toEqual(tokens.user);

  const session = await curl.post("/practice/sessions", { skill_id: 1 }).hears(sessionShape);
  expect(session.current_question).toMatchObject({ id: 1, type: "MCQ", level: 2 });
  expect(session.current_question?.data).toMatchObject({
    choices: [
      { id: "A", text: "54" },
      { id: "B", text: "56" },
      { id: "C", text: "64" },
    ],
  });

  const answer = { question_id: 1, submitted_answer: { choice: "A" }, time_spent_sec: 12 };
  const submitted = await curl.post(`/practice/sessions/${session.id}/submit`, answer).hears(submitReplyShape);
  expect(submitted).toMatchObject({
    is_correct: false,
    correct_answer: "56",
    correct_answer_data: { choice: "B" },
    finished: false,
    session: { id: session.id, questions_answered: 1, wrong_count: 1, last_question_id: 1 },
  });
  expect(submitted.next_question).toEqual(submitted.session.current_question);
  expect(submitted.next_question?.id).not.toBe(1);

  await curl.post(`/practice/sessions/${session.id}/submit`, answer).isRefused(409, "already_answered");
  await curl.post(`/practice/sessions/${session.id}/finish`).hears(okShape);
});
