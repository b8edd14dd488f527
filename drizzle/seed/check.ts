import { basename } from "node:path";
import { loadCheckedCatalog, skillFileNames } from "./catalog.ts";
import { checkTemplates } from "./check-templates.ts";
import type { Fault } from "./fault.ts";
import { keyFaults } from "./key.ts";
import type { CheckedCatalog, CheckedQuestion, NamedSkill, Skill } from "./schema.ts";
import { wordingFaults } from "./wording.ts";

const LEVELS = [1, 2, 3, 4, 5];
const MIN_QUESTIONS = 15;
const MIN_PER_LEVEL = 3;
const MIN_TYPES = 3;
/** With so many templates a skill needs no stored questions. */
const ENOUGH_TEMPLATES = 4;
/** How often one prompt may come in a skill with only its numbers changed. */
const MAX_SAME_SHAPE = 6;
/** The share of the questions of a kind that one key may have, where there are enough of them to tell. */
const MAX_SHARE = 0.33;
const MIN_TO_COMPARE = 30;

/** Everything that is wrong with a catalog, but for its templates (`check-templates.ts`), every key computed anew from its check; an empty list means nothing is. */
export function checkCatalog(catalog: CheckedCatalog): Fault[] {
  return [
    ...uniqueIdFaults(catalog),
    ...catalog.skills.flatMap((skill) => skillFaults(skill, catalog)),
    ...catalog.questions.flatMap((question) => questionFaults(question, catalog)),
    ...repeated(catalog.questions, (question) => question.explanation.trim()).map((question) => ({
      where: nameOf(question),
      problem: "the explanation is that of another question",
    })),
    ...keyPlaceFaults(catalog.questions),
  ];
}

function uniqueIdFaults(catalog: CheckedCatalog): Fault[] {
  const tables: [string, readonly { id: number }[]][] = [
    ["subjects", catalog.subjects],
    ["grades", catalog.grades],
    ["topics", catalog.topics],
    ["skills", catalog.skills],
    ["questions", catalog.questions],
  ];
  return tables.flatMap(([table, rows]) =>
    repeated(rows, (row) => String(row.id)).map((row) => ({ where: table, problem: `the id ${row.id} comes twice` })),
  );
}

function skillFaults(skill: NamedSkill, catalog: CheckedCatalog): Fault[] {
  const questions = catalog.questions.filter((question) => question.skill_id === skill.id);
  const problems: string[] = [];
  if (!catalog.subjects.some(({ id }) => id === skill.subject_id)) problems.push("no such subject");
  if (!catalog.grades.some(({ id }) => id === skill.grade_id)) problems.push("no such grade");
  if (!catalog.topics.some(({ id }) => id === skill.topic_id)) problems.push("no such topic");
  const shelf = ({ subject_id, grade_id, code }: Skill) => `${subject_id}/${grade_id}/${code}`;
  if (catalog.skills.some((other) => other.id < skill.id && shelf(other) === shelf(skill))) {
    problems.push(`the code ${skill.code} is taken in its subject and grade`);
  }
  if (catalog.skills.some((other) => other.id < skill.id && other.permacode === skill.permacode)) {
    problems.push(`the permacode ${skill.permacode} is taken`);
  }
  const templates = catalog.templates.filter(({ skill_id }) => skill_id === skill.id).length;
  if (questions.length > 0 || templates < ENOUGH_TEMPLATES) problems.push(...stockProblems(questions));
  return problems.map((problem) => ({ where: `skill ${skill.id}`, problem }));
}

/** What a skill lacks whose questions are stored ones. */
function stockProblems(questions: readonly CheckedQuestion[]): string[] {
  const problems: string[] = [];
  if (questions.length < MIN_QUESTIONS) problems.push(`${questions.length} questions are fewer than ${MIN_QUESTIONS}`);
  for (const level of LEVELS) {
    const count = questions.filter((question) => question.level === level).length;
    if (count < MIN_PER_LEVEL) problems.push(`level ${level} has ${count} questions, fewer than ${MIN_PER_LEVEL}`);
  }
  const types = new Set(questions.map((question) => question.type));
  if (types.size < MIN_TYPES) problems.push(`${types.size} types of question are fewer than ${MIN_TYPES}`);
  for (const question of repeated(questions, (one) => one.prompt.trim().toLowerCase() + choiceTexts(one).join("|"))) {
    problems.push(`question ${question.id} repeats the prompt of another`);
  }
  const shapes = Map.groupBy(questions, (question) => question.prompt.replace(/[\d.,/−]+/g, "#"));
  for (const [shape, alike] of shapes) {
    if (alike.length > MAX_SAME_SHAPE) problems.push(`${alike.length} prompts differ in their numbers only: ${shape}`);
  }
  return problems;
}

