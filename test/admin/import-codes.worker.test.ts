import { describe, expect, it } from "vitest";
import type { Json } from "../worker/client.ts";
import { expectError } from "../worker/people.ts";
import { ask, dataOf, madeSkill, SKILL } from "./admin.ts";
import { code, csvOf, importCsv } from "./importing.ts";

const bulk = (skills: Json[]) => ask("POST", "/bulk_import", { skills });

const codesOf = (skills: readonly Json[]) =>
  Promise.all(skills.map(async ({ id }) => dataOf(await ask("GET", `/skills/${id}`)).code));

const three = () => Promise.all([madeSkill(), madeSkill(), madeSkill()]);

const moved = (skill: Json, to: string) => ({ permacode: skill.permacode, code: to });

const newAt = (its: string) => ({ ...SKILL, code: its, title: "Takes a code that is free now" });

describe("an import that gives skills other codes", () => {
  it("moves a whole row of them up by one and puts a new one before, as a spreadsheet has them: from the first on", async () => {
    const skills = await three();
    const [a, b, c] = skills.map((skill) => skill.code);
    const last = code();
    const csv = csvOf(
      ["permacode", "subject_slug", "grade_number", "code", "title"],
      ["", "math", "5", a, "Comes before them all"],
      ...[b, c, last].map((to, place) => [skills[place]?.permacode, "math", "5", to, "Has moved"]),
    );
    expect(dataOf(await importCsv("skills", csv))).toMatchObject({ skills_created: 1, skills_updated: 3 });
    expect(await codesOf(skills)).toEqual([b, c, last]);
    expect(dataOf(await ask("GET", `/skills?search=${a}`))).toMatchObject([{ title: "Comes before them all" }]);
    // Codes say which is which now: sent again by them it is as it is.
    expect(dataOf(await importCsv("skills", csv))).toMatchObject({ skills_unchanged: 4 });
  });

  it("does so in whatever order their rows come, also where a new one takes the code that one gives up", async () => {
    for (const order of [
      [0, 1, 2],
      [2, 0, 1],
      [1, 2, 0],
    ]) {
      const [first, second] = (await three()) as [Json, Json, Json];
      const rows = [moved(first, second.code), moved(second, code()), newAt(first.code)];
      const report = dataOf(await bulk(order.map((place) => rows[place] ?? {})));
      expect(report).toMatchObject({ skills_created: 1, skills_updated: 2 });
      expect(await codesOf([first, second])).toEqual([second.code, rows[1]?.code]);
    }
  });

  it("lets skills exchange theirs, and tells of it", async () => {
    const skills = await three();
    const [a, b, c] = skills as [Json, Json, Json];
    const rows = [moved(a, b.code), moved(b, c.code), moved(c, a.code)];
    const tried = dataOf(await ask("POST", "/bulk_import?dry_run=true", { skills: rows }));
    expect(tried).toMatchObject({ skills_updated: 3, faults: [] });
    expect(dataOf(await bulk(rows))).toMatchObject({ skills_updated: 3 });
    expect(await codesOf(skills)).toEqual([b.code, c.code, a.code]);
  });

  it("refuses two with one code in the end, and one of a skill that stays, and changes nothing", async () => {
    const skills = await three();
    const [a, b, c] = skills as [Json, Json, Json];
    const free = code();
    const faultsOf = async (rows: Json[]) => expectError(await bulk(rows), 422, "validation_error").details;
    expect(await faultsOf([moved(a, free), moved(b, free)])).toMatchObject([{ row: 2, field: "code" }]);
    expect(await faultsOf([moved(a, b.code), moved(b, b.code)])).toMatchObject([{ field: "code" }]);
    expect(await faultsOf([moved(a, c.code), moved(b, a.code)])).toMatchObject([{ row: 1, field: "code" }]);
    expect(await codesOf(skills)).toEqual(skills.map((skill) => skill.code));
  });

  it("makes those with ids of their own beside those that get the next", async () => {
    const next = Math.max(...(await three()).map(({ id }) => id)) + 1;
    const rows = [{ ...newAt(code()), id: next }, newAt(code()), { ...newAt(code()), id: next + 2 }, newAt(code())];
    expect(dataOf(await bulk(rows))).toMatchObject({ skills_created: 4 });
    const made = await Promise.all(
      rows.map(async (row) => dataOf(await ask("GET", `/skills?search=${row.code}`))[0].id),
    );
    expect(made).toMatchObject([next, expect.any(Number), next + 2, expect.any(Number)]);
    expect(new Set(made).size).toBe(4);
  });

  it("takes no id after which there would be no next one", async () => {
    for (const id of [900_000_001, 2_147_483_647]) {
      const { details } = expectError(await bulk([{ ...newAt(code()), id }]), 422, "validation_error");
      expect(details).toMatchObject([{ row: 1, field: "id" }]);
    }
  });
});
