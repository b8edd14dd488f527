import { readdir, readFile } from "node:fs/promises";
import { z } from "zod";
import {
  type Catalog,
  type CheckedCatalog,
  type CheckedQuestion,
  gradeSchema,
  type Question,
  skillFileSchema,
  subjectSchema,
  topicSchema,
} from "./schema.ts";

export type { Catalog, Grade, Question, Skill, Subject, Topic } from "./schema.ts";

export const DATA_FOLDER = new URL("./data/", import.meta.url);

/** The seed catalog as rows ready to insert; throws, naming the file, where a file breaks its schema. */
export async function loadCatalog(): Promise<Catalog> {
  const catalog = await loadCheckedCatalog();
  return { ...catalog, questions: catalog.questions.map(toRow) };
}

/** The seed catalog with the check expression of every question, for `check.ts`. */
export async function loadCheckedCatalog(): Promise<CheckedCatalog> {
  const names = (await readdir(new URL("skills/", DATA_FOLDER))).filter((name) => name.endsWith(".json")).sort();
  const [subjects, grades, topics, files] = await Promise.all([
    readAs("subjects.json", z.array(subjectSchema)),
    readAs("grades.json", z.array(gradeSchema)),
    readAs("topics.json", z.array(topicSchema)),
    Promise.all(names.map((name) => readAs(`skills/${name}`, skillFileSchema))),
  ]);
  return {
    subjects,
    grades,
    topics,
    skills: files.map((file) => file.skill).sort((a, b) => a.id - b.id),
    questions: files.flatMap((file) => file.questions).sort((a, b) => a.id - b.id),
  };
}

async function readAs<T extends z.ZodType>(path: string, schema: T): Promise<z.infer<T>> {
  const parsed = schema.safeParse(JSON.parse(await readFile(new URL(path, DATA_FOLDER), "utf8")));
  if (!parsed.success) throw new Error(`drizzle/seed/data/${path}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function toRow({ check: _check, ...row }: CheckedQuestion): Question {
  return row;
}
