import { describe, expect, it } from "vitest";
import { api, register, sql } from "../worker/client.ts";

describe("practice", () => {
  it("starts a session with the skill's first question, scores an answer, and puts it on record", async () => {
    const { token, id } = await register();
    const started = await api("POST", "/practice/sessions", { token, body: { skill_id: 1 } });
    expect(started.status).toBe(200);
    const session = started.json().data;
    expect(session.current_question.id).toBe(1);
    const answered = await api("POST", `/practice/sessions/${session.id}/submit`, {
      token,
      body: { question_id: 1, submitted_answer: { choice: "B" }, time_spent_sec: 12 },
    });
    expect(answered.status).toBe(200);
    expect(answered.json().data.is_correct).toBe(true);
    await expect
      .poll(() => sql("select is_correct from attempts where student_id = $1", [id]), { timeout: 10_000 })
      .toEqual([{ is_correct: true }]);
  });
});
