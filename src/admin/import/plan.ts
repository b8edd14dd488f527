import { z } from "../../http/zod.ts";
import { templateFaults } from "../templates/check-template.ts";
import { type CatalogKeys, readKeys } from "./catalog-keys.ts";
import type { CheckedRows } from "./check-rows.ts";
import { type Change, type FieldChange, faultAt, type ImportFault, type ImportKind } from "./kinds.ts";
import { circleAmong } from "./prerequisites.ts";
import type { Progress } from "./progress.ts";
import { type ResolvedChild, resolveQuestions, resolveTemplates } from "./resolve-children.ts";
import { type ResolvedSkill, resolveSkills, type Skills } from "./resolve-skills.ts";
import { type CatalogTable, findRows, JOIN_SETS, type Run, type WantedRow } from "./statements.ts";

/** What an import will do to a row of the catalog, and which. */
export type Planned<T> = { readonly item: T; readonly id: number | string | undefined; readonly isNew: boolean };

/** What is to be written: what stays as it is is not in it. Good as long as the catalog has this version. */
export type Plan = {
  readonly version: string;
  readonly skills: readonly Planned<ResolvedSkill>[];
  readonly prerequisites: readonly { readonly skillId: number; readonly needed: readonly number[] }[];
  readonly questions: readonly Planned<ResolvedChild>[];
  readonly templates: readonly Planned<ResolvedChild>[];
  readonly changes: readonly Change[];
  readonly unchanged: Readonly<Record<ImportKind, number>>;
};

type Options = {
  readonly progress: Progress;
  /** True for the seed: its questions may go from skill to skill, and its templates have been run elsewhere. */
  readonly trusted?: boolean;
};

/** How many templates one import runs: some ten milliseconds each. */
const MAX_RUN_TEMPLATES = 1_000;

/** Finds out what rows that are good by themselves would change, and what keeps any from being written. Writes nothing. */
export async function planImport(
  run: Run,
  rows: CheckedRows,
  { progress, trusted = false }: Options,
): Promise<{ plan: Plan; faults: readonly ImportFault[] }> {
  const keys = await readKeys(run);
  const faults: ImportFault[] = [];
  const { resolved, skills } = resolveSkills(keys, rows.skills, (row, path, message) => {
    faults.push(faultAt("skills", row, { path, message }));
  });
  const prerequisites = changedPrerequisites(keys, resolved, skills, faults);
  const children = {
    questions: resolveQuestions(rows.questions, skills, faults),
    templates: resolveTemplates(rows.templates, skills, faults),
  };
  const known = resolved.filter(({ isNew }) => !isNew);
  const found = {
    skills: await findAll(run, "skills", known),
    questions: await findAll(run, "questions", children.questions),
    templates: await findAll(run, "question_templates", children.templates),
  };

  const changeOfNeeded = new Map(prerequisites.map(({ skillId, change }) => [skillId, [change]]));
  const skillPlans = resolved.map((item) => ({
    item,
    id: item.id < 0 ? undefined : item.id,
    isNew: item.isNew,
    changes: [...(found.skills.get(item.row)?.changes ?? []), ...(changeOfNeeded.get(item.id) ?? [])],
  }));
  const plansOf = (kind: "questions" | "templates", rowsFound: Found) =>
    children[kind].flatMap((item) => planChild(kind, item, rowsFound, trusted, faults));
  const questions = once("questions", plansOf("questions", found.questions), faults);
  const templates = once("templates", plansOf("templates", found.templates), faults);
  if (!trusted) await runTemplates(templates, rows.templates.length, progress, faults);

  const changing = <T>(plans: readonly WithChanges<T>[]) =>
    plans.filter(({ isNew, changes }) => isNew || changes.length > 0);
  const plan: Plan = {
    version: keys.version,
    skills: changing(skillPlans),
    prerequisites: prerequisites.map(({ skillId, needed }) => ({ skillId, needed })),
    questions: changing(questions),
    templates: changing(templates),
    changes: [
      ...changing(skillPlans).map((one) => toChange("skills", one)),
      ...changing(questions).map((one) => toChange("questions", one)),
      ...changing(templates).map((one) => toChange("templates", one)),
    ],
    unchanged: {
      skills: skillPlans.length - changing(skillPlans).length,
      questions: questions.length - changing(questions).length,
      templates: templates.length - changing(templates).length,
    },
  };
  return { plan, faults };
}

type WithChanges<T> = Planned<T> & { readonly changes: readonly FieldChange[] };

type FoundRow = z.infer<typeof foundRow>;
type Found = ReadonlyMap<number, FoundRow>;

