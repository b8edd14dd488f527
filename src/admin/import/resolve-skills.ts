import type { CatalogKeys, Names, SkillKeys } from "./catalog-keys.ts";
import type { Checked } from "./check-rows.ts";
import type { Json } from "./kinds.ts";
import type { ImportedSkill } from "./schemas.ts";

/** A skill of the import, and which it is: one that is there, or one to come. */
export type ResolvedSkill = {
  readonly row: number;
  /** Below zero where it is to be made and gets its id then. */
  readonly id: number;
  readonly isNew: boolean;
  readonly permacode: string | undefined;
  /** Subject, grade and code, which no two skills share: where it is, if it is there, and where it will be. */
  readonly place: { readonly from: string | undefined; readonly to: string };
  /** What is given of its columns. */
  readonly wanted: Json;
  readonly prerequisites: readonly (string | number)[] | undefined;
};

/** The catalog's skills as they will be once those of the import are in it. */
export type Skills = {
  /** The id by permacode, or by subject slug, grade number and code. */
  find(name: string): number | undefined;
  has(id: number): boolean;
  /** The code of one that there is. */
  codeOf(id: number): string;
};

type Note = (row: number, path: string, message: string) => void;

/**
 * Finds out for every row which skill it is; says what keeps any from being written. What counts is how the catalog will be:
 * a code that one skill gives up may be another's, in whatever order their rows come.
 */
export function resolveSkills(
  keys: CatalogKeys,
  rows: readonly Checked<ImportedSkill>[],
  note: Note,
): { resolved: readonly ResolvedSkill[]; skills: Skills } {
  const known = new KnownSkills(keys);
  const referring = rows.flatMap((each) => withReferences(keys, each, note) ?? []);
  const named = referring.filter(({ value }) => known.named(value));
  const unnamed = referring.filter(({ value }) => !known.named(value));
  for (const row of named) known.vacate(row);
  const resolved = [...named, ...unnamed].flatMap((row) => resolve(keys, known, row, note) ?? []);
  return { resolved: resolved.toSorted((a, b) => a.row - b.row), skills: known };
}

type Reference = number | null | undefined;

/** A row whose subject, grade and topic are there, if it names any. */
type Referring = Checked<ImportedSkill> & {
  readonly subjectId: Reference;
  readonly gradeId: Reference;
  readonly topicId: Reference;
};

function withReferences(keys: CatalogKeys, { row, value }: Checked<ImportedSkill>, note: Note): Referring | undefined {
  let good = true;
  const fault = (path: string, message: string) => {
    good = false;
    note(row, path, message);
  };
  const reference = <Name>(
    names: Names<Name>,
    what: string,
    [idField, id]: [string, number | null | undefined],
    [nameField, name]: [string, Name | null | undefined],
  ): Reference => {
    if (name !== undefined && name !== null) {
      const found = names.byName.get(name);
      if (found === undefined) fault(nameField, `there is no such ${what}`);
      else if (typeof id === "number" && id !== found) fault(idField, `is another ${what} than ${nameField} says`);
      return found;
    }
    if (typeof id === "number" && !names.ids.has(id)) fault(idField, `there is no such ${what}`);
    return id === undefined && name === null ? null : id;
  };

  const subjectId = reference(
    keys.subjects,
    "subject",
    ["subject_id", value.subject_id],
    ["subject_slug", value.subject_slug],
  );
  const gradeId = reference(keys.grades, "grade", ["grade_id", value.grade_id], ["grade_number", value.grade_number]);
  const topicId = reference(keys.topics, "topic", ["topic_id", value.topic_id], ["topic_slug", value.topic_slug]);
  return good ? { row, value, subjectId, gradeId, topicId } : undefined;
}

