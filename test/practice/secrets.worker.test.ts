import { evictDurableObject } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { type Answer, api, call, type Json, register, sql } from "../worker/client.ts";
import { finish, heartbeat, next, objectOf, read, start, submit } from "../worker/practice.ts";

/** What must not be seen of a question before it was answered: in its key, in its explanation, beside its choices. */
const canary = (index: number, where: string) => `canary-${index}-${where}-`;

type Planted = { id: number; index: number; type: string; right: Json; wrong: Json };

const COUNT = 12;
const planted = new Map<number, Planted>();
let skillId = 0;

const TYPES = ["MCQ", "MULTI_SELECT", "NUMERIC", "TEXT"] as const;

/** The number that is the key of a NUMERIC question: found nowhere else. */
const secretNumber = (index: number) => 7_300_011 + index * 1_013;

function contentsOf(index: number): { type: string; data: Json; key: Json; wrong: Json } {
  const type = TYPES[index % TYPES.length];
  const choices = ["A", "B", "C"].map((id) => ({
    id,
    text: `choice ${id}`,
    correct: canary(index, `correct-${id === "B"}`),
    feedback: { text: canary(index, "feedback") },
  }));
  const secret = { note: canary(index, "key") };
  switch (type) {
    case "MCQ":
      return { type, data: { choices }, key: { choice: "B", ...secret }, wrong: { choice: "A" } };
    case "MULTI_SELECT":
      return { type, data: { choices }, key: { choices: ["A", "B"], ...secret }, wrong: { choices: ["C"] } };
    case "NUMERIC":
      return { type, data: { unit: "cm" }, key: { value: secretNumber(index), ...secret }, wrong: { value: 1 } };
    default:
      return {
        type: "TEXT",
        data: {},
        key: { text: canary(index, "text"), accept: [canary(index, "accept")], ...secret },
        wrong: { text: "no" },
      };
  }
}

/** Every planted question of which anything secret is in this answer: in its body, its status or any header. */
function leaksIn({ headers, text }: Answer): number[] {
  const all = `${text}\n${[...headers].map(([name, value]) => `${name}: ${value}`).join("\n")}`;
  return [...planted.values()]
    .filter(({ index }) => all.includes(`canary-${index}-`) || all.includes(String(secretNumber(index))))
    .map(({ id }) => id);
}

beforeAll(async () => {
  const [skill] = await sql<{ id: number }>(
    "insert into skills (subject_id, grade_id, code, title) values (1, 7, $1, 'Canaries') returning id",
    [crypto.randomUUID()],
  );
  skillId = skill?.id ?? 0;
  for (let index = 0; index < COUNT; index++) {
    const { type, data, key, wrong } = contentsOf(index);
    const [row] = await sql<{ id: number }>(
      `insert into questions (skill_id, type, prompt, data, correct_answer, explanation, level)
       values ($1, $2, $3, $4::text::jsonb, $5::text::jsonb, $6, $7) returning id`,
      [
        skillId,
        type,
        `Question ${index}`,
        JSON.stringify(data),
        JSON.stringify(key),
        canary(index, "why"),
        1 + (index % 5),
      ],
    );
    if (!row) throw new Error("the question was not planted");
    const { note: _note, accept: _accept, ...right } = key;
    planted.set(row.id, { id: row.id, index, type, right, wrong });
  }
});

const plantedAt = (question: Json): Planted => {
  const found = planted.get(question?.id);
  if (!found) throw new Error(`question ${question?.id} was not planted`);
  return found;
};

