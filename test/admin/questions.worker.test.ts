import { describe, expect, it } from "vitest";
import { type Json, sql } from "../worker/client.ts";
import { expectError, expectFaults } from "../worker/people.ts";
import { ask, dataOf, fresh, made, madeSkill, numeric } from "./admin.ts";

const choices = [
  { id: "A", text: "54" },
  { id: "B", text: "56" },
];

const mcq = (skillId: number) => ({
  skill_id: skillId,
  type: "MCQ",
  prompt: `What is 7 × 8? ${fresh("prompt")}`,
  data: { choices },
  correct_answer: { choice: "B" },
  explanation: "49 + 7 = 56.",
  level: 2,
});

const change = (id: number, body: unknown) => ask("PATCH", `/questions/${id}`, body);

describe("/admin/questions", () => {
  it("makes one of each type, and reads it with its key", async () => {
    const { id: skillId } = await madeSkill();
    const bodies = [
      mcq(skillId),
      { ...mcq(skillId), type: "MULTI_SELECT", correct_answer: { choices: ["A", "B"] } },
      { ...numeric(skillId), data: { tolerance: 0.5, unit: "cm", min: 0, max: 10 } },
      { ...mcq(skillId), type: "TEXT", data: {}, correct_answer: { text: "fifty-six", accept: ["56"] } },
    ];
    for (const body of bodies) {
      const question = await made("/questions", body);
      expect(question).toEqual({ id: expect.any(Number), ...body });
      expect(question.id).toBeLessThan(1_000_000_000);
      expect(dataOf(await ask("GET", `/questions/${question.id}`))).toEqual(question);
    }
  });

  it("makes one of what is needed alone", async () => {
    const { explanation, data, ...needed } = numeric((await madeSkill()).id);
    expect(await made("/questions", needed)).toEqual({ id: expect.any(Number), ...needed, explanation: "", data: {} });
  });

  it("makes two where two are sent without a key, since questions may be alike", async () => {
    const body = numeric((await madeSkill()).id);
    const ids = [(await made("/questions", body)).id, (await made("/questions", body)).id];
    expect(new Set(ids).size).toBe(2);
  });

  it("lists those of a skill, those with some text, in either order, by pages of fifty", async () => {
    const skill = await madeSkill(3);
    const list = async (query: string) => (await ask("GET", `/questions?${query}`)).json();
    const all = await list(`skill_id=${skill.id}`);
    expect(all.meta).toEqual({ page: 1, page_size: 50, total: 3 });
    expect(all.data[0]).toEqual({ id: expect.any(Number), ...numeric(skill.id, 1) });
    const ids = all.data.map(({ id }: Json) => id);
    expect(ids).toEqual(ids.toSorted((a: number, b: number) => a - b));
    const newest = await list(`skill_id=${skill.id}&sort_order=desc&page_size=2`);
    expect(newest.data.map(({ id }: Json) => id)).toEqual([ids[2], ids[1]]);
    const found = await list(`skill_id=${skill.id}&search=IS%202%20%2B`);
    expect(found.data.map(({ prompt }: Json) => prompt)).toEqual(["What is 2 + 1?"]);
    expect((await list(`skill_id=${skill.id}&search=100%25`)).data).toEqual([]);
    for (const query of ["sort_order=up", "skill_id=x", "page_size=0"]) {
      expectError(await ask("GET", `/questions?${query}`), 422, "validation_error");
    }
  });

  it("lists rows of any size, if not all at once, and tells who asks for too many", async () => {
    const { id: skillId } = await madeSkill();
    await sql(
      `insert into questions (skill_id, type, prompt, data, correct_answer, explanation, level)
       select $1::int, 'TEXT', 'Question ' || n, jsonb_build_object('note', repeat('x', 31000)), '{"text":"x"}', '', 1
       from generate_series(1, 400) as n`,
      [skillId],
    );
    const list = (size: number) => ask("GET", `/questions?skill_id=${skillId}&page_size=${size}`);
    expectFaults(await list(400), "page_size");
    expect(dataOf(await list(100))).toHaveLength(100);
    await sql("delete from questions where skill_id = $1", [skillId]);
  });

  it("changes what is named, and nothing else", async () => {
    const skill = await madeSkill();
    const { id } = await made("/questions", mcq(skill.id));
    const other = await madeSkill();
    for (const body of [
      { prompt: "Another?" },
      { explanation: "" },
      { level: 5 },
      { skill_id: other.id },
      { correct_answer: { choice: "A" } },
      { data: { choices: [...choices, { id: "C", text: "64" }] } },
      { type: "TEXT", data: {}, correct_answer: { text: "fifty-six" } },
      {},
    ]) {
      const before = dataOf(await ask("GET", `/questions/${id}`));
      expect(dataOf(await change(id, body))).toEqual({ ...before, ...body });
      expect(dataOf(await ask("GET", `/questions/${id}`))).toEqual({ ...before, ...body });
    }
  });

  it("deletes one", async () => {
    const { id } = await made("/questions", numeric((await madeSkill()).id));
    expect(dataOf(await ask("DELETE", `/questions/${id}`))).toEqual({ ok: true });
    for (const answer of [
      await ask("GET", `/questions/${id}`),
      await change(id, { level: 1 }),
      await change(id, { correct_answer: { value: 1 } }),
      await ask("DELETE", `/questions/${id}`),
    ]) {
      expectError(answer, 404, "not_found");
    }
  });
});

