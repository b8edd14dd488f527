import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import type { AuthoredSkill, Draft } from "./author/kit.ts";
import { authoredSkills } from "./author/skills.ts";
import { DATA_FOLDER } from "./catalog.ts";
import type { CheckedQuestion, Skill } from "./schema.ts";

/** What is authored of a skill's file; its templates are written in the file itself. */
type AuthoredPart = { skill: Skill; questions: CheckedQuestion[] };

/** The authored parts of files of `data/skills` by name; the same input gives the same. Other skills have no author file. */
export function buildSkillFiles(skills: readonly AuthoredSkill[] = authoredSkills): Map<string, AuthoredPart> {
  return new Map(
    skills.map((authored) => [
      fileName(authored.skill),
      { skill: authored.skill, questions: toQuestions(authored).sort((a, b) => a.id - b.id) },
    ]),
  );
}

function fileName(skill: Skill): string {
  const words = skill.title.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return `${String(skill.id).padStart(4, "0")}-${words.join("-")}.json`;
}

/** Question n of level l of skill s has the id s·1000 + l·100 + n, so that every level can grow. */
function toQuestions({ skill, questions }: AuthoredSkill): CheckedQuestion[] {
  const perLevel = new Map<number, number>();
  return questions.map((draft) => {
    if (draft.fixed) return toQuestion(draft, skill.id, draft.fixed.id);
    const n = (perLevel.get(draft.level) ?? 0) + 1;
    perLevel.set(draft.level, n);
    return toQuestion(draft, skill.id, skill.id * 1000 + draft.level * 100 + n);
  });
}

function toQuestion(draft: Draft, skillId: number, id: number): CheckedQuestion {
  const { level, prompt, explanation, answer } = draft;
  const { check } = answer;
  const about = { id, skill_id: skillId };
  const rest = { explanation, level, check };
  switch (answer.type) {
    case "MCQ": {
      const place = draft.fixed?.place ?? mix(id) % (answer.wrong.length + 1);
      const choices = toChoices(answer.wrong.toSpliced(place, 0, answer.right));
      return {
        ...about,
        type: "MCQ",
        prompt,
        data: { choices },
        correct_answer: { choice: letter(place) },
        ...rest,
      };
    }
    case "MULTI_SELECT": {
      const missing = answer.right.find((right) => !answer.choices.includes(right));
      if (missing !== undefined) throw new Error(`question ${id}: the key "${missing}" is not among its choices`);
      const choices = toChoices(shuffled(answer.choices, id));
      const right = choices.filter((choice) => answer.right.includes(choice.text)).map((choice) => choice.id);
      return { ...about, type: "MULTI_SELECT", prompt, data: { choices }, correct_answer: { choices: right }, ...rest };
    }
    case "NUMERIC":
      return {
        ...about,
        type: "NUMERIC",
        prompt,
        data: answer.data,
        correct_answer: { value: answer.value },
        ...rest,
      };
    case "TEXT": {
      const data = answer.placeholder === undefined ? {} : { placeholder: answer.placeholder };
      const accept = answer.accept === undefined ? {} : { accept: answer.accept };
      return { ...about, type: "TEXT", prompt, data, correct_answer: { text: answer.text, ...accept }, ...rest };
    }
  }
}

function toChoices(texts: readonly string[]): { id: string; text: string }[] {
  return texts.map((text, index) => ({ id: letter(index), text }));
}

function letter(index: number): string {
  return String.fromCharCode("A".charCodeAt(0) + index);
}

/** The same order for the same id every time. */
function shuffled(texts: readonly string[], id: number): string[] {
  return texts
    .map((text, index) => ({ text, rank: mix(id * 8 + index) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ text }) => text);
}

/** 32 bits that look random but depend on the number alone (the finalizer of MurmurHash3). */
function mix(number: number): number {
  let bits = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

if (import.meta.main) {
  const folder = new URL("skills/", DATA_FOLDER);
  await mkdir(folder, { recursive: true });
  const files = buildSkillFiles();
  for (const [name, authored] of files) {
    const file = new URL(name, folder);
    const kept = existsSync(file) ? JSON.parse(await readFile(file, "utf8")) : {};
    await writeFile(file, `${JSON.stringify({ ...kept, ...authored }, null, 2)}\n`);
  }
  console.log(`${files.size} skills written to drizzle/seed/data/skills`);
}
