import { describe, expect, it } from "vitest";
import type { Json } from "../worker/client.ts";
import { expectError, expectFaults } from "../worker/people.ts";
import { ask, dataOf, fresh, made, madeSkill, redis, withKey } from "./admin.ts";

const TEMPLATES = "/questions/templates";

const template = (fields: object = {}) => ({
  type: "NUMERIC",
  level: 2,
  variables: { a: { type: "integer", from: 2, to: 40 }, b: { type: "integer", from: 3, to: 9 } },
  prompt: `What is {{a}} × {{b}}? (${fresh("prompt")})`,
  explanation: "{{a}} × {{b}} = {{answer}}.",
  answer: { value: "a * b" },
  ...fields,
});

const kept = (skillId: number, fields?: object) => made(TEMPLATES, { skill_id: skillId, template: template(fields) });

const NO_ID = "00000000-0000-4000-8000-000000000000";

describe("/admin/questions/templates", () => {
  it("makes one, reads it, and lists those of a skill, the easy ones first", async () => {
    const { id: skillId } = await madeSkill();
    const body = template({ level: 4 });
    const hard = await made(TEMPLATES, { skill_id: skillId, template: body });
    expect(hard).toEqual({
      id: expect.any(String),
      skill_id: skillId,
      type: "NUMERIC",
      level: 4,
      template: body,
      created_at: expect.stringMatching(/Z$/),
      updated_at: hard.created_at,
    });
    const easy = await kept(skillId, { level: 1 });
    expect(dataOf(await ask("GET", `${TEMPLATES}/${hard.id}`))).toEqual(hard);
    const list = async (query: string) => (await ask("GET", `${TEMPLATES}?${query}`)).json();
    expect(await list(`skill_id=${skillId}`)).toEqual({
      data: [easy, hard],
      meta: { page: 1, page_size: 50, total: 2 },
    });
    expect((await list(`skill_id=${skillId}&page_size=1&page=2`)).data).toEqual([hard]);
    const words = encodeURIComponent(body.prompt.slice(-12).toUpperCase());
    expect((await list(`search=${words}`)).data).toEqual([hard]);
  });

  it("changes what is named, and counts a change that is none for none", async () => {
    const skill = await madeSkill();
    const before = await kept(skill.id);
    const other = await madeSkill();
    const moved = dataOf(await ask("PATCH", `${TEMPLATES}/${before.id}`, { skill_id: other.id }));
    expect(moved).toEqual({ ...before, skill_id: other.id, updated_at: expect.any(String) });
    const replaced = dataOf(await ask("PATCH", `${TEMPLATES}/${before.id}`, { template: template({ level: 5 }) }));
    expect(replaced).toMatchObject({ skill_id: other.id, level: 5 });
    for (const body of [{}, { skill_id: other.id }, { template: replaced.template }]) {
      expect(dataOf(await ask("PATCH", `${TEMPLATES}/${before.id}`, body))).toEqual(replaced);
    }
    const audit = (await ask("GET", `/audit?entity=question_templates&entity_id=${before.id}`)).json();
    expect(audit.data.map(({ action }: Json) => action)).toEqual(["update", "update", "create"]);
  });

  it("deletes one; what is not there is not found", async () => {
    const { id } = await kept((await madeSkill()).id);
    expect(dataOf(await ask("DELETE", `${TEMPLATES}/${id}`))).toEqual({ ok: true });
    for (const answer of [
      await ask("GET", `${TEMPLATES}/${id}`),
      await ask("PATCH", `${TEMPLATES}/${id}`, { skill_id: 1 }),
      await ask("DELETE", `${TEMPLATES}/${id}`),
      await ask("POST", `${TEMPLATES}/preview`, { id }),
    ]) {
      expectError(answer, 404, "not_found");
    }
    expectError(await ask("GET", `${TEMPLATES}/1`), 400, "validation_error");
  });

  it("holds its skill: that cannot be deleted while it is there", async () => {
    const skill = await madeSkill();
    await kept(skill.id);
    const { details } = expectError(await ask("DELETE", `/skills/${skill.id}`), 409, "conflict");
    expect(details).toEqual({ refers: { question_templates: 1 } });
  });

  it("is made once by five equal requests at once with one key, with Redis emptied in between too", async () => {
    const { id: skillId } = await madeSkill();
    const body = { skill_id: skillId, template: template() };
    const headers = withKey();
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask("POST", TEMPLATES, body, headers)));
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    await redis("FLUSHALL");
    dataOf(await ask("POST", TEMPLATES, body, headers));
    expect((await ask("GET", `${TEMPLATES}?skill_id=${skillId}`)).json().meta.total).toBe(1);
    await made(TEMPLATES, { skill_id: skillId, template: template() });
    expect((await ask("GET", `${TEMPLATES}?skill_id=${skillId}`)).json().meta.total).toBe(2);
  });
});

