import { expect, vi } from "vitest";
import { type Account, api, type Json, sql } from "../../worker/client.ts";

/** Practises a skill as a client does, with these answers right and wrong; resolves with the session once all is on record. */
export async function practise(account: Account, skillId: number, answers: readonly boolean[], finish = false) {
  const { token, id } = account;
  const before = await recorded(id);
  let session: Json = await must("/practice/sessions", { skill_id: skillId });
  for (const isRight of answers) {
    const { id: questionId } = session.current_question;
    const [question] = await sql<Keyed>("select type, data, correct_answer from questions where id = $1", [questionId]);
    if (!question) throw new Error(`question ${questionId} is not on record`);
    const reply = await must(`/practice/sessions/${session.id}/submit`, {
      question_id: questionId,
      submitted_answer: isRight ? question.correct_answer : wrongAnswer(question),
      time_spent_sec: 3,
    });
    expect(reply.is_correct).toBe(isRight);
    session = reply.session;
  }
  if (finish) await must(`/practice/sessions/${session.id}/finish`);
  const finished = () =>
    sql<{ finished: boolean }>("select finished_at is not null as finished from practice_sessions where id = $1", [
      session.id,
    ]);
  const onRecord = async () =>
    expect([await recorded(id), await finished()]).toEqual([before + answers.length, [{ finished: finish }]]);
  await vi.waitFor(onRecord, { timeout: 15_000, interval: 100 });
  return session;

  async function must(path: string, body: unknown = {}) {
    const answer = await api("POST", path, { token, body });
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 });
    return answer.json().data;
  }
}

async function recorded(studentId: string): Promise<number> {
  const [row] = await sql<{ n: number }>("select count(*)::int as n from attempts where student_id = $1", [studentId]);
  return row?.n ?? 0;
}

type Keyed = {
  type: "MCQ" | "MULTI_SELECT" | "NUMERIC" | "TEXT";
  data: { choices?: { id: string }[] };
  correct_answer: Json;
};

function wrongAnswer({ type, data, correct_answer: key }: Keyed) {
  switch (type) {
    case "MCQ":
      return { choice: data.choices?.find(({ id }) => id !== key.choice)?.id };
    case "MULTI_SELECT":
      return { choices: [] };
    case "NUMERIC":
      return { value: Number(key.value) + 987_654 };
    case "TEXT":
      return { text: "certainly not this" };
  }
}
