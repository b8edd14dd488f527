import { readdir, readFile } from "node:fs/promises";
import { v5 as uuidV5 } from "uuid";
import { z } from "zod";
import { permacodeOf } from "./permacode.ts";
import {
  type Catalog,
  type CheckedCatalog,
  type CheckedQuestion,
  gradeSchema,
  type KeyedTemplate,
  type Question,
  type SkillFile,
  skillFileSchema,
  subjectSchema,
  type Template,
  topicSchema,
} from "./schema.ts";

export type { Catalog, Question } from "./schema.ts";

export const DATA_FOLDER = new URL("./data/", import.meta.url);

/** The ids of templates come from this and from `<skill id>/<key>`, so that they are the same everywhere and for good. */
const TEMPLATE_IDS = "6f1f0a52-3b7e-4d0c-9a0e-5d2f8b1c7e94";

/** The seed catalog as rows ready to insert; throws, naming the file, where a file breaks its schema. */
export async function loadCatalog(): Promise<Catalog> {
  const catalog = await loadCheckedCatalog();
  return { ...catalog, questions: catalog.questions.map(toRow), templates: catalog.templates.map(toTemplateRow) };
}

/**
 * The seed catalog with the check expression of every question and the key of every template, for `check.ts`. A skill's file
 * that breaks its schema is left out where `onBroken` takes the error, and ends the load where nobody does.
 */
export async function loadCheckedCatalog(onBroken?: (file: string, error: Error) => void): Promise<CheckedCatalog> {
  const names = await skillFileNames();
  const [subjects, grades, topics, files] = await Promise.all([
    readAs("subjects.json", z.array(subjectSchema)),
    readAs("grades.json", z.array(gradeSchema)),
    readAs("topics.json", z.array(topicSchema)),
    Promise.all(names.map((name) => readSkillFile(name, onBroken))),
  ]);
  const whole = files.flatMap((file) => file ?? []).sort((a, b) => a.skill.id - b.skill.id);
  return {
    subjects,
    grades,
    topics,
    skills: whole.map(({ skill }) => ({ ...skill, permacode: permacodeOf(skill.id) })),
    questions: whole.flatMap((file) => file.questions).sort((a, b) => a.id - b.id),
    templates: whole.flatMap(toTemplates),
  };
}

/** The names of the files in `data/skills`, in order. */
export async function skillFileNames(): Promise<string[]> {
  const names = await readdir(new URL("skills/", DATA_FOLDER));
  return names.filter((name) => name.endsWith(".json")).sort();
}

async function readSkillFile(
  name: string,
  onBroken: ((file: string, error: Error) => void) | undefined,
): Promise<SkillFile | undefined> {
  try {
    return await readAs(`skills/${name}`, skillFileSchema);
  } catch (error) {
    if (!onBroken || !(error instanceof Error)) throw error;
    onBroken(name, error);
    return undefined;
  }
}

async function readAs<T extends z.ZodType>(path: string, schema: T): Promise<z.infer<T>> {
  const parsed = schema.safeParse(JSON.parse(await readFile(new URL(path, DATA_FOLDER), "utf8")));
  if (!parsed.success) throw new Error(`drizzle/seed/data/${path}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function toTemplates({ skill, templates }: SkillFile): KeyedTemplate[] {
  return templates.map(({ key, body }) => ({
    id: uuidV5(`${skill.id}/${key}`, TEMPLATE_IDS),
    skill_id: skill.id,
    level: body.level,
    body,
    key,
  }));
}

function toRow({ check: _check, ...row }: CheckedQuestion): Question {
  return row;
}

function toTemplateRow({ key: _key, ...row }: KeyedTemplate): Template {
  return row;
}
