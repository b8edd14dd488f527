import { afterAll, describe, expect, it } from "vitest";
import { type Json, sql } from "../worker/client.ts";
import { expectError, expectFaults } from "../worker/people.ts";
import { ask, dataOf, madeSkill } from "./admin.ts";
import { code, csvOf, importCsv, lines, pieces } from "./importing.ts";

const ROWS = 5_000;
const HEADER = ["skill", "type", "level", "prompt", "data", "correct_answer", "explanation"];

const skills: number[] = [];

/** 5,000 questions of a skill of their own, some of them with what makes CSV hard. */
async function fiveThousand(change: (n: number, cells: string[]) => string[] = (_, cells) => cells) {
  const { id, permacode } = await madeSkill();
  skills.push(id);
  const rows = Array.from({ length: ROWS }, (_, index) => {
    const n = index + 1;
    const prompt = n % 7 === 0 ? `"${n}", and\n1: what is the sum?` : `What is ${n} + 1?`;
    const key = JSON.stringify({ value: n + 1 });
    return change(n, [permacode, "NUMERIC", String((n % 5) + 1), prompt, "{}", key, `${n} + 1 = ${n + 1}.`]);
  });
  return { skillId: id, csv: csvOf(HEADER, ...rows) };
}

const kept = async (skillId: number) => {
  const [row] = await sql<{ n: number }>("select count(*)::int as n from questions where skill_id = $1", [skillId]);
  return row?.n;
};

afterAll(async () => {
  const params = [JSON.stringify(skills)];
  const these = "in (select value::int from jsonb_array_elements_text($1::jsonb))";
  await sql(`delete from skill_prerequisites where skill_id ${these}`, params);
  await sql(`delete from questions where skill_id ${these}`, params);
  await sql(`delete from skills where id ${these}`, params);
});

describe("5,000 questions in a CSV", () => {
  it("are imported with progress, a line at a time, and a second time change nothing", {
    timeout: 60_000,
  }, async () => {
    const { skillId, csv } = await fiveThousand();
    const arrived = await pieces("/admin/import?kind=questions", { body: csv, type: "text/csv" });
    expect(arrived.length).toBeGreaterThan(10);
    const first = arrived.flat();
    const last = first.pop();
    expect(last).toEqual({ data: expect.objectContaining({ dry_run: false, questions_created: ROWS }) });
    expect(first.length).toBeGreaterThan(50);
    expect(first.every(({ total }) => total === ROWS)).toBe(true);
    expect(first.map(({ done }) => done)).toEqual(first.map(({ done }) => done).toSorted((a, b) => a - b));
    expect(first.at(-1)).toEqual({ done: ROWS, total: ROWS });
    expect(await kept(skillId)).toBe(ROWS);

    const [before] = await sql<Json>("select version from catalog_version");
    const second = dataOf(await importCsv("questions", csv));
    expect(second).toMatchObject({ questions_created: 0, questions_updated: 0, questions_unchanged: ROWS });
    expect(await sql("select version from catalog_version")).toEqual([before]);
    expect(await kept(skillId)).toBe(ROWS);
  });

  it("are not imported where row 4,321 has a fault, which is named", { timeout: 60_000 }, async () => {
    const spoil = (n: number, cells: string[]) => (n === 4_321 ? cells.with(5, '{"value":"many"}') : cells);
    const { skillId, csv } = await fiveThousand(spoil);
    const fault = {
      kind: "questions",
      row: 4_321,
      field: "correct_answer.value",
      path: "questions.4320.correct_answer.value",
      message: expect.stringContaining("must be a number"),
    };
    const { details } = expectError(await importCsv("questions", csv), 422, "validation_error");
    expect(details).toEqual([fault]);
    const streamed = await lines("/admin/import?kind=questions", { body: csv, type: "text/csv" });
    expect(streamed.at(-1)).toMatchObject({
      error: { code: "validation_error", details: [fault] },
      request_id: expect.any(String),
    });
    expect(await kept(skillId)).toBe(0);
  });
});

describe("8,000 skills of which each needs the one before", () => {
  it("are imported in one go", { timeout: 60_000 }, async () => {
    const base = code();
    const codes = Array.from({ length: 8_000 }, (_, n) => `${base}.${n}`.slice(-20));
    const rows = codes.map((its, n) => ({
      subject_slug: "math",
      grade_number: 5,
      code: its,
      title: "One of a chain",
      prerequisites: codes.slice(Math.max(0, n - 1), n).map((before) => `math/5/${before}`),
    }));
    expect(dataOf(await ask("POST", "/bulk_import", { skills: rows }))).toMatchObject({ skills_created: 8_000 });
    const made = await sql<{ id: number }>("select id from skills where title = 'One of a chain' order by id");
    skills.push(...made.map(({ id }) => id));
    const [first, last] = [made[0]?.id, made.at(-1)?.id];
    const refused = await ask("PATCH", `/skills/${first}`, { prerequisites: [last] });
    expectFaults(refused, "prerequisites");
  });
});