function resolve(
  keys: CatalogKeys,
  known: KnownSkills,
  { row, value, subjectId, gradeId, topicId }: Referring,
  note: Note,
): ResolvedSkill | undefined {
  let good = true;
  const fault = (path: string, message: string) => {
    good = false;
    note(row, path, message);
  };
  const { id, permacode, code } = value;
  const there =
    known.named(value) ??
    (typeof subjectId === "number" && typeof gradeId === "number" && code !== undefined
      ? known.byPlace.get(placeOf(subjectId, gradeId, code))
      : undefined);

  const place = {
    subject_id: subjectId ?? there?.subject_id,
    grade_id: gradeId ?? there?.grade_id,
    code: code ?? there?.code,
  };
  if (place.subject_id === undefined) fault("subject_slug", "is needed for a new skill");
  if (place.grade_id === undefined) fault("grade_number", "is needed for a new skill");
  if (place.code === undefined) fault("code", "is needed for a new skill");
  if (!there && value.title === undefined) fault("title", "is needed for a new skill");
  if (place.subject_id === undefined || place.grade_id === undefined || place.code === undefined || !good)
    return undefined;

  if (there && permacode !== undefined && there.permacode !== permacode) {
    fault("permacode", `the skill's is ${there.permacode || "made when it is"}, and a permacode never changes`);
  }
  if (there && id !== undefined && there.id !== id) fault("id", `the skill's is ${there.id}`);
  if (!there && permacode !== undefined && keys.spent.has(permacode)) {
    fault("permacode", "is of a skill that is gone, and no permacode is given twice");
  }
  const earlier = there && known.rowOf.get(there.id);
  if (earlier !== undefined) fault("code", `is the same skill as row ${earlier}`);
  const other = known.byPlace.get(placeOf(place.subject_id, place.grade_id, place.code));
  if (other && other !== there)
    fault("code", `is the code of the skill ${other.permacode || `of row ${known.rowOf.get(other.id)}`}`);
  if (!good) return undefined;

  const skill: SkillKeys = {
    id: there?.id ?? id ?? known.newId(),
    permacode: there?.permacode ?? permacode ?? "",
    subject_id: place.subject_id,
    grade_id: place.grade_id,
    code: place.code,
  };
  known.take(row, skill);
  return {
    row,
    id: skill.id,
    isNew: there === undefined,
    permacode,
    place: { from: there && placeIn(there), to: placeIn(skill) },
    wanted: given({
      subject_id: subjectId,
      grade_id: gradeId,
      topic_id: topicId,
      code,
      title: value.title,
      description: value.description,
      tags: value.tags,
      difficulty: value.difficulty,
      example_url: value.example_url,
      video_url: value.video_url,
      is_published: value.is_published,
      standards: value.standards,
    }),
    prerequisites: value.prerequisites,
  };
}

class KnownSkills implements Skills {
  readonly byId = new Map<number, SkillKeys>();
  readonly byPermacode = new Map<string, SkillKeys>();
  /** By subject, grade and code. */
  readonly byPlace = new Map<string, SkillKeys>();
  /** In which row a skill of the import comes, by its id. */
  readonly rowOf = new Map<number, number>();
  readonly #keys: CatalogKeys;
  #made = 0;

  constructor(keys: CatalogKeys) {
    this.#keys = keys;
    for (const skill of keys.skills) this.#keep(skill);
  }

  newId(): number {
    this.#made += 1;
    return -this.#made;
  }

  /** The skill that a row names by what it keeps wherever it goes. */
  named({ id, permacode }: ImportedSkill): SkillKeys | undefined {
    return (
      (id === undefined ? undefined : this.byId.get(id)) ??
      (permacode === undefined ? undefined : this.byPermacode.get(permacode))
    );
  }

  /** Frees the place that a row takes the skill away from which it names. */
  vacate({ value, subjectId, gradeId }: Referring): void {
    const there = this.named(value);
    if (!there) return;
    const to = placeOf(subjectId ?? there.subject_id, gradeId ?? there.grade_id, value.code ?? there.code);
    if (to !== placeIn(there)) this.byPlace.delete(placeIn(there));
  }

  take(row: number, skill: SkillKeys): void {
    this.#keep(skill);
    this.rowOf.set(skill.id, row);
  }

  find(name: string): number | undefined {
    const [, slug, number, code] = /^([^/]+)\/(-?\d+)\/(.+)$/.exec(name) ?? [];
    if (slug === undefined || code === undefined) return this.byPermacode.get(name)?.id;
    const subjectId = this.#keys.subjects.byName.get(slug);
    const gradeId = this.#keys.grades.byName.get(Number(number));
    if (subjectId === undefined || gradeId === undefined) return undefined;
    return this.byPlace.get(placeOf(subjectId, gradeId, code))?.id;
  }

  has(id: number): boolean {
    return this.byId.has(id);
  }

  codeOf(id: number): string {
    return this.byId.get(id)?.code ?? "";
  }

  #keep(skill: SkillKeys): void {
    this.byId.set(skill.id, skill);
    if (skill.permacode) this.byPermacode.set(skill.permacode, skill);
    this.byPlace.set(placeIn(skill), skill);
  }
}

const placeOf = (subjectId: number, gradeId: number, code: string) => `${subjectId}/${gradeId}/${code}`;

const placeIn = ({ subject_id, grade_id, code }: SkillKeys) => placeOf(subject_id, grade_id, code);

/** Without what is undefined. */
export const given = (columns: Json): Json =>
  Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
