import { checkInstance } from "../../src/templates/check-instance.ts";
import type { TemplateFault } from "../../src/templates/faults.ts";
import { makeInstance } from "../../src/templates/make-instance.ts";
import { parseTemplate } from "../../src/templates/parse-template.ts";
import type { Template as ParsedTemplate } from "../../src/templates/template.ts";
import { validateTemplate } from "../../src/templates/validate-template.ts";
import type { Fault } from "./fault.ts";
import type { CheckedCatalog, CheckedQuestion, KeyedTemplate, Skill } from "./schema.ts";

const MIN_TEMPLATES = 4;
const MIN_LEVELS = 3;
const QUICK_RUNS = 5;
/** So many questions of each template are compared with those of the skill's other ones. */
const COMPARED = 200;

/** `full` validates as the server does when a template is saved, in 200 runs; `quick` reads each and runs it a few times. */
export type Thoroughness = "full" | "quick";

/** What is wrong with the templates of these skills, and with what the skills say of each other. */
export function checkTemplates(
  catalog: CheckedCatalog,
  { thoroughness, skills = catalog.skills }: { thoroughness: Thoroughness; skills?: readonly Skill[] },
): Fault[] {
  const bySkill = Map.groupBy(catalog.templates, (template) => template.skill_id);
  return skills.flatMap((skill) => {
    const templates = bySkill.get(skill.id) ?? [];
    const problems = [...spreadProblems(templates), ...prerequisiteProblems(skill, catalog.skills)];
    if (thoroughness === "full") {
      const stored = catalog.questions.filter((question) => question.skill_id === skill.id);
      problems.push(...sharedQuestionProblems(templates, stored));
    }
    return [
      ...problems.map((problem) => ({ where: `skill ${skill.id}`, problem })),
      ...templates.flatMap((template) => templateFaults(template, thoroughness)),
    ];
  });
}

/** A student is to go from 0 to 100 on them: there is something easy, something in the middle and something hard. */
function spreadProblems(templates: readonly KeyedTemplate[]): string[] {
  if (templates.length === 0) return [];
  const problems: string[] = [];
  const levels = new Set(templates.map(({ level }) => level));
  if (templates.length < MIN_TEMPLATES) problems.push(`${templates.length} templates are fewer than ${MIN_TEMPLATES}`);
  if (levels.size < MIN_LEVELS) problems.push(`the templates have ${levels.size} levels, fewer than ${MIN_LEVELS}`);
  if (!levels.has(1) && !levels.has(2)) problems.push("no template is at level 1 or 2");
  if (!levels.has(3)) problems.push("no template is at level 3");
  if (!levels.has(4) && !levels.has(5)) problems.push("no template is at level 4 or 5");
  if (!templates.some(({ body }) => body.check)) problems.push("no template has a check");
  const keys = templates.map(({ key }) => key);
  for (const key of new Set(keys.filter((one, index) => keys.indexOf(one) < index))) {
    problems.push(`the key ${key} comes twice`);
  }
  return problems;
}

/** A student is never to see a question twice, whether it is stored or comes from whichever template. */
function sharedQuestionProblems(templates: readonly KeyedTemplate[], stored: readonly CheckedQuestion[]): string[] {
  const keys = new Map<string, string>(stored.map((question) => [reading(question), `question ${question.id}`]));
  const problems = new Map<string, string>();
  for (const { key, body } of templates) {
    const parsed = parseTemplate(body);
    if (!parsed.ok) continue;
    for (let number = 0; number < COMPARED; number += 1) {
      const made = makeInstance(parsed.template, { seed: 7, number });
      if (!made.ok) continue;
      const question = reading(made.instance);
      const other = keys.get(question);
      if (other !== undefined && other !== key) problems.set(other + key, `${other} and ${key} both ask "${question}"`);
      keys.set(question, key);
    }
  }
  return [...problems.values()];
}

/** What a student reads, in whatever order the choices are. */
function reading({ prompt, data }: { prompt: string; data: Readonly<Record<string, unknown>> }): string {
  const choices = Array.isArray(data.choices) ? data.choices.map(({ text }: { text: string }) => text).toSorted() : [];
  return [prompt, ...choices].join(" | ");
}

function prerequisiteProblems(skill: Skill, skills: readonly Skill[]): string[] {
  const byId = new Map(skills.map((one) => [one.id, one]));
  const missing = skill.prerequisites.filter((id) => !byId.has(id));
  const reached = new Set<number>();
  const waiting = [...skill.prerequisites];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    waiting.push(...(byId.get(id)?.prerequisites ?? []));
  }
  return [
    ...missing.map((id) => `the prerequisite ${id} is no skill`),
    ...(reached.has(skill.id) ? ["it is its own prerequisite in the end"] : []),
  ];
}

function templateFaults({ skill_id, key, body }: KeyedTemplate, thoroughness: Thoroughness): Fault[] {
  const parsed = parseTemplate(body);
  const faults = parsed.ok ? runFaults(parsed.template, thoroughness) : parsed.faults;
  return faults.map((fault) => ({
    where: `skill ${skill_id}, template ${key}, ${fault.path}`,
    problem: wording(fault),
  }));
}

function runFaults(template: ParsedTemplate, thoroughness: Thoroughness): readonly TemplateFault[] {
  if (thoroughness === "quick") {
    return Array.from({ length: QUICK_RUNS }, (_, number) => checkInstance(template, { seed: 7, number })).flatMap(
      ({ faults }) => faults,
    );
  }
  const validated = validateTemplate(template);
  return validated.ok ? [] : validated.faults;
}

function wording(fault: TemplateFault & { values?: Readonly<Record<string, string>> }): string {
  const { message, position, values } = fault;
  const at = position ? ` (characters ${position.start} to ${position.end})` : "";
  return `${message}${at}${values ? ` with ${JSON.stringify(values)}` : ""}`;
}