const foundRow = z.object({
  row: z.int(),
  id: z.union([z.int(), z.string()]),
  skill_id: z.int().nullable(),
  changes: z.array(z.object({ field: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
});

/** The rows that are there, by their numbers in the import. One search at a time, as what is sent and told has a bound. */
async function findAll(run: Run, table: CatalogTable, wanted: readonly WantedRow[]): Promise<Found> {
  const found: FoundRow[] = [];
  for (const search of findRows(table, wanted.filter(isThereAlready))) {
    const [, rows] = await run([JOIN_SETS, search]);
    found.push(...z.array(foundRow).parse(rows));
  }
  return new Map(found.map((row) => [row.row, row]));
}

/** What belongs to a skill that is yet to be made can be no row that is there, unless by its id. */
const isThereAlready = ({ id, wanted }: WantedRow) => id !== undefined || !(Number(wanted.skill_id) < 0);

function planChild(
  kind: "questions" | "templates",
  item: ResolvedChild,
  found: Found,
  trusted: boolean,
  faults: ImportFault[],
): WithChanges<ResolvedChild>[] {
  const there = found.get(item.row);
  if (!there) return [{ item, id: item.id, isNew: true, changes: [] }];
  if (there.skill_id !== item.skillId && !trusted) {
    const message = "is another skill's: leave the id out, and it is found by what students see of it";
    faults.push(faultAt(kind, item.row, { path: "id", message }));
    return [];
  }
  return [{ item, id: there.id, isNew: false, changes: there.changes.flatMap(withoutBody) }];
}

/** A template is one column; its parts are what people know. */
const withoutBody = (change: FieldChange): FieldChange[] =>
  change.field === "body" ? [{ ...change, field: "template" }] : [change];

/** Two rows can turn out to be one question, one by its id and one by what students see. */
function once(
  kind: "questions" | "templates",
  plans: readonly WithChanges<ResolvedChild>[],
  faults: ImportFault[],
): WithChanges<ResolvedChild>[] {
  const earlier = new Map<number | string, number>();
  return plans.filter(({ id, item: { row } }) => {
    if (id === undefined) return true;
    const before = earlier.get(id);
    if (before !== undefined) faults.push(faultAt(kind, row, { path: "id", message: `is the same as row ${before}` }));
    else earlier.set(id, row);
    return before === undefined;
  });
}

/** Runs the templates that are new or changed: what is kept has been run before. */
async function runTemplates(
  plans: readonly WithChanges<ResolvedChild>[],
  count: number,
  progress: Progress,
  faults: ImportFault[],
): Promise<void> {
  let left = MAX_RUN_TEMPLATES;
  for (const { item, isNew, changes } of plans) {
    if (isNew || changes.length > 0) {
      left -= 1;
      const message = `is one of more than ${MAX_RUN_TEMPLATES} that would have to be run: send them in parts`;
      const found = left < 0 ? [{ path: "", message }] : templateFaults(item.wanted.body);
      for (const fault of found)
        faults.push(faultAt("templates", item.row, { ...fault, path: `template.${fault.path}` }));
      if (left < 0) return;
    }
    await progress.step();
  }
  for (let refused = plans.length; refused < count; refused += 1) await progress.step();
}

type PrerequisiteChange = { skillId: number; needed: number[]; change: FieldChange };

/** Whose prerequisites would change; a circle is a fault of the first row that is part of it. */
function changedPrerequisites(
  keys: CatalogKeys,
  resolved: readonly ResolvedSkill[],
  skills: Skills,
  faults: ImportFault[],
): PrerequisiteChange[] {
  const fault = (row: number, path: string, message: string) => {
    faults.push(faultAt("skills", row, { path, message }));
  };
  const needed = new Map(keys.prerequisites);
  const changes: PrerequisiteChange[] = [];
  for (const { row, id, prerequisites } of resolved) {
    if (!prerequisites) continue;
    const ids = new Set<number>();
    for (const [place, name] of prerequisites.entries()) {
      const one = typeof name === "string" ? skills.find(name) : name;
      if (one === undefined || !skills.has(one)) fault(row, `prerequisites.${place}`, "there is no such skill");
      else ids.add(one);
    }
    const before = needed.get(id) ?? new Set();
    if (before.size === ids.size && [...ids].every((one) => before.has(one))) continue;
    needed.set(id, ids);
    const change = { field: "prerequisites", from: [...before].join("; "), to: [...ids].join("; ") };
    changes.push({ skillId: id, needed: [...ids], change });
  }
  const changed = resolved.filter(({ prerequisites }) => prerequisites);
  const circle = circleAmong(
    changed.map(({ id }) => id),
    needed,
  );
  const onCircle = new Set(circle);
  const first = changed.find(({ id }) => onCircle.has(id));
  if (circle && first) {
    const at = circle.indexOf(first.id);
    const codes = [...circle.slice(at), ...circle.slice(0, at + 1)].map((one) => skills.codeOf(one));
    fault(first.row, "prerequisites", `would go round in a circle: ${codes.join(" → ")}`);
  }
  return changes;
}

function toChange(kind: ImportKind, { item, id, isNew, changes }: WithChanges<{ readonly row: number }>): Change {
  return { kind, row: item.row, action: isNew ? "create" : "update", id: id ?? null, fields: isNew ? [] : changes };
}
