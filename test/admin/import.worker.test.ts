import { afterEach, describe, expect, it } from "vitest";
import { clearFaults, type Json, setFault, sql } from "../worker/client.ts";
import { expectError } from "../worker/people.ts";
import { admin, ask, dataOf, fresh, madeSkill, redis, withKey } from "./admin.ts";
import { code, counts, template } from "./importing.ts";

afterEach(() => clearFaults());

const bulk = (body: unknown, headers?: Record<string, string>) => ask("POST", "/bulk_import", body, headers);

const tryBulk = async (body: unknown) => dataOf(await ask("POST", "/bulk_import?dry_run=true", body));

const skill = (fields: object = {}) => ({
  subject_slug: "math",
  grade_number: 5,
  code: code(),
  title: "Imported",
  ...fields,
});

const named = ({ code: its }: { code: string }) => `math/5/${its}`;

const question = (of: string, n: number, fields: object = {}) => ({
  skill: of,
  type: "NUMERIC",
  prompt: `What is ${n} + ${n}?`,
  data: {},
  correct_answer: { value: 2 * n },
  explanation: "Twice as much.",
  level: 1,
  ...fields,
});

const version = async () => (await sql<Json>("select version from catalog_version"))[0];

const skillsWith = async (its: string) => (await ask("GET", `/skills?search=${its}`)).json().data;
const questionsOf = async (id: number) => (await ask("GET", `/questions?skill_id=${id}`)).json().data;

