import { describe, expect, it } from "vitest";
import { expectError } from "../worker/people.ts";
import { ask, dataOf, madeSkill } from "./admin.ts";
import { code, counts, csvOf, importCsv, lines, template } from "./importing.ts";

const skillsWith = async (its: string) => (await ask("GET", `/skills?search=${its}`)).json().data;

describe("POST /admin/import", () => {
  it("takes skills by readable keys, and leaves alone what has no column", async () => {
    const its = code();
    const header = [
      "subject_slug",
      "grade_number",
      "topic_slug",
      "code",
      "title",
      "tags",
      "difficulty",
      "is_published",
    ];
    const row = ["math", "5", "multiplication-and-division", its, "From a sheet", "one; two", "3", "FALSE"];
    expect(counts(dataOf(await importCsv("skills", csvOf(header, row))))).toEqual({ skills_created: 1 });
    const [made] = await skillsWith(its);
    expect(made).toMatchObject({ topic_id: 1, tags: ["one", "two"], difficulty: 3, is_published: false });
    const rename = csvOf(["permacode", "title"], [made.permacode, "Renamed"]);
    expect(counts(dataOf(await importCsv("skills", rename)))).toEqual({ skills_updated: 1 });
    expect(dataOf(await ask("GET", `/skills/${made.id}`))).toEqual({ ...made, title: "Renamed" });
  });

  it("takes templates, their parts in columns, and names the column of a fault", async () => {
    const { permacode, id } = await madeSkill();
    const header = ["skill", "type", "level", "prompt", "explanation", "variables", "answer"];
    const { type, prompt, explanation, variables, answer } = template();
    const row = (value: string) => [
      permacode,
      type,
      "2",
      prompt,
      explanation,
      JSON.stringify(variables),
      JSON.stringify({ ...answer, value }),
    ];
    const bad = await importCsv("templates", csvOf(header, row("a *")));
    expect(expectError(bad, 422, "validation_error").details).toEqual([
      expect.objectContaining({ kind: "templates", row: 1, field: "answer.value", position: expect.anything() }),
    ]);
    const reply = await lines("/admin/import?kind=templates", { body: csvOf(header, row("a * b")), type: "text/csv" });
    expect(reply).toEqual([{ done: 1, total: 1 }, { data: expect.objectContaining({ templates_created: 1 }) }]);
    const kept = (await ask("GET", `/questions/templates?skill_id=${id}`)).json().data;
    expect(kept).toEqual([expect.objectContaining({ template: template() })]);
  });

  it("tells without doing it what would change and what is wrong", async () => {
    const { permacode } = await madeSkill();
    const csv = csvOf(
      ["skill", "type", "level", "prompt", "correct_answer"],
      [permacode, "NUMERIC", "1", "=1+1?", '{"value":2}'],
      [permacode, "NUMERIC", "six", "1 + 1?", '{"value":2}'],
    );
    for (const query of ["&dry_run", "&dry_run=true", "&dry_run=1"]) {
      const report = dataOf(await importCsv("questions", csv, { query }));
      expect(report).toMatchObject({ dry_run: true, questions_created: 1, faults: [{ row: 2, field: "level" }] });
    }
  });

  it("takes CSV only, of 8 MB at most, in a form that it knows", async () => {
    expectError(
      await importCsv("questions", "{}", { headers: { "Content-Type": "application/json" } }),
      415,
      "unsupported_media_type",
    );
    expectError(await importCsv("skills", new Uint8Array(8 * 1024 * 1024 + 1)), 413, "payload_too_large");
    expectError(await importCsv("users", "a"), 422, "validation_error");
  });

  it("names the place of what is wrong, in the header and with a row as a whole too", async () => {
    const faultsOf = async (csv: string) =>
      expectError(await importCsv("skills", csv), 422, "validation_error").details;
    expect(await faultsOf("colour\r\nred")).toMatchObject([{ row: 0, field: "colour", path: "colour" }]);
    expect(await faultsOf("code\r\nA.1,5")).toMatchObject([{ row: 1, field: "", path: "skills.0" }]);
  });
});