describe("a template that may not be kept is refused with the place of the fault", () => {
  const refusal = async (fields: object) => {
    const skill = await madeSkill();
    const body = { skill_id: skill.id, template: template(fields) };
    const { details } = expectError(await ask("POST", TEMPLATES, body), 422, "validation_error");
    const { id } = await kept(skill.id);
    expect(expectError(await ask("PATCH", `${TEMPLATES}/${id}`, body), 422, "validation_error").details).toEqual(
      details,
    );
    return details;
  };

  it("within an expression, by its characters", async () => {
    expect(await refusal({ answer: { value: "a * nothing" } })).toEqual([
      { path: "template.answer.value", message: expect.any(String), position: { start: 4, end: 11 } },
    ]);
  });

  it("within its JSON, by the path", async () => {
    const [fault] = (await refusal({ variables: { a: { type: "integer", from: 1 } } })) as Json[];
    expect(fault).toMatchObject({ path: "template.variables.a.to" });
  });

  it("where it fails when it runs, with the variables that led to it", async () => {
    const details = (await refusal({ answer: { value: "a / (b - 5)" } })) as Json[];
    expect(details[0]).toMatchObject({ path: "template.answer.value", values: { b: "5" } });
  });

  it("and a skill that is not there", async () => {
    expectFaults(await ask("POST", TEMPLATES, { skill_id: 2_147_483_647, template: template() }), "skill_id");
  });
});

describe("POST /admin/questions/templates/preview", () => {
  it("gives ten different questions with their answers, the same for the same seed", async () => {
    const body = { template: template() };
    const preview = dataOf(await ask("POST", `${TEMPLATES}/preview`, body));
    expect(preview).toMatchObject({ seed: 1, space: { instances: 39 * 7, exact: true }, faults: [] });
    expect(preview.instances).toHaveLength(10);
    for (const { question, correct_answer, explanation, values } of preview.instances) {
      expect(question.prompt).toContain(`${values.a} × ${values.b}`);
      expect(correct_answer).toEqual({ value: Number(values.a) * Number(values.b) });
      expect(explanation).toContain(String(correct_answer.value));
    }
    expect(new Set(preview.instances.map(({ question }: Json) => question.prompt)).size).toBe(10);
    expect(dataOf(await ask("POST", `${TEMPLATES}/preview`, body))).toEqual(preview);
    expect(dataOf(await ask("POST", `${TEMPLATES}/preview`, { ...body, seed: 2 })).instances).not.toEqual(
      preview.instances,
    );
  });

  it("of one that is kept, by its id", async () => {
    const { id, template: body } = await kept((await madeSkill()).id);
    const byId = dataOf(await ask("POST", `${TEMPLATES}/preview`, { id, seed: 7 }));
    expect(byId).toEqual(dataOf(await ask("POST", `${TEMPLATES}/preview`, { template: body, seed: 7 })));
  });

  it("shows what would be refused, and why; what cannot be read is refused", async () => {
    const failing = dataOf(await ask("POST", `${TEMPLATES}/preview`, { template: template({ check: "a + b" }) }));
    expect(failing.faults[0]).toMatchObject({ message: expect.stringContaining("check") });
    expect(failing.instances).toHaveLength(10);
    const unreadable = { template: template({ prompt: "{{a" }) };
    expect(expectError(await ask("POST", `${TEMPLATES}/preview`, unreadable), 422, "validation_error").details).toEqual(
      [expect.objectContaining({ path: "template.prompt" })],
    );
    for (const body of [{}, { id: NO_ID, template: template() }]) {
      expectError(await ask("POST", `${TEMPLATES}/preview`, body), 422, "validation_error");
    }
  });
});