describe("POST /admin/bulk_import", () => {
  it("makes skills with what comes with them, in one go, and a second time changes nothing", async () => {
    const first = skill({ topic_slug: "multiplication-and-division", tags: ["one"] });
    const standards = ["CCSS.MATH.CONTENT.5.NBT.B.5"];
    const second = skill({ prerequisites: [named(first)], standards });
    const body = {
      skills: [second, first],
      questions: [question(named(first), 1), question(named(first), 2), question(named(second), 1)],
      templates: [{ skill: named(second), template: template() }],
    };
    const report = dataOf(await bulk(body));
    expect(counts(report)).toEqual({ skills_created: 2, questions_created: 3, templates_created: 1 });
    const [a] = await skillsWith(first.code);
    const [b] = await skillsWith(second.code);
    expect(a).toMatchObject({ title: "Imported", tags: ["one"], is_published: true, topic_id: 1, difficulty: 1 });
    expect(b).toMatchObject({ prerequisites: [a.id], standards });
    expect((await questionsOf(a.id)).map(({ prompt }: Json) => prompt)).toEqual(["What is 1 + 1?", "What is 2 + 2?"]);
    const before = await version();
    expect(counts(dataOf(await bulk(body)))).toEqual({
      skills_unchanged: 2,
      questions_unchanged: 3,
      templates_unchanged: 1,
    });
    expect(await version()).toEqual(before);
  });

  it("takes what old clients send: ids, and no template", async () => {
    const its = code();
    const body = {
      skills: [{ subject_id: 1, grade_id: 7, topic_id: 1, code: its, title: "By ids" }],
      questions: [{ ...question("", 1), skill: undefined, skill_id: 1, prompt: fresh("by ids") }],
    };
    expect(dataOf(await bulk(body))).toMatchObject({ skills_created: 1, questions_created: 1 });
  });

  it("changes what is given of what is there, and leaves the rest", async () => {
    const made = await madeSkill();
    const [{ id }] = await questionsOf((await madeSkill(1)).id);
    const changed = { permacode: made.permacode, title: "Another title", prerequisites: ["math/5/A.1"] };
    expect(counts(dataOf(await bulk({ skills: [changed] })))).toEqual({ skills_updated: 1 });
    expect(dataOf(await ask("GET", `/skills/${made.id}`))).toEqual({
      ...made,
      title: "Another title",
      prerequisites: [1],
    });
    const before = dataOf(await ask("GET", `/questions/${id}`));
    const { explanation: _, ...known } = before;
    dataOf(await bulk({ questions: [{ ...known, level: 4 }] }));
    expect(dataOf(await ask("GET", `/questions/${id}`))).toEqual({ ...before, level: 4 });
  });

  it("takes a question without an id for the one that students see the same, and corrects its key", async () => {
    const made = await madeSkill();
    const wrong = question(made.permacode, 3, { correct_answer: { value: 7 } });
    dataOf(await bulk({ questions: [wrong] }));
    const right = { ...wrong, correct_answer: { value: 6 } };
    expect(counts(dataOf(await bulk({ questions: [right] })))).toEqual({ questions_updated: 1 });
    expect(await questionsOf(made.id)).toEqual([expect.objectContaining({ correct_answer: { value: 6 } })]);
  });

  it("takes a template without an id for the one with the same prompt and variables", async () => {
    const { permacode } = await madeSkill();
    const sent = (fields: object) => ({ templates: [{ skill: permacode, template: template(fields) }] });
    expect(counts(dataOf(await bulk(sent({}))))).toEqual({ templates_created: 1 });
    expect(counts(dataOf(await bulk(sent({ explanation: "It is {{answer}}." }))))).toEqual({ templates_updated: 1 });
    expect(counts(dataOf(await bulk(sent({ level: 3 }))))).toEqual({ templates_created: 1 });
  });

  it("takes an id for the same in whatever case it is written", async () => {
    const { permacode } = await madeSkill();
    const id = crypto.randomUUID();
    const sent = [id, id.toUpperCase()].map((its) => ({ id: its, skill: permacode, template: template() }));
    const { details } = expectError(await bulk({ templates: sent }), 422, "validation_error");
    expect(details).toMatchObject([{ kind: "templates", row: 2, field: "id" }]);
    for (const [place, outcome] of ["templates_created", "templates_unchanged"].entries()) {
      expect(counts(dataOf(await bulk({ templates: [sent[1 - place]] })))).toEqual({ [outcome]: 1 });
    }
  });

  it("names every fault, by row, and writes nothing", async () => {
    const good = skill();
    const before = await version();
    const { details } = expectError(
      await bulk({
        skills: [good, skill({ grade_number: 5, topic_slug: "no-such-topic" }), { code: "X.1" }, good, "no row"],
        questions: [
          question("math/5/none", 1),
          question(named(good), 1, { level: 9, correct_answer: {} }),
          question(named(good), 2),
          question(named(good), 2, { explanation: "Again." }),
          question(named(good), 3, { id: 1 }),
          { ...question(named(good), 4), generator_code: "1" },
        ],
        templates: [
          { skill: named(good), template: template({ answer: { value: "a * c" } }) },
          { skill: named(good), template: template({ answer: { value: "a / (b - 5)" } }) },
        ],
      }),
      422,
      "validation_error",
    );
    const faults = details as Json[];
    expect(faults.map(({ kind, row, field }) => `${kind} ${row} ${field}`)).toEqual([
      "skills 2 topic_slug",
      "skills 3 subject_slug",
      "skills 3 grade_number",
      "skills 3 title",
      "skills 4 code",
      "skills 5 ",
      "questions 1 skill",
      "questions 2 level",
      "questions 4 id",
      "questions 5 id",
      "questions 6 generator_code",
      "templates 1 answer.value",
      "templates 2 answer.value",
    ]);
    expect(faults.at(-2)).toMatchObject({ path: "templates.0.template.answer.value", position: { start: 4, end: 5 } });
    expect(faults.at(-1)).toMatchObject({ values: { b: "5" } });
    expect(await version()).toEqual(before);
    expect(await skillsWith(good.code)).toEqual([]);
  });

  it("refuses prerequisites that go round in a circle, a permacode that is another's or that is gone", async () => {
    const [a, b] = [skill(), skill()];
    const circle = {
      skills: [
        { ...a, prerequisites: [named(b)] },
        { ...b, prerequisites: [named(a)] },
      ],
    };
    const faultsOf = async (body: unknown) => expectError(await bulk(body), 422, "validation_error").details as Json[];
    const message = `would go round in a circle: ${a.code} → ${b.code} → ${a.code}`;
    expect(await faultsOf(circle)).toEqual([expect.objectContaining({ row: 1, field: "prerequisites", message })]);
    const [made, gone] = [await madeSkill(), await madeSkill()];
    dataOf(await ask("DELETE", `/skills/${gone.id}`));
    const taken = { ...skill({ code: made.code }), permacode: "ZZZZ" };
    expect(await faultsOf({ skills: [taken] })).toEqual([expect.objectContaining({ field: "permacode" })]);
    const again = { ...skill(), permacode: gone.permacode };
    expect(await faultsOf({ skills: [again] })).toEqual([expect.objectContaining({ field: "permacode" })]);
    const clash = { permacode: made.permacode, code: "A.1" };
    expect(await faultsOf({ skills: [clash] })).toEqual([expect.objectContaining({ field: "code" })]);
  });

  it("makes no permacode that another row of it brings", async () => {
    const [drawn] = await sql<Json>("select permacode_of(last_value + 1) as next from permacode_numbers");
    const [waiting, bringing] = [skill(), { ...skill(), permacode: drawn?.next }];
    dataOf(await bulk({ skills: [waiting, bringing] }));
    expect((await skillsWith(bringing.code))[0].permacode).toBe(drawn?.next);
    expect((await skillsWith(waiting.code))[0].permacode).not.toBe(drawn?.next);
  });

  it("tells without doing it what would change", async () => {
    const made = await madeSkill(1);
    const [there] = await questionsOf(made.id);
    const before = await version();
    const report = await tryBulk({
      skills: [skill(), { permacode: made.permacode, difficulty: 5 }],
      questions: [{ ...there, level: 3 }, there, question(made.permacode, 8), question("none", 9)].filter(
        (_, i) => i !== 1,
      ),
    });
    expect(report).toMatchObject({ dry_run: true, skills_created: 1, skills_updated: 1, questions_created: 1 });
    expect(report.changes).toEqual([
      { kind: "skills", row: 1, action: "create", id: null, fields: [] },
      { kind: "skills", row: 2, action: "update", id: made.id, fields: [{ field: "difficulty", from: "1", to: "5" }] },
      { kind: "questions", row: 1, action: "update", id: there.id, fields: [{ field: "level", from: "1", to: "3" }] },
      { kind: "questions", row: 2, action: "create", id: null, fields: [] },
    ]);
    expect(report.faults).toEqual([
      { kind: "questions", row: 3, field: "skill", path: "questions.2.skill", message: "there is no such skill" },
    ]);
    expect(await version()).toEqual(before);
  });

  it("is in the audit log, row by row, by its request", async () => {
    const body = { skills: [skill()], templates: [] };
    const answer = await bulk(body);
    dataOf(answer);
    const log = (await ask("GET", `/audit?request_id=${answer.headers.get("X-Request-Id")}`)).json().data;
    expect(log).toEqual([expect.objectContaining({ action: "create", entity: "skills" })]);
  });

  it("of five equal ones at once with one key gives each the first reply; without Redis makes nothing twice", async () => {
    const made = await madeSkill();
    const body = { questions: [question(made.permacode, 1), question(made.permacode, 2)] };
    const headers = withKey();
    const answers = await Promise.all(Array.from({ length: 5 }, () => bulk(body, headers)));
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    const replay = await bulk(body, headers);
    expect(replay.headers.get("Idempotent-Replayed")).toBe("true");
    expect(replay.json().data.questions_created).toBe(2);
    await redis("FLUSHALL");
    expect(dataOf(await bulk(body, headers))).toMatchObject({ questions_created: 0, questions_unchanged: 2 });
    expect(await questionsOf(made.id)).toHaveLength(2);
  });

  it("and its dry run are 503 while Postgres hangs, as any other route's", async () => {
    await admin();
    await setFault({ target: "postgres", kind: "hang" });
    const body = { questions: [question("math/5/A.1", 1)] };
    const answers = await Promise.all([bulk(body), ask("POST", "/bulk_import?dry_run=true", body)]);
    for (const answer of answers) expectError(answer, 503, "service_unavailable");
  });

  it("of several different ones at once loses none", async () => {
    const made = await madeSkill();
    const bodies = [1, 2, 3].map((n) => ({
      questions: [question(made.permacode, n), question(made.permacode, n + 10)],
    }));
    const answers = await Promise.all(bodies.map((body) => bulk(body)));
    const done = answers.filter(({ status }) => status === 200);
    for (const answer of answers) if (answer.status !== 200) expectError(answer, 409, "conflict");
    expect(await questionsOf(made.id)).toHaveLength(2 * done.length);
  });
});
