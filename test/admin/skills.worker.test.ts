import { describe, expect, it } from "vitest";
import { api, type Json, register, sql } from "../worker/client.ts";
import { expectError, expectFaults } from "../worker/people.ts";
import { admin, ask, dataOf, expectRefers, fresh, made, madeSkill, numeric, SKILL } from "./admin.ts";

const code = () => fresh("T").slice(-20);

const wholeSkill = () => ({
  ...SKILL,
  topic_id: 1,
  code: code(),
  title: "Multiply by powers of ten",
  description: "By 10, 100 and 1,000.",
  tags: ["multiplication", "powers of ten"],
  difficulty: 3,
  example_url: "https://example.com/example",
  video_url: "https://example.com/video",
  is_published: false,
  standards: ["CCSS.MATH.CONTENT.5.NBT.A.2"],
  prerequisites: [1, 2],
});

/** Those of a seed have four characters. */
const PERMACODE = /^[CDFHJKMNPQRTVWXY][CDFHJKMNPQRTVWXY2346789]{4}$/;

const change = (id: number, body: unknown) => ask("PATCH", `/skills/${id}`, body);

describe("/admin/skills", () => {
  it("makes one with every field, reads it, and lists it, published or not", async () => {
    const body = wholeSkill();
    const skill = await made("/skills", body);
    expect(skill).toEqual({
      ...body,
      id: expect.any(Number),
      topic_title: expect.any(String),
      permacode: expect.stringMatching(PERMACODE),
    });
    expect(dataOf(await ask("GET", `/skills/${skill.id}`))).toEqual(skill);
    for (const query of [
      `search=${body.code}`,
      `search=${skill.permacode}`,
      `search=${body.code}&is_published=false`,
    ]) {
      expect((await ask("GET", `/skills?${query}`)).json()).toEqual({
        data: [skill],
        meta: { page: 1, page_size: 50, total: 1 },
      });
    }
    for (const query of ["is_published=true", "subject_id=2", "grade_id=1", "topic_id=2"]) {
      expect((await ask("GET", `/skills?search=${body.code}&${query}`)).json().data).toEqual([]);
    }
    expectError(await api("GET", `/skills/${skill.id}`), 404, "not_found");
  });

  it("makes one of what is needed alone", async () => {
    const body = { ...SKILL, code: code(), title: "A skill" };
    expect(await made("/skills", body)).toEqual({
      ...body,
      id: expect.any(Number),
      permacode: expect.stringMatching(PERMACODE),
      topic_id: null,
      topic_title: null,
      description: "",
      tags: [],
      difficulty: 1,
      example_url: null,
      video_url: null,
      is_published: true,
      standards: [],
      prerequisites: [],
    });
  });

  it("changes what is named, and nothing else", async () => {
    const before = await made("/skills", wholeSkill());
    for (const body of [
      { title: "Another title" },
      { tags: [], standards: ["NGSS 3-LS1-1"] },
      { example_url: null, is_published: true },
      { topic_id: null },
      { prerequisites: [2, 3] },
      { prerequisites: [] },
      {},
    ]) {
      const current = dataOf(await ask("GET", `/skills/${before.id}`));
      const topic = "topic_id" in body ? { topic_title: null } : {};
      expect(dataOf(await change(before.id, body))).toEqual({ ...current, ...body, ...topic });
    }
  });

  it.each([
    ["subject_id", { subject_id: "1" }],
    ["grade_id", { grade_id: 0 }],
    ["topic_id", { topic_id: 1.5 }],
    ["code", { code: "" }],
    ["code", { code: "x".repeat(41) }],
    ["title", { title: null }],
    ["difficulty", { difficulty: 6 }],
    ["tags", { tags: ["same", "same"] }],
    ["tags.0", { tags: [""] }],
    ["example_url", { example_url: "javascript:alert(1)" }],
    ["video_url", { video_url: "not an address" }],
    ["standards.0", { standards: ["two  spaces"] }],
    ["standards", { standards: ["A", "A"] }],
    ["prerequisites", { prerequisites: [1, 1] }],
    ["prerequisites.0", { prerequisites: [-1] }],
    ["prerequisites", { prerequisites: [2_147_483_647] }],
  ])("refuses a bad %s: %j", async (field, bad) => {
    expectFaults(await ask("POST", "/skills", { ...SKILL, code: code(), title: "A skill", ...bad }), field);
    const { id } = await madeSkill();
    expectFaults(await change(id, bad), field);
  });

  it("refuses a code that another has in the same subject and grade, and only there", async () => {
    const [first, second] = [await madeSkill(), await madeSkill()];
    const body = { ...SKILL, code: first.code, title: "A skill" };
    expectError(await ask("POST", "/skills", body), 409, "conflict");
    expectError(await change(second.id, { code: first.code }), 409, "conflict");
    await made("/skills", { ...body, grade_id: 1 });
  });

  it("knows nothing of one that is not there", async () => {
    for (const answer of [
      await ask("GET", "/skills/2147483647"),
      await change(2_147_483_647, { title: "x" }),
      await change(2_147_483_647, { prerequisites: [1] }),
      await ask("DELETE", "/skills/2147483647"),
    ]) {
      expectError(answer, 404, "not_found");
    }
  });
});

