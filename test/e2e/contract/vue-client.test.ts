import { expect, test } from "vitest";
import { answerTo, current, newEmail, PASSWORD } from "./practice.ts";
import { nextReplyShape, okShape, sessionShape, submitReplyShape, tokensShape, userShape } from "./shapes.ts";
import { newClient, parsed } from "./transcript.ts";

test("the Vue client's page load: one Idempotency-Key for all but submit", async () => {
  const page = newClient({ pageKey: crypto.randomUUID() });
  const email = newEmail();
  await page
    .post("/auth/register", { email, password: PASSWORD, full_name: "Vue Student", role: "STUDENT", grade_level: 5 })
    .hears(tokensShape);

  // Signing in, mistyped first: the right password must not hear of the wrong one.
  await page.post("/auth/login", { email, password: "Wrong123!" }).isRefused(401, "unauthorized");
  const first = await page.post("/auth/login", { email, password: PASSWORD }).hears(tokensShape);

  await page.post("/auth/logout", { refresh_token: first.refresh_token }).hears(okShape);
  await page.post("/auth/refresh", { refresh_token: first.refresh_token }).isRefused(401, "unauthorized");

  const second = await page.post("/auth/login", { email, password: PASSWORD }).hears(tokensShape);
  expect(second.refresh_token).not.toBe(first.refresh_token);
  page.token = second.access_token;
  expect(await page.get("/users/me").hears(userShape)).toEqual(second.user);
  expect(await page.patch("/users/me", { school: "Hilltop" }).hears(userShape)).toMatchObject({
    profile: { school: "Hilltop" },
  });
  expect(await page.patch("/users/me", { school: "Riverside" }).hears(userShape)).toMatchObject({
    profile: { school: "Riverside" },
  });

  // Two skills, each its own session; starting again resumes.
  const multiply = await page.post("/practice/sessions", { skill_id: 1 }).hears(sessionShape);
  const divide = await page.post("/practice/sessions", { skill_id: 2 }).hears(sessionShape);
  expect(divide).toMatchObject({ skill_id: 2, current_question: { id: 3 } });
  expect(divide.id).not.toBe(multiply.id);
  const resumed = await page.post("/practice/sessions", { skill_id: 1 }).hears(sessionShape);
  expect(resumed).toMatchObject({ id: multiply.id, current_question: multiply.current_question });

  const at = `/practice/sessions/${multiply.id}`;
  const shown = await page.post(`${at}/next`, {}).hears(nextReplyShape);
  expect(shown).toEqual({ finished: false, question: multiply.current_question });

  const beat = { is_active: true, focus: true, interaction: true, client_ts: new Date().toISOString() };
  expect(await page.post(`${at}/heartbeat`, beat).hears(sessionShape)).toMatchObject({ id: multiply.id });

  // Submit has a fresh key, and a repeat with it gets the first reply, byte for byte.
  const body = answerTo(current(multiply.current_question), { choice: "B" });
  const once = await page.post(`${at}/submit`, body, { key: "answer-1" }).reply();
  const again = await page.post(`${at}/submit`, body, { key: "answer-1" }).reply();
  expect(parsed(submitReplyShape, JSON.stringify(JSON.parse(once.text).data))).toMatchObject({ is_correct: true });
  expect(once.headers.get("Idempotent-Replayed")).toBeNull();
  expect(again.text).toBe(once.text);
  expect(again.headers.get("Idempotent-Replayed")).toBe("true");
  const other = { ...body, submitted_answer: { choice: "A" } };
  await page.post(`${at}/submit`, other, { key: "answer-1" }).isRefused(422, "idempotency_mismatch");
  await page.post(`${at}/submit`, body, { key: "not visible" }).isRefused(400, "validation_error");

  const { question } = await page.post(`${at}/next`, {}).hears(nextReplyShape);
  const answered = await page
    .post(`${at}/submit`, answerTo(current(question)), { key: "answer-2" })
    .hears(submitReplyShape);
  expect(answered.session).toMatchObject({ id: multiply.id, questions_answered: 2 });

  // The same page finishes both, whatever has been said with its key before.
  await page.post(`${at}/finish`, {}).hears(okShape);
  await page.post(`/practice/sessions/${divide.id}/finish`).hears(okShape);
  await page.post(`${at}/finish`, {}).hears(okShape);

  // What is over stays as it was left.
  expect(await page.post(`${at}/next`, {}).hears(nextReplyShape)).toEqual({ finished: true, question: null });
  const over = await page.get(at).hears(sessionShape);
  expect(over).toMatchObject({ finished_reason: "FINISHED", questions_answered: 2, current_question: null });
  expect(await page.post(`${at}/heartbeat`, beat).hears(sessionShape)).toEqual(over);
  await page.post(`${at}/submit`, body, { key: "answer-3" }).isRefused(409, "session_finished");

  const anew = await page.post("/practice/sessions", { skill_id: 1 }).hears(sessionShape);
  expect(anew.id).not.toBe(multiply.id);
  expect(anew).toMatchObject({ questions_answered: 0, smartscore: over.smartscore });
});

test("a page that sends its key over two registrations makes two accounts", async () => {
  const page = newClient({ pageKey: crypto.randomUUID() });
  const register = () =>
    page.post("/auth/register", { email: newEmail(), password: PASSWORD, full_name: "One of two" }).hears(tokensShape);
  expect((await register()).user.id).not.toBe((await register()).user.id);
});

test("bodies that may be left out may be empty, whatever the client says of them", async () => {
  const page = newClient();
  const { id } = await page.post("/practice/sessions", { skill_id: 1 }).hears(sessionShape);
  const at = `/practice/sessions/${id}`;
  await page.post(`${at}/next`).hears(nextReplyShape);
  await page.post(`${at}/next`, "").hears(nextReplyShape);
  await page.post(`${at}/heartbeat`).hears(sessionShape);
  await page.post(`${at}/heartbeat`, "").hears(sessionShape);
  await page.post(`${at}/finish`, "").hears(okShape);
});
