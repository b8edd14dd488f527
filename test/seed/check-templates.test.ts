import { describe, expect, it } from "vitest";
import { loadCheckedCatalog } from "../../drizzle/seed/catalog.ts";
import { checkTemplates } from "../../drizzle/seed/check-templates.ts";
import type { CheckedCatalog, KeyedTemplate } from "../../drizzle/seed/schema.ts";
import { templateBodySchema } from "../../src/templates/schemas.ts";
import bodies from "./multiply.templates.json" with { type: "json" };

const catalog = await loadCheckedCatalog();
/** Six templates, as skill 1 might have them; it has stored questions only. */
const ofSkill1 = bodies.map(({ key, ...body }, index): KeyedTemplate => {
  const parsed = templateBodySchema.parse(body);
  return { id: `00000000-0000-5000-8000-00000000000${index}`, skill_id: 1, level: parsed.level, key, body: parsed };
});
const [first, second] = ofSkill1;
if (!first || !second) throw new Error("the file has no templates");

/** What the check says of skill 1 where it has these templates. */
function problemsWith(templates: readonly KeyedTemplate[], changes: Partial<CheckedCatalog> = {}) {
  const skills = catalog.skills.slice(0, 1);
  return checkTemplates({ ...catalog, ...changes, templates: [...templates] }, { thoroughness: "full", skills });
}

const problemsOf = (templates: readonly KeyedTemplate[], changes?: Partial<CheckedCatalog>) =>
  problemsWith(templates, changes).map(({ problem }) => problem);

describe("checkTemplates", () => {
  it("finds nothing in skill 1 as it is", () => {
    expect(problemsWith(ofSkill1)).toEqual([]);
  });

  it("finds templates that do not lead from easy to hard", () => {
    const easy = ofSkill1.filter(({ level }) => level < 3);
    expect(problemsOf(easy)).toEqual([
      "2 templates are fewer than 4",
      "the templates have 2 levels, fewer than 3",
      "no template is at level 3",
      "no template is at level 4 or 5",
    ]);
  });

  it("names the skill, the template, the place and the variables of a fault", () => {
    const broken = { ...first, body: { ...first.body, check: "answer == 0" } };
    const [fault] = problemsWith([broken, ...ofSkill1.slice(1)]);
    expect(fault?.where).toBe("skill 1, template tens-times, answer.value");
    expect(fault?.problem).toMatch(/is the key, but not by check with \{"a":/);
  });

  it("finds a key that comes twice", () => {
    expect(problemsOf([...ofSkill1, { ...second, key: first.key }])).toContain("the key tens-times comes twice");
  });

  it("finds one question in two templates, or in a template and in stock", () => {
    expect(problemsOf([...ofSkill1, { ...first, key: "again" }])[0]).toMatch(
      /^tens-times and again both ask "Multiply/,
    );
    const body = { ...first.body, constraints: ["a == 7", "k == 8"], prompt: "What is {{a}} × {{k}}?" };
    const stored = catalog.questions.map((question) =>
      question.id === 2 ? { ...question, prompt: "What is 7 × 8?" } : question,
    );
    const asked = problemsOf([{ ...first, body }, ...ofSkill1.slice(1)], { questions: stored });
    expect(asked).toContain('question 2 and tens-times both ask "What is 7 × 8?"');
  });

  it("finds prerequisites that are no skills or go round in a circle", () => {
    const [one, ...others] = catalog.skills;
    if (!one) throw new Error("the catalog has no skills");
    const skills = [{ ...one, prerequisites: [2, 999_999] }, ...others];
    const problems = checkTemplates({ ...catalog, skills }, { thoroughness: "quick", skills: skills.slice(0, 1) });
    expect(problems.map(({ problem }) => problem)).toEqual([
      "the prerequisite 999999 is no skill",
      "it is its own prerequisite in the end",
    ]);
  });
});
