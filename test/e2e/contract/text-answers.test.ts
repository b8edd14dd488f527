import { expect, test } from "vitest";
import { answerTo, current } from "./practice.ts";
import { listedSkillShape, pageOf, type Question, sessionShape, submitReplyShape } from "./shapes.ts";
import { newClient } from "./transcript.ts";

type Asked = { readonly skillId: number; readonly question: Question };

/** A skill whose first question, the same for every new session, is TEXT. */
async function firstTextQuestion(): Promise<Asked> {
  const guest = newClient();
  const { data: skills } = await guest.get("/skills?page_size=500").hearsBody(pageOf(listedSkillShape));
  for (const { id: skillId } of skills) {
    const session = await guest.post("/practice/sessions", { skill_id: skillId }).hears(sessionShape);
    const question = current(session.current_question);
    if (question.type === "TEXT") return { skillId, question };
  }
  throw new Error("no skill begins with a TEXT question");
}

async function submitFirst({ skillId, question }: Asked, answer: Record<string, unknown>) {
  const guest = newClient();
  const { id } = await guest.post("/practice/sessions", { skill_id: skillId }).hears(sessionShape);
  return guest.post(`/practice/sessions/${id}/submit`, answerTo(question, answer)).hears(submitReplyShape);
}

test("TEXT is answered by {text} and by {answer}, trimmed and in any case", async () => {
  const asked = await firstTextQuestion();
  const wrong = await submitFirst(asked, { answer: "no idea" });
  expect(wrong.is_correct).toBe(false);
  const right = wrong.correct_answer;
  for (const answer of [{ answer: right }, { text: right }, { answer: `  ${right.toUpperCase()}\n` }]) {
    expect(await submitFirst(asked, answer)).toMatchObject({ is_correct: true });
  }
});

test("what has not the form of an answer is 400 and counts for nothing", async () => {
  const guest = newClient();
  const session = await guest.post("/practice/sessions", { skill_id: 1 }).hears(sessionShape);
  const at = `/practice/sessions/${session.id}`;
  for (const answer of [{ text: "56" }, { choice: "Z" }, {}]) {
    const body = answerTo(current(session.current_question), answer);
    await guest.post(`${at}/submit`, body).isRefused(400, "validation_error");
  }
  expect(await guest.get(at).hears(sessionShape)).toEqual(session);
});
