import { v4 as uuid } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { api, type Json, register, sql } from "../worker/client.ts";
import { begin, evict, next, read, submit } from "../worker/practice.ts";

const SKILL = 90_001;
const LEVELS = [1, 2, 3, 4, 5];

/** Sums, so that a test can work out the answer from the prompt alone; a choice at level 2, with what a mistake shows. */
const bodyOf = (level: number): Json => {
  const shared = {
    level,
    variables: { a: { type: "integer", from: 10, to: 60 }, b: { type: "integer", from: 61, to: 99 } },
    prompt: `At level ${level}: what is {{a}} + {{b}}?`,
    explanation: "Add the tens, then the ones: {{a}} + {{b}} = {{answer}}.",
  };
  if (level !== 2) return { type: "NUMERIC", ...shared, answer: { value: "a + b" } };
  return {
    type: "MCQ",
    ...shared,
    answer: { value: "a + b" },
    distractors: [{ value: "a + b - 10", feedback: "You forgot to carry a ten." }, { value: "a + b + 1" }],
  };
};

beforeAll(async () => {
  await sql(
    `insert into skills (id, subject_id, grade_id, code, title) values ($1, 1, 7, 'Z.9', 'Sums')
     on conflict do nothing`,
    [SKILL],
  );
  for (const level of LEVELS) {
    await sql("insert into question_templates (id, skill_id, body) values ($1, $2, $3)", [
      uuid(),
      SKILL,
      JSON.stringify(bodyOf(level)),
    ]);
  }
});

function sumIn({ prompt }: Json): number {
  const [, a, b] = /is (\d+) \+ (\d+)/.exec(prompt) ?? [];
  return Number(a) + Number(b);
}

function rightAnswerTo(question: Json): Json {
  if (question.type === "NUMERIC") return { value: sumIn(question) };
  return { choice: question.data.choices.find(({ text }: Json) => Number(text) === sumIn(question)).id };
}

describe("practising a skill of templates", () => {
  it("goes from 0 to 100 without a question twice, evicted on the way, and logs each in full", async () => {
    const student = await register();
    let session = await begin(student, SKILL);
    const seen: string[] = [];
    let question = session.current_question;
    while (question) {
      seen.push(question.prompt);
      if (seen.length % 7 === 0) await evict(student.id);
      expect((await read(student, session.id)).json().data.current_question).toEqual(question);
      const answered = await submit(student, session.id, { questionId: question.id, answer: rightAnswerTo(question) });
      expect(answered.json().data).toMatchObject({ is_correct: true });
      session = answered.json().data.session;
      question = answered.json().data.next_question;
    }
    expect(session).toMatchObject({ smartscore: 100, finished_reason: "MASTERED" });
    expect(new Set(seen).size).toBe(seen.length);

    const log = () => api("GET", `/analytics/skills/${SKILL}/questions-log`, { token: student.token });
    const logged = async () => (await log()).json().data.sessions.flatMap((one: Json) => one.attempts);
    await expect.poll(async () => (await logged()).length).toBe(seen.length);
    const attempts = await logged();
    expect(attempts.map(({ question_payload }: Json) => question_payload.prompt)).toEqual(seen);
    for (const { question_payload: asked } of attempts) {
      expect(asked.correct_answer).toEqual(rightAnswerTo(asked));
      expect(asked.explanation).toContain(`= ${sumIn(asked)}.`);
      expect(asked.data._generator_id).toMatch(/^[\da-f-]{36}:\d+$/);
    }
  });

  it("takes data._generator_id for the question's id, as the old client sends it", async () => {
    const student = await register();
    const { id, current_question: question } = await begin(student, SKILL);
    const questionId = question.data._generator_id;
    const answered = await submit(student, id, { questionId, answer: rightAnswerTo(question) });
    expect(answered.json().data).toMatchObject({ is_correct: true, session: { last_question_id: question.id } });
    const again = await submit(student, id, { questionId, answer: rightAnswerTo(question) });
    expect(again.json().error.code).toBe("already_answered");
    const other = questionId.replace(/:.*/, ":999");
    expect((await submit(student, id, { questionId: other, answer: {} })).json().error.code).toBe(
      "question_not_current",
    );
  });

  it("shows what a wrong choice shows, only once it is answered", async () => {
    const student = await register();
    const { id, current_question: question } = await begin(student, SKILL);
    const mistake = question.data.choices.find(({ text }: Json) => Number(text) === sumIn(question) - 10);
    expect(JSON.stringify(question)).not.toContain("carry");
    const answered = await submit(student, id, { questionId: question.id, answer: { choice: mistake.id } });
    expect(answered.json().data.explanation).toMatch(/^You forgot to carry a ten\. Add the tens/);
  });

  it("puts another question in the place of a skipped one", async () => {
    const student = await register();
    const { id, current_question: question } = await begin(student, SKILL);
    const skipped = await next(student, id, { skip: true });
    expect(skipped.json().data.question.prompt).not.toBe(question.prompt);
    const answered = await submit(student, id, { questionId: question.id, answer: rightAnswerTo(question) });
    expect(answered.json().error.code).toBe("question_not_current");
  });
});
