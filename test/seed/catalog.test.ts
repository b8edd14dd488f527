import { describe, expect, it } from "vitest";
import { DATA_FOLDER, loadCatalog, loadCheckedCatalog, skillFileNames } from "../../drizzle/seed/catalog.ts";
import { checkCatalog } from "../../drizzle/seed/check.ts";
import { checkTemplates } from "../../drizzle/seed/check-templates.ts";
import { demo } from "../../drizzle/seed/demo.ts";
import { buildSkillFiles } from "../../drizzle/seed/generate.ts";
import { type SkillFile, skillFileSchema } from "../../drizzle/seed/schema.ts";
import { DEMO_PASSWORD } from "../../src/pages/demo-accounts.ts";

const catalog = await loadCatalog();

describe("the seed catalog", () => {
  it("has no faults, every key computed anew", async () => {
    expect(checkCatalog(await loadCheckedCatalog())).toEqual([]);
  });

  it("has no faults in its templates, each of them run a few times", async () => {
    expect(checkTemplates(await loadCheckedCatalog(), { thoroughness: "quick" })).toEqual([]);
  });

  it("gives a template an id that comes from its skill and key alone", () => {
    expect(new Set(catalog.templates.map(({ id }) => id)).size).toBe(catalog.templates.length);
    expect(catalog.templates.every(({ body, level }) => body.level === level)).toBe(true);
  });

  it("has the five subjects and the grades Pre-K to 12, so that grade 5 is id 7", () => {
    expect(catalog.subjects.map(({ id, slug, title }) => `${id} ${slug} ${title}`)).toEqual([
      "1 math Math",
      "2 language-arts Language Arts",
      "3 science Science",
      "4 social-studies Social Studies",
      "5 spanish Spanish",
    ]);
    expect(catalog.grades.map(({ id, number }) => number + 2 === id)).toEqual(Array(14).fill(true));
    expect(catalog.grades.map(({ title }) => title).slice(0, 3)).toEqual(["Pre-K", "Kindergarten", "Grade 1"]);
    expect(catalog.grades.at(-1)).toEqual({ id: 14, number: 12, title: "Grade 12" });
  });

  it("starts with multiplying and dividing whole numbers in grade 5 Math", () => {
    expect(catalog.skills[0]).toMatchObject({
      ...{ id: 1, code: "A.1", title: "Multiply whole numbers", subject_id: 1, grade_id: 7, is_published: true },
    });
    expect(catalog.skills[1]).toMatchObject({
      ...{ id: 2, code: "A.2", title: "Divide whole numbers", subject_id: 1, grade_id: 7, is_published: true },
    });
  });

  it("has the three questions that clients know by id", () => {
    expect(catalog.questions.slice(0, 3)).toMatchObject([
      {
        ...{ id: 1, skill_id: 1, type: "MCQ", prompt: "What is 7 × 8?", level: 2, correct_answer: { choice: "B" } },
        data: {
          choices: [
            { id: "A", text: "54" },
            { id: "B", text: "56" },
            { id: "C", text: "64" },
          ],
        },
      },
      { id: 2, skill_id: 1, type: "NUMERIC", prompt: "What is 12 × 9?", level: 2, correct_answer: { value: 108 } },
      {
        ...{ id: 3, skill_id: 2, type: "MCQ", prompt: "What is 72 ÷ 9?", level: 2, correct_answer: { choice: "A" } },
        data: {
          choices: [
            { id: "A", text: "8" },
            { id: "B", text: "9" },
            { id: "C", text: "7" },
          ],
        },
      },
    ]);
  });

  it("has questions 1 and 3 come first at level 2 of their skills", () => {
    const first = (skillId: number) =>
      Math.min(...catalog.questions.filter((one) => one.skill_id === skillId && one.level === 2).map(({ id }) => id));
    expect([first(1), first(2)]).toEqual([1, 3]);
  });

  it("covers grades 1 to 8 with at least ten more skills of 20 questions and more, in all four types", () => {
    const stocked = new Set(catalog.questions.map(({ skill_id }) => skill_id));
    const more = catalog.skills.filter(({ id, subject_id }) => id > 2 && subject_id === 1 && stocked.has(id));
    expect(more.length).toBeGreaterThanOrEqual(10);
    for (const { id } of more) {
      expect(catalog.questions.filter((one) => one.skill_id === id).length).toBeGreaterThanOrEqual(20);
    }
    expect([...new Set(catalog.skills.map(({ grade_id }) => grade_id - 2))].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(new Set(catalog.questions.map(({ type }) => type)).size).toBe(4);
  });

  it("keeps what proves the keys out of the rows to insert", () => {
    expect(catalog.questions.filter((question) => "check" in question)).toEqual([]);
  });
});

describe("the data files", () => {
  it("are in their authored parts what the definitions give", async () => {
    const built = [...buildSkillFiles()];
    expect(await skillFileNames()).toEqual(expect.arrayContaining(built.map(([name]) => name)));
    const stored = await Promise.all(built.map(([name]) => readSkillFile(name)));
    expect(stored.map(({ skill, questions }) => ({ skill, questions }))).toEqual(built.map(([, part]) => part));
  });

  async function readSkillFile(name: string): Promise<SkillFile> {
    const { default: json } = await import(new URL(`skills/${name}`, DATA_FOLDER).href, { with: { type: "json" } });
    return skillFileSchema.parse(json);
  }
});

describe("the demo", () => {
  it("has an admin, a teacher and a student whose class has skill 1 to practise", () => {
    expect(demo.users.map(({ email, role }) => `${role} ${email}`)).toEqual([
      "ADMIN admin@example.com",
      "TEACHER teacher@example.com",
      "STUDENT student@example.com",
    ]);
    expect(DEMO_PASSWORD).toBe("Password123!");
    const [, teacher, student] = demo.users;
    const [classroom] = demo.classrooms;
    expect(classroom).toMatchObject({ title: "Demo Grade 5", teacher_id: teacher.id, grade_id: 7 });
    expect(demo.enrollments).toEqual([{ classroom_id: classroom.id, student_id: student.id }]);
    expect(demo.assignments).toMatchObject([{ classroom_id: classroom.id, skill_id: 1, target_smartscore: 80 }]);
  });
});
