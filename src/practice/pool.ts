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

/** Ids from here on are those of questions that templates made: this, plus the question's number in its session. */
const FIRST_GENERATED_ID = 1_000_000_000;
/** A template that was validated hardly ever fails to make a question; the next number then makes another. */
const MOST_TRIES = 50;

/** Templates that an isolate keeps ready, and questions that it has just made. */
const templates = new BoundedCache<string, Template | null>(2_000);
const made = new BoundedCache<string, KeyedQuestion>(2_000);

export const isEmpty = (pool: Pool) => pool.questions.length === 0 && pool.templates.length === 0;

/** The next question of a session, by its score, what it has asked, and its seed. `pool` is not empty. */
export function chooseQuestion(
  pool: Pool,
  { score, asked, seed }: { score: number; asked: readonly QuestionRef[]; seed: number },
): QuestionRef {
  const { id } = chooseSource(sourcesOf(pool), { score, seed, asked: asked.map(sourceOf) });
  if (typeof id === "number") return { questionId: id, generator: null };
  const questionId = FIRST_GENERATED_ID + asked.length + 1;
  const last = asked.findLast(({ generator }) => generator?.startsWith(id))?.generator;
  const first = last ? numberOf(last) + 1 : 0;
  for (let number = first; number < first + MOST_TRIES; number++) {
    const ref = { questionId, generator: `${id}:${number}` };
    if (make(pool, ref.generator, questionId, seed)) return ref;
  }
  throw new Error(`template ${id} makes no question`);
}

const knownSources = new WeakMap<Pool, readonly Source[]>();

/** What a pool's questions come from: the stored ones, then the templates that can be read. */
function sourcesOf(pool: Pool): readonly Source[] {
  const known = knownSources.get(pool);
  if (known) return known;
  const rules = pool.templates.flatMap(({ id, level }): Source[] => {
    const template = readyTemplate(pool, id);
    return template ? [{ id, level, size: () => template.space().size }] : [];
  });
  const sources = [...pool.questions.map(({ id, level }): Source => ({ id, level })), ...rules];
  knownSources.set(pool, sources);
  return sources;
}

/** The question itself: the same again for the same session, wherever and whenever it is asked for. */
export function questionOf(pool: Pool, ref: QuestionRef, seed: number): KeyedQuestion {
  const question =
    ref.generator === null
      ? pool.questions.find(({ id }) => id === ref.questionId)
      : make(pool, ref.generator, ref.questionId, seed);
  if (!question) throw new Error(`question ${ref.generator ?? ref.questionId} is not in its session's pool`);
  return question;
}

function make(pool: Pool, generator: string, id: number, seed: number): KeyedQuestion | undefined {
  const key = `${pool.version} ${seed} ${id} ${generator}`;
  const known = made.get(key);
  if (known) return known;
  const template = readyTemplate(pool, templateOf(generator));
  const instance = template && makeInstance(template, { seed, number: numberOf(generator) });
  if (!instance?.ok) return undefined;
  const { data, ...rest } = instance.instance;
  const question = { id, ...rest, data: { ...data, _generator_id: generator } };
  made.set(key, question, 1);
  return question;
}

/** A template that can no longer be read (it was stored by an older version) makes no questions. */
function readyTemplate(pool: Pool, id: string): Template | undefined {
  const key = `${pool.version} ${id}`;
  const known = templates.get(key);
  if (known !== undefined) return known ?? undefined;
  const parsed = parseTemplate(pool.templates.find((template) => template.id === id)?.body);
  templates.set(key, parsed.ok ? parsed.template : null, 1);
  return parsed.ok ? parsed.template : undefined;
}

const sourceOf = ({ questionId, generator }: QuestionRef) => (generator === null ? questionId : templateOf(generator));
const templateOf = (generator: string) => generator.slice(0, generator.lastIndexOf(":"));
const numberOf = (generator: string) => Number(generator.slice(generator.lastIndexOf(":") + 1));
