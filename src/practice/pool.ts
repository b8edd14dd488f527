import { BoundedCache } from "../bounded-cache.ts";
import { makeInstance } from "../templates/make-instance.ts";
import { parseTemplate } from "../templates/parse-template.ts";
import type { Template } from "../templates/template.ts";
import type { KeyedQuestion } from "./question.ts";
import { chooseSource, type Source } from "./question-choice.ts";
import type { Level } from "./smartscore.ts";

/** A rule that makes questions, as its author wrote it. */
export type PoolTemplate = { readonly id: string; readonly level: Level; readonly body: unknown };

/** What a session asks from: a skill's questions and templates as of one version of the catalog; plain JSON, keys included. */
export type Pool = {
  readonly version: number;
  /** Sorted by id. */
  readonly questions: readonly KeyedQuestion[];
  /** Sorted by id. */
  readonly templates: readonly PoolTemplate[];
};

/** Which question of a session: a stored one by its id, or one that a template made (`generator`: its id, colon, number). */
export type QuestionRef = { readonly questionId: number; readonly generator: string | null };

/** A question that was put; one that a template made comes along, so that it stays as it was shown whatever becomes of us. */
export type PutQuestion = QuestionRef & { readonly made: KeyedQuestion | null };

/** Ids from here on are those of questions that templates made: this, plus the question's number in its session. */
const FIRST_GENERATED_ID = 1_000_000_000;
/** A template that was validated hardly ever fails to make a question; the next number then makes another. */
const MOST_TRIES = 50;

/** Templates that an isolate keeps ready. */
const templates = new BoundedCache<string, Template | null>(2_000);

/** Whether nothing can be asked from it: neither a question nor a template that can be read. */
export const isEmpty = (pool: Pool) => pool.questions.length === 0 && readableTemplates(pool).length === 0;

/** The next question of a session, by its score, what it has asked, and its seed. `pool` is not empty. */
export function chooseQuestion(
  pool: Pool,
  { score, asked, seed }: { score: number; asked: readonly QuestionRef[]; seed: number },
): PutQuestion {
  const askedFrom: (number | string)[] = [];
  const nextNumbers = new Map<number | string, number>();
  for (const { questionId, generator } of asked) {
    const id = generator === null ? questionId : templateOf(generator);
    askedFrom.push(id);
    if (generator !== null) nextNumbers.set(id, numberOf(generator) + 1);
  }
  const { questions: stored } = pool;
  let rules = readableTemplates(pool);
  for (;;) {
    const made = rules.map(({ id, level, template }): Source => {
      const hasMore = () => (nextNumbers.get(id) ?? 0) < template.space().size;
      return { id, level, hasMore };
    });
    const sources: readonly Source[] = made.length === 0 ? stored : [...stored, ...made];
    const { id } = chooseSource(sources, { score, seed, asked: askedFrom });
    if (typeof id === "number") return { questionId: id, generator: null, made: null };
    const first = nextNumbers.get(id) ?? 0;
    const put = make(rules, { id, first, questionId: FIRST_GENERATED_ID + asked.length + 1, seed });
    if (put) return put;
    // Validation keeps such a template out; should one come in all the same, the session goes on without it.
    rules = rules.filter((rule) => rule.id !== id);
    if (stored.length + rules.length === 0) throw new Error(`template ${id} makes no question`);
  }
}

/** The question itself, with its key. */
export function questionOf(pool: Pool, { questionId, made }: Pick<PutQuestion, "questionId" | "made">): KeyedQuestion {
  const question = made ?? pool.questions.find(({ id }) => id === questionId);
  if (!question) throw new Error(`question ${questionId} is not in its session's pool`);
  return question;
}

type Rule = { readonly id: string; readonly level: Level; readonly template: Template };

function make(
  rules: readonly Rule[],
  { id, first, questionId, seed }: { id: string; first: number; questionId: number; seed: number },
): PutQuestion | undefined {
  const template = rules.find((rule) => rule.id === id)?.template;
  if (!template) return undefined;
  for (let number = first; number < first + MOST_TRIES; number++) {
    const instance = makeInstance(template, { seed, number });
    if (!instance.ok) continue;
    const generator = `${id}:${number}`;
    const { data, ...rest } = instance.instance;
    return { questionId, generator, made: { id: questionId, ...rest, data: { ...data, _generator_id: generator } } };
  }
  return undefined;
}

const knownRules = new WeakMap<Pool, readonly Rule[]>();

/** A template that can no longer be read (it was stored by an older version) makes no questions. */
function readableTemplates(pool: Pool): readonly Rule[] {
  const known = knownRules.get(pool);
  if (known) return known;
  const rules = pool.templates.flatMap(({ id, level }) => {
    const template = readyTemplate(pool, id);
    return template ? [{ id, level, template }] : [];
  });
  knownRules.set(pool, rules);
  return rules;
}

function readyTemplate(pool: Pool, id: string): Template | undefined {
  const key = `${pool.version} ${id}`;
  const known = templates.get(key);
  if (known !== undefined) return known ?? undefined;
  const parsed = parseTemplate(pool.templates.find((template) => template.id === id)?.body);
  templates.set(key, parsed.ok ? parsed.template : null, 1);
  return parsed.ok ? parsed.template : undefined;
}

/** The template that made a question. */
export const templateOf = (generator: string) => generator.slice(0, generator.lastIndexOf(":"));
const numberOf = (generator: string) => Number(generator.slice(generator.lastIndexOf(":") + 1));