describe("a question that could not be answered as its key says is refused", () => {
  it.each([
    ["a key that is no choice", { correct_answer: { choice: "C" } }, ["correct_answer.choice"]],
    ["repeated choices", { data: { choices: [...choices, { id: "C", text: "56" }] } }, ["data.choices.2.text"]],
    ["a type that the rest does not fit", { type: "NUMERIC" }, ["correct_answer.value"]],
    ["a number that is none", { type: "NUMERIC", data: {}, correct_answer: { value: "x" } }, ["correct_answer.value"]],
  ])("%s, when made and when changed", async (_, fields, paths) => {
    const skill = await madeSkill();
    expectFaults(await ask("POST", "/questions", { ...mcq(skill.id), ...fields }), ...paths);
    const { id } = await made("/questions", mcq(skill.id));
    expectFaults(await change(id, fields), ...paths);
    expect(dataOf(await ask("GET", `/questions/${id}`))).toMatchObject({
      type: "MCQ",
      correct_answer: { choice: "B" },
    });
  });

  it.each([
    ["skill_id", { skill_id: 2_147_483_647 }],
    ["prompt", { prompt: " " }],
    ["level", { level: 0 }],
    ["level", { level: 6 }],
    ["data", { data: [] }],
    ["correct_answer", { correct_answer: "B" }],
    ["explanation", { explanation: null }],
  ])("a bad %s: %j", async (field, fields) => {
    const skill = await madeSkill();
    expectFaults(await ask("POST", "/questions", { ...mcq(skill.id), ...fields }), field);
    const { id } = await made("/questions", mcq(skill.id));
    expectFaults(await change(id, fields), field);
  });

  it("of two changes at once that fit the old one each but not each other, one is refused", async () => {
    const skill = await madeSkill();
    const { id } = await made("/questions", mcq(skill.id));
    const answers = await Promise.all([
      change(id, { correct_answer: { choice: "A" } }),
      change(id, { data: { choices: [choices[1], { id: "C", text: "64" }] } }),
    ]);
    const { data, correct_answer } = dataOf(await ask("GET", `/questions/${id}`));
    expect(data.choices.map((choice: Json) => choice.id)).toContain(correct_answer.choice);
    for (const answer of answers) {
      if (answer.status !== 200) expect([409, 422]).toContain(answer.status);
    }
  });
});

describe("what is not carried over is refused, and templates are named as the way", () => {
  it.each([
    ["type", { type: "PLUGIN" }],
    ["type", { type: "INTERACTIVE" }],
    ["type", { type: "plugin", plugin_id: "clock" }],
    ["generator_code", { generator_code: "random.randint(1, 9)" }],
  ])("%s: %j", async (field, fields) => {
    const skill = await madeSkill();
    const { id } = await made("/questions", mcq(skill.id));
    for (const answer of [await ask("POST", "/questions", { ...mcq(skill.id), ...fields }), await change(id, fields)]) {
      const { details } = expectError(answer, 422, "validation_error");
      expect(details).toEqual([{ path: field, message: expect.stringContaining("question template") }]);
    }
  });

  it("but a generator_code of null is none", async () => {
    const question = await made("/questions", { ...mcq((await madeSkill()).id), generator_code: null });
    expect(question).not.toHaveProperty("generator_code");
  });
});
