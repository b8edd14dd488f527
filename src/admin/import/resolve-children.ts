import type { Checked, CheckedRows } from "./check-rows.ts";
import { faultAt, type ImportFault, type Json } from "./kinds.ts";
import { given, type Skills } from "./resolve-skills.ts";
import type { ImportedQuestion, ImportedTemplate } from "./schemas.ts";

/** A question or template of the import: of which skill, and what of it is given. */
export type ResolvedChild = {
  readonly row: number;
  readonly id: number | string | undefined;
  readonly skillId: number;
  readonly wanted: Json;
};

type ChildKind = "questions" | "templates";

/** Finds the skill of every question; two rows that are one question are faults. */
export function resolveQuestions(
  rows: CheckedRows["questions"],
  skills: Skills,
  faults: ImportFault[],
): readonly ResolvedChild[] {
  const toWanted = ({ type, prompt, data, correct_answer, explanation, level }: ImportedQuestion): Json =>
    given({ type, prompt, data, correct_answer, explanation, level });
  const seen = ({ type, prompt, data }: ImportedQuestion) => [type, prompt, data];
  return resolve("questions", rows, skills, faults, toWanted, seen);
}

/** The same for templates. */
export function resolveTemplates(
  rows: CheckedRows["templates"],
  skills: Skills,
  faults: ImportFault[],
): readonly ResolvedChild[] {
  const seen = ({ template: { type, level, prompt, variables } }: ImportedTemplate) => [type, level, prompt, variables];
  return resolve("templates", rows, skills, faults, ({ template }) => ({ body: template }), seen);
}

type Child = { id?: number | string | undefined; skill_id?: number | undefined; skill?: string | undefined };

function resolve<T extends Child>(
  kind: ChildKind,
  rows: readonly Checked<T>[],
  skills: Skills,
  faults: ImportFault[],
  toWanted: (value: T) => Json,
  seen: (value: T) => readonly unknown[],
): ResolvedChild[] {
  const earlier = new Map<string, number>();
  return rows.flatMap(({ row, value }) => {
    const fault = (path: string, message: string) => {
      faults.push(faultAt(kind, row, { path, message }));
      return [];
    };
    const skillId = value.skill === undefined ? value.skill_id : skills.find(value.skill);
    const field = value.skill === undefined && value.skill_id !== undefined ? "skill_id" : "skill";
    if (value.skill === undefined && value.skill_id === undefined) return fault("skill", "is needed");
    if (skillId === undefined || !skills.has(skillId)) return fault(field, "there is no such skill");
    if (value.skill !== undefined && value.skill_id !== undefined && value.skill_id !== skillId) {
      return fault("skill_id", "is another skill than skill says");
    }
    const identity = value.id === undefined ? canonical([skillId, ...seen(value)]) : `id ${value.id}`;
    const before = earlier.get(identity);
    if (before !== undefined) return fault("id", `is the same as row ${before}: give each an id of its own`);
    earlier.set(identity, row);
    return [{ row, id: value.id, skillId, wanted: { skill_id: skillId, ...toWanted(value) } }];
  });
}

/** The same text for the same JSON, in whatever order it is written. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
