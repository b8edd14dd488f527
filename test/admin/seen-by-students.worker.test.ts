import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Account, api, type Json, register } from "../worker/client.ts";
import { expectError } from "../worker/people.ts";
import { admin, ask, dataOf, fresh, made, madeSkill } from "./admin.ts";

const start = async ({ token }: Account, skillId: number) =>
  api("POST", "/practice/sessions", { token, body: { skill_id: skillId } });

const answer = ({ token }: Account, session: Json, value: number) =>
  api("POST", `/practice/sessions/${session.id}/submit`, {
    token,
    body: { question_id: session.current_question.id, submitted_answer: { value }, time_spent_sec: 1 },
  });

describe("a change of the catalog", () => {
  beforeAll(() => vi.useFakeTimers({ toFake: ["Date"] }));
  afterAll(() => vi.useRealTimers());

  /** So much later every isolate has looked for changes. */
  const secondsPass = () => vi.setSystemTime(Date.now() + 3_000);

  let skill: Json;
  let question: Json;
  beforeEach(async () => {
    skill = await madeSkill(1);
    question = (await ask("GET", `/questions?skill_id=${skill.id}`)).json().data[0];
    secondsPass();
  });

  const shownTitle = async () => dataOf(await api("GET", `/skills/${skill.id}`)).title;

  it("is seen in the lists within seconds", async () => {
    expect(await shownTitle()).toBe(skill.title);
    await ask("PATCH", `/skills/${skill.id}`, { title: "Changed" });
    secondsPass();
    expect(await shownTitle()).toBe("Changed");
  });

  it("is seen at once where it was made", async () => {
    const topics = async () => dataOf(await api("GET", "/topics")).map(({ id }: Json) => id);
    await topics();
    const topic = await made("/topics", { slug: fresh("seen"), title: "Seen" });
    expect(await topics()).toContain(topic.id);
    dataOf(await ask("DELETE", `/topics/${topic.id}`));
    expect(await topics()).not.toContain(topic.id);

    await shownTitle();
    dataOf(await ask("PATCH", `/skills/${skill.id}`, { title: "Changed" }));
    expect(await shownTitle()).toBe("Changed");
    dataOf(await ask("POST", "/bulk_import", { skills: [{ permacode: skill.permacode, title: "Imported" }] }));
    expect(await shownTitle()).toBe("Imported");
    const { token } = await admin();
    dataOf(await api("PATCH", `/skills/${skill.id}`, { token, body: { title: "Renamed" } }));
    expect(await shownTitle()).toBe("Renamed");
  });

  it("of a question is met at once where it was made", async () => {
    dataOf(await start(await register(), skill.id));
    dataOf(await ask("PATCH", `/questions/${question.id}`, { prompt: "What is 2 + 0?" }));
    const later = dataOf(await start(await register(), skill.id));
    expect(later.current_question.prompt).toBe("What is 2 + 0?");
  });

  it("of a question is met by who starts after it, and not by who started before", async () => {
    const [early, late] = [await register(), await register()];
    const begun = dataOf(await start(early, skill.id));
    expect(begun.current_question.prompt).toBe("What is 1 + 1?");
    dataOf(await ask("PATCH", `/questions/${question.id}`, { prompt: "What is 1 + 2?", correct_answer: { value: 3 } }));
    await made("/questions", { ...question, prompt: "What is 5 + 5?", correct_answer: { value: 10 } });
    secondsPass();

    const later = dataOf(await start(late, skill.id));
    expect(later.current_question.prompt).toBe("What is 1 + 2?");
    expect(dataOf(await answer(late, later, 3)).is_correct).toBe(true);

    expect(dataOf(await start(early, skill.id))).toMatchObject({
      id: begun.id,
      current_question: { prompt: "What is 1 + 1?" },
    });
    const answered = dataOf(await answer(early, begun, 2));
    expect(answered.is_correct).toBe(true);
    expect(answered.next_question.prompt).toBe("What is 1 + 1?");
  });

  it("that deletes a question leaves it in the sessions under way", async () => {
    await made("/questions", { ...question, prompt: "What is 5 + 5?", correct_answer: { value: 10 } });
    secondsPass();
    const [early, late] = [await register(), await register()];
    const begun = dataOf(await start(early, skill.id));
    dataOf(await ask("DELETE", `/questions/${question.id}`));
    secondsPass();
    expect(dataOf(await answer(early, begun, 2)).is_correct).toBe(true);
    expect(dataOf(await start(late, skill.id)).current_question.prompt).toBe("What is 5 + 5?");
  });

  it("that unpublishes a skill lets sessions under way go on, and no new one begin", async () => {
    const [early, late] = [await register(), await register()];
    const begun = dataOf(await start(early, skill.id));
    dataOf(await ask("PATCH", `/skills/${skill.id}`, { is_published: false }));
    secondsPass();
    expectError(await start(late, skill.id), 404, "not_found");
    expectError(await api("GET", `/skills/${skill.id}`), 404, "not_found");
    expect(dataOf(await answer(early, begun, 2)).is_correct).toBe(true);
  });
});
