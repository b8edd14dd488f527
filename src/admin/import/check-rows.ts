import { unstorable } from "../../http/storable.ts";
import type { z } from "../../http/zod.ts";
import { parseTemplate } from "../../templates/parse-template.ts";
import { faultAt, type ImportFault, type ImportKind, type SentRow, type SentRows } from "./kinds.ts";
import type { Progress } from "./progress.ts";
import {
  type ImportedQuestion,
  type ImportedSkill,
  type ImportedTemplate,
  importedQuestion,
  importedSkill,
  importedTemplate,
} from "./schemas.ts";

export type Checked<T> = { readonly row: number; readonly value: T };

/** Rows that are good each by itself. */
export type CheckedRows = {
  readonly skills: readonly Checked<ImportedSkill>[];
  readonly questions: readonly Checked<ImportedQuestion>[];
  readonly templates: readonly Checked<ImportedTemplate>[];
};

type Options = {
  readonly progress: Progress;
  /** True for templates that have been read and run elsewhere: the seed's. */
  readonly trusted?: boolean;
};

/** Reads every row by itself, and names what is wrong with any. Templates are read here, and run once it is known which are new. */
export async function checkRows(
  sent: SentRows,
  { progress, trusted = false }: Options,
): Promise<{ rows: CheckedRows; faults: ImportFault[] }> {
  const faults: ImportFault[] = [];
  const skills = await check("skills", sent.skills, importedSkill, faults, progress);
  const questions = await check("questions", sent.questions, importedQuestion, faults, progress);
  // A template is done once it has been run.
  const read = await check("templates", sent.templates, importedTemplate, faults, undefined);
  const templates = trusted ? read : read.filter((one) => fitsTogether(one, faults));
  return { rows: { skills, questions, templates }, faults };
}

async function check<T>(
  kind: ImportKind,
  rows: readonly SentRow[],
  schema: z.ZodType<T>,
  faults: ImportFault[],
  progress: Progress | undefined,
): Promise<Checked<T>[]> {
  const checked: Checked<T>[] = [];
  for (const { row, values, faults: unread = [] } of rows) {
    const fault = (path: string, message: string) => faults.push(faultAt(kind, row, { path, message }));
    const known = new Set(unread.map(({ path }) => path));
    for (const { path, message } of unread) fault(path, message);
    const parsed = schema.safeParse(values);
    const unkept = unstorable(values);
    for (const { path, message } of unkept) fault(path, message);
    if (parsed.success && unread.length === 0 && unkept.length === 0) checked.push({ row, value: parsed.data });
    for (const { path, message } of parsed.error?.issues ?? []) {
      if (!known.has(String(path[0]))) fault(path.map(String).join("."), message);
    }
    await progress?.step();
  }
  return checked;
}

function fitsTogether({ row, value }: Checked<ImportedTemplate>, faults: ImportFault[]): boolean {
  const parsed = parseTemplate(value.template);
  if (parsed.ok) return true;
  for (const fault of parsed.faults) {
    faults.push(faultAt("templates", row, { ...fault, path: `template.${fault.path}` }));
  }
  return false;
}