function questionFaults(question: CheckedQuestion, catalog: CheckedCatalog): Fault[] {
  const problems: string[] = [];
  if (!catalog.skills.some(({ id }) => id === question.skill_id)) problems.push("no such skill");
  if (!LEVELS.includes(question.level)) problems.push(`${question.level} is no level`);
  if (question.prompt.trim() === "") problems.push("the prompt is missing");
  problems.push(...choiceFaults(question), ...keyFaults(question), ...wordingFaults(question));
  return problems.map((problem) => ({ where: nameOf(question), problem }));
}

function choiceFaults(question: CheckedQuestion): string[] {
  if (question.type !== "MCQ" && question.type !== "MULTI_SELECT") return [];
  const { choices } = question.data;
  const key = question.type === "MCQ" ? [question.correct_answer.choice] : question.correct_answer.choices;
  return [
    ...repeated(choices, (choice) => choice.id).map(({ id }) => `the choice ${id} comes twice`),
    ...repeated(choices, (choice) => choice.text.trim().toLowerCase()).map(({ text }) => `"${text}" is offered twice`),
    ...key.filter((id) => !choices.some((choice) => choice.id === id)).map((id) => `the key ${id} is no choice`),
  ];
}

/** A child who always picks the same places should gain nothing by it. */
function keyPlaceFaults(questions: readonly CheckedQuestion[]): Fault[] {
  const keys = questions.flatMap((question) =>
    question.type === "MCQ"
      ? [{ key: question.correct_answer.choice, among: `MCQ of ${question.data.choices.length}` }]
      : question.type === "MULTI_SELECT"
        ? [{ key: question.correct_answer.choices.join(""), among: "MULTI_SELECT" }]
        : [],
  );
  return [...Map.groupBy(keys, ({ among }) => among)].flatMap(([among, group]) => {
    if (group.length < MIN_TO_COMPARE) return [];
    return [...Map.groupBy(group, ({ key }) => key)]
      .filter(([, same]) => same.length > group.length * MAX_SHARE)
      .map(([key, same]) => ({
        where: "catalog",
        problem: `${key} is right in ${same.length} of ${group.length} ${among}`,
      }));
  });
}

function choiceTexts(question: CheckedQuestion): string[] {
  return "choices" in question.data ? question.data.choices.map(({ text }) => text) : [];
}

/** The items whose key an earlier one has. */
function repeated<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = keyOf(item);
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}

function nameOf(question: CheckedQuestion): string {
  return `question ${question.id} ("${question.prompt}")`;
}

if (import.meta.main) {
  const files = process.argv.slice(2).map((path) => basename(path));
  const names = await skillFileNames();
  const faults: Fault[] = files
    .filter((file) => !names.includes(file))
    .map((where) => ({ where, problem: "is not in drizzle/seed/data/skills" }));
  const catalog = await loadCheckedCatalog((where, { message }) => {
    if (files.length === 0 || files.includes(where)) faults.push({ where, problem: message });
  });
  // A file's name begins with the id of its skill.
  const skills = catalog.skills.filter(
    ({ id }) => files.length === 0 || files.some((file) => Number.parseInt(file, 10) === id),
  );
  faults.push(...checkCatalog(catalog), ...checkTemplates(catalog, { thoroughness: "full", skills }));
  for (const { where, problem } of faults) console.error(`${where}: ${problem}`);
  console.log(
    `${catalog.skills.length} skills, ${catalog.questions.length} questions, ${catalog.templates.length} templates ` +
      `(${skills.length} skills' validated), ${faults.length} faults`,
  );
  if (faults.length > 0) process.exitCode = 1;
}