describe("before an answer is in, no body and no header holds anything of its key or explanation", () => {
  const wrongForms: Json[] = [{}, { choice: 1 }, { choices: "A" }, { value: "?" }, { text: "" }, { value: {} }];

  it.each(["student", "guest"])("of a %s who answers, skips, errs, reads and comes back", async (who) => {
    const student = who === "student" ? await register() : undefined;
    const caller = student ?? {};
    const seen: [string, Answer][] = [];
    /** What has been answered may be shown, and nothing else. */
    const answered = new Set<number>();
    const note = async (what: string, asked: Promise<Answer>): Promise<Json> => {
      const answer = await asked;
      seen.push([what, answer]);
      expect({ what, leaks: leaksIn(answer).filter((id) => !answered.has(id)) }).toEqual({ what, leaks: [] });
      return answer.json().data;
    };

    const session = await note("start", start(caller, skillId));
    let question = session.current_question;
    const others = () => [...planted.keys()].filter((id) => id !== question.id && !answered.has(id));
    for (let count = 0; count < COUNT - 2; count++) {
      await note("read", read(caller, session.id));
      await note("next", next(caller, session.id));
      await note("heartbeat", heartbeat(caller, session.id));
      for (const answer of wrongForms)
        await note("wrong form", submit(caller, session.id, { questionId: question.id, answer }));
      await note(
        "another question",
        submit(caller, session.id, { questionId: others()[0] ?? 0, answer: { choice: "B" } }),
      );
      await note(
        "bad key",
        api("POST", `/practice/sessions/${session.id}/submit`, {
          ...caller,
          body: { question_id: question.id, submitted_answer: { choice: "B" }, time_spent_sec: 1 },
          headers: { "Idempotency-Key": "not a key" },
        }),
      );
      await note(
        "too long a time",
        submit(caller, session.id, { questionId: question.id, answer: {}, claimedSec: 9999 }),
      );
      if (student && count === 4) await evictDurableObject(objectOf(student.id));
      if (count === 3) {
        question = (await note("skip", next(caller, session.id, { skip: true }))).question;
        await note("after a skip", read(caller, session.id));
      }
      const { right, wrong } = plantedAt(question);
      answered.add(question.id);
      const reply = await note(
        "submit",
        submit(caller, session.id, { questionId: question.id, answer: count % 2 ? right : wrong, key: `k${count}` }),
      );
      expect(reply.is_correct).toBe(count % 2 === 1);
      expect(reply.explanation).toContain("canary-");
      question = reply.next_question;
      // Only the reply to the answer tells the key: the session and the next question never do.
      for (const [what, part] of Object.entries({ session: reply.session, next: reply.next_question })) {
        expect({ what, leaked: JSON.stringify(part).includes("canary-") }).toEqual({ what, leaked: false });
      }
    }
    for (const [what, { text }] of seen) {
      if (what !== "submit") expect({ what, leaked: text.includes("canary-") }).toEqual({ what, leaked: false });
    }
    if (student) await note("resume", start(caller, skillId));
    await note("finish", finish(caller, session.id));
    await note("finished", read(caller, session.id));
    await note("too late", submit(caller, session.id, { questionId: question.id, answer: { choice: "B" } }));
  });

  it("of who asks anything else: the catalog, the pages, the docs", async () => {
    const { token } = await register();
    const paths = ["/api/v1/subjects", "/api/v1/topics", "/api/v1/skills?page_size=500", `/api/v1/skills/${skillId}`];
    for (const path of [...paths, `/api/v1/skills/${skillId}/stats`, "/api/v1/openapi.json", "/", "/docs", "/health"]) {
      for (const sent of [{}, { token }])
        expect({ path, leaks: leaksIn(await call("GET", path, sent)) }).toEqual({ path, leaks: [] });
    }
  });

  it("of somebody else who has the session's id", async () => {
    const [owner, other] = [await register(), await register()];
    const session = (await start(owner, skillId)).json().data;
    for (const caller of [other, {}]) {
      const { id, right } = plantedAt(session.current_question);
      for (const answer of [
        await read(caller, session.id),
        await submit(caller, session.id, { questionId: id, answer: right }),
      ]) {
        expect([answer.status, leaksIn(answer)]).toEqual([404, []]);
      }
    }
  });
});
