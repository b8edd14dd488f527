import { beforeAll, describe, expect, it } from "vitest";
import { api, clearFaults, type Json, setFault, sql } from "../worker/client.ts";
import { expectError } from "../worker/people.ts";
import { admin, ask, dataOf, fresh, made, madeSkill } from "./admin.ts";
import { exported, importCsv } from "./importing.ts";

/** A seeded skill's file begins with its id; whatever is made later has a higher one. */
const seeded = Object.keys(import.meta.glob("../../drizzle/seed/data/skills/*.json"));
const lastSeeded = Math.max(...seeded.map((path) => Number.parseInt(path.split("/").at(-1) ?? "", 10)));

/** Every table with a column that refers to a skill, that of prerequisites twice. */
const REFERRING = `
  select conrelid::regclass::text as table, attname as column from pg_constraint
  join pg_attribute on attrelid = conrelid and attnum = conkey[1] where confrelid = 'skills'::regclass`;

beforeAll(async () => {
  // Other files leave rows behind, some of them put past the API, which an import would rightly refuse.
  for (const { table, column } of await sql<{ table: string; column: string }>(REFERRING)) {
    await sql(`delete from ${table} where ${column} > $1`, [lastSeeded]);
  }
  await sql("delete from skills where id > $1", [lastSeeded]);
});

const KINDS = ["skills", "questions", "templates"] as const;

const all = async (format: string): Promise<string[]> => {
  const texts: string[] = [];
  for (const kind of KINDS) {
    const { status, text } = await exported(kind, format);
    expect(status).toBe(200);
    texts.push(text);
  }
  return texts;
};

/** Skills with what is hard to carry: formulas, quotes, lines, semicolons, circumflexes, and templates. */
async function hardToCarry(): Promise<Json[]> {
  const before = await madeSkill();
  const { id } = await made("/skills", {
    subject_id: 2,
    grade_id: 1,
    topic_id: null,
    code: fresh("/E").slice(-20),
    title: '=HYPERLINK("http://x.test")',
    description: "Line one\r\nline two, “quoted”\n",
    tags: ["a; b", "[c", "d"],
    difficulty: 5,
    example_url: "https://example.com/?a=1,2",
    is_published: false,
    standards: ["CCSS.X 1"],
    prerequisites: [1, before.id],
  });
  const question = { skill_id: id, level: 3, explanation: "'=already" };
  const texts = ["-1 + 1 = ?", "@home, or '=not'", "\tTabbed", "'quoted'", "🍰 ½\u2028", '""'];
  for (const prompt of texts) {
    await made("/questions", {
      ...question,
      type: "TEXT",
      prompt: `=${prompt}`,
      data: { placeholder: prompt },
      correct_answer: { text: "+1" },
    });
  }
  await made("/questions", { ...question, type: "NUMERIC", prompt: "How many?", correct_answer: { value: "1/3" } });
  await made("/questions", { ...question, type: "NUMERIC", prompt: "How many?", correct_answer: { value: 1e21 } });
  await made("/questions/templates", {
    skill_id: id,
    template: {
      type: "MCQ",
      level: 1,
      variables: { a: { type: "integer", from: 11, to: 60 } },
      derived: { twice: "2 * a" },
      prompt: "={{a}} + {{a}}",
      explanation: "It is {{twice}}.",
      answer: { value: "twice" },
      distractors: [{ value: "a", feedback: "Both of them." }, { value: "a + 2" }],
    },
  });
  return [
    await made("/skills", {
      subject_id: 1,
      grade_id: 2,
      code: fresh("E").slice(-20),
      title: "Last",
      prerequisites: [id],
    }),
    { id },
    before,
  ];
}

/** As if they had never been there. */
async function forget(skills: readonly Json[]): Promise<void> {
  for (const { id } of skills) {
    await sql("delete from questions where skill_id = $1", [id]);
    await sql("delete from question_templates where skill_id = $1", [id]);
    await sql("delete from skill_prerequisites where skill_id = $1", [id]);
  }
  for (const { id } of skills) {
    const [gone] = await sql<Json>("delete from skills where id = $1 returning permacode", [id]);
    await sql("delete from permacodes where permacode = $1", [gone.permacode]);
  }
}

describe("what is exported, imported where it is not, and exported again", () => {
  it("is the same to the byte, as CSV", { timeout: 60_000 }, async () => {
    const skills = await hardToCarry();
    const before = await all("csv");
    await forget(skills);
    expect(await all("csv")).not.toEqual(before);
    for (const [n, kind] of KINDS.entries()) dataOf(await importCsv(kind, before[n] ?? ""));
    expect(await all("csv")).toEqual(before);
    for (const [n, kind] of KINDS.entries()) {
      expect(dataOf(await importCsv(kind, before[n] ?? ""))).toMatchObject({
        [`${kind}_created`]: 0,
        [`${kind}_updated`]: 0,
      });
    }
  });

  it("is the same to the byte, as JSON, sent back as it came", { timeout: 60_000 }, async () => {
    const skills = await hardToCarry();
    const before = await all("json");
    await forget(skills);
    for (const text of before) dataOf(await ask("POST", "/bulk_import", JSON.parse(text)));
    expect(await all("json")).toEqual(before);
  });
});

describe("GET /admin/export", () => {
  it("names its file and says what it is", async () => {
    const csv = await exported("skills");
    expect(csv.headers.get("Content-Type")).toBe("text/csv; charset=utf-8; header=present");
    expect(csv.headers.get("Content-Disposition")).toBe('attachment; filename="skills.csv"');
    expect(csv.text).toMatch(/^permacode,subject_slug,grade_number,/);
    const json = await exported("questions", "json");
    expect(json.headers.get("Content-Type")).toBe("application/json");
    expect(json.json().data.questions[0]).toMatchObject({ id: 1, skill: "math/5/A.1", prompt: "What is 7 × 8?" });
  });

  it("is what is accepted, where no format is named", async () => {
    const { token } = await admin();
    const typeFor = async (Accept: string, query = "") => {
      const { headers } = await api("GET", `/admin/export?kind=skills${query}`, { token, headers: { Accept } });
      return headers.get("Content-Type");
    };
    expect(await typeFor("text/csv")).toBe("text/csv; charset=utf-8; header=present");
    expect(await typeFor("*/*")).toBe("application/json");
    expect(await typeFor("text/csv", "&format=json")).toBe("application/json");
  });

  it("writes no cell that a spreadsheet would run", async () => {
    await hardToCarry();
    const { text } = await exported("questions");
    expect(text).toContain(",'=-1 + 1 = ?,");
    expect(text).not.toMatch(/(^|[,\n])"?[=+@\t-]/);
  });

  it("refuses what it does not know, and is unavailable without Postgres", async () => {
    expectError(await exported("users"), 422, "validation_error");
    expectError(await exported("skills", "xlsx"), 422, "validation_error");
    await setFault({ target: "postgres", kind: "refuse" });
    try {
      expectError(await exported("skills"), 503, "service_unavailable");
    } finally {
      await clearFaults();
    }
  });
});