describe("deleting a skill", () => {
  it("is refused where practice refers to it, and tells of how much by table; unpublishing is not", async () => {
    const skill = await madeSkill(1);
    const student = await register();
    const started = await api("POST", "/practice/sessions", { token: student.token, body: { skill_id: skill.id } });
    await api("POST", `/practice/sessions/${dataOf(started).id}/submit`, {
      token: student.token,
      body: { question_id: dataOf(started).current_question.id, submitted_answer: { value: 2 }, time_spent_sec: 1 },
    });
    const recorded = () => sql("select 1 from attempts where skill_id = $1", [skill.id]);
    await expect.poll(recorded, { timeout: 10_000 }).toHaveLength(1);
    expectRefers(await ask("DELETE", `/skills/${skill.id}`), {
      questions: 1,
      attempts: 1,
      practice_days: 1,
      practice_sessions: 1,
      skill_progress: 1,
    });
    expect(dataOf(await change(skill.id, { is_published: false })).is_published).toBe(false);
    expectError(await api("GET", `/skills/${skill.id}`), 404, "not_found");
  });

  it("is refused where it comes before another, but takes along what comes before it", async () => {
    const [first, second] = [await madeSkill(), await madeSkill()];
    await change(second.id, { prerequisites: [first.id] });
    expectRefers(await ask("DELETE", `/skills/${first.id}`), { skill_prerequisites: 1 });
    dataOf(await ask("DELETE", `/skills/${second.id}`));
    dataOf(await ask("DELETE", `/skills/${first.id}`));
  });
});

describe("a skill's permacode", () => {
  it("stays as it is, whatever becomes of the skill, and is never given again", async () => {
    const skill = await made("/skills", wholeSkill());
    const renamed = dataOf(await change(skill.id, { code: code(), title: "Another", grade_id: 1, permacode: "XXXX" }));
    expect(renamed.permacode).toBe(skill.permacode);
    dataOf(await ask("DELETE", `/skills/${skill.id}`));
    const again =
      "insert into skills (id, subject_id, grade_id, code, title) values ($1, 1, 1, $2, 'x') returning permacode";
    const [other] = await sql<{ permacode: string }>(again, [skill.id, code()]);
    expect(other?.permacode).not.toBe(skill.permacode);
    const given = "insert into skills (subject_id, grade_id, code, title, permacode) values (1, 1, $1, 'x', $2)";
    await expect(sql(given, [code(), skill.permacode])).rejects.toThrow();
    await sql("delete from skills where id = $1", [skill.id]);
  });

  it("does not come from the id, which skills of other platforms have too, nor is it one of a seed", async () => {
    const skills = [await made("/skills", wholeSkill()), await madeSkill(), await madeSkill()];
    for (const { id, permacode } of skills) {
      const [its] = await sql<{ permacode: string }>("select permacode_of($1) as permacode", [id]);
      expect(permacode).not.toBe(its?.permacode);
      expect(permacode).toMatch(PERMACODE);
    }
    expect(new Set(skills.map(({ permacode }) => permacode)).size).toBe(3);
  });

  it("is one that can be told apart from every other of four hundred thousand", async () => {
    const codes = "select count(distinct permacode_of(n))::int as n from generate_series(1, 400000) as n";
    expect(await sql(codes)).toEqual([{ n: 400_000 }]);
  });
});

describe("GET /skills", () => {
  it("finds by standard and by what comes before a skill, and shows only what is published of it", async () => {
    const standard = `TEST.${code()}`;
    const first = await made("/skills", { ...SKILL, code: code(), title: "First", standards: ["A.1", standard] });
    const hidden = await made("/skills", {
      ...SKILL,
      code: code(),
      title: "Hidden",
      standards: [standard],
      is_published: false,
    });
    const next = await made("/skills", {
      ...SKILL,
      code: code(),
      title: "Next",
      prerequisites: [first.id, hidden.id],
    });
    const found = async (query: string) => {
      const { data, meta } = (await api("GET", `/skills?${query}`)).json();
      expect(meta.total).toBe(data.length);
      return data.map(({ id }: Json) => id);
    };
    expect(await found(`standard=${standard}`)).toEqual([first.id]);
    expect(await found(`standard=${standard.toLowerCase()}`)).toEqual([]);
    expect(await found(`standard=${standard}X`)).toEqual([]);
    expect(await found(`prerequisite_of=${next.id}`)).toEqual([first.id]);
    expect(await found(`prerequisite_of=${first.id}`)).toEqual([]);
    expectError(await api("GET", "/skills?prerequisite_of=x"), 422, "validation_error");

    const shown = dataOf(await api("GET", `/skills/${next.id}`));
    expect(shown).toMatchObject({ permacode: next.permacode, standards: [], prerequisites: [first.id] });
    expect(dataOf(await ask("GET", `/skills/${next.id}`)).prerequisites).toEqual([first.id, hidden.id]);
  });
});

describe("PATCH /skills/{id}", () => {
  const rename = async (id: number, body: unknown) => {
    const { token } = await admin();
    return api("PATCH", `/skills/${id}`, { token, body });
  };

  it("changes grade, topic, code and title, each alone, and nothing else that is sent along", async () => {
    const skill = await made("/skills", wholeSkill());
    for (const body of [{ grade_id: 8 }, { code: code() }, { title: "Renamed" }]) {
      const before = dataOf(await ask("GET", `/skills/${skill.id}`));
      expect(dataOf(await rename(skill.id, { ...body, is_published: true, difficulty: 5 }))).toEqual({
        ...before,
        ...body,
      });
    }
    expect(dataOf(await rename(skill.id, { topic_id: null }))).toMatchObject({ topic_id: null, topic_title: null });
  });

  it("refuses as the admin's route does", async () => {
    const [first, second] = [await madeSkill(), await madeSkill()];
    expectError(await rename(second.id, { code: first.code }), 409, "conflict");
    expectFaults(await rename(second.id, { grade_id: 2_147_483_647 }), "grade_id");
    expectError(await rename(2_147_483_647, { title: "x" }), 404, "not_found");
    expectError(await rename(0, { title: "x" }), 400, "validation_error");
  });
});

describe("questions of a skill", () => {
  it("keep it from being deleted until they are", async () => {
    const skill = await madeSkill();
    const question = await made("/questions", numeric(skill.id));
    expectRefers(await ask("DELETE", `/skills/${skill.id}`), { questions: 1 });
    dataOf(await ask("DELETE", `/questions/${question.id}`));
    dataOf(await ask("DELETE", `/skills/${skill.id}`));
  });
});
