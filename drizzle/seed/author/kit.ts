import type { NumericData, Skill } from "../schema.ts";

/** How authors write a question; `generate.ts` gives it its id and puts the choices in order. */
export type Draft = { level: number; prompt: string; explanation: string; answer: Answer; fixed?: Fixed };

export type Answer =
  | { type: "MCQ"; right: string; wrong: string[]; check: string }
  | { type: "MULTI_SELECT"; choices: string[]; right: string[]; check: string }
  | { type: "NUMERIC"; value: number; data: NumericData; check: string }
  | { type: "TEXT"; text: string; accept?: string[]; placeholder?: string; check: string };

/** An id, and for a choice question the place of the right one, that clients rely on. */
type Fixed = { id: number; place?: number };

export type AuthoredSkill = { skill: Skill; questions: Draft[] };

type DraftWithoutLevel = Omit<Draft, "level">;

/** Puts drafts on a level, 1 the easiest to 5. Append only: a question's id comes from its place. */
export function level(number: number, ...drafts: DraftWithoutLevel[]): Draft[] {
  return drafts.map((draft) => ({ ...draft, level: number }));
}

/** One right choice; the wrong ones are mistakes that children make. */
export function mcq(
  prompt: string,
  answer: { right: string; wrong: string[]; check: string },
  explanation: string,
): DraftWithoutLevel {
  return { prompt, explanation, answer: { type: "MCQ", ...answer } };
}

/** Every right choice is wanted, be it one or more. */
export function multi(
  prompt: string,
  answer: { choices: string[]; right: string[]; check: string },
  explanation: string,
): DraftWithoutLevel {
  return { prompt, explanation, answer: { type: "MULTI_SELECT", ...answer } };
}

/** A number; exact unless `tolerance` says otherwise. */
export function numeric(
  prompt: string,
  { value, check, ...data }: { value: number; check: string } & NumericData,
  explanation: string,
): DraftWithoutLevel {
  return { prompt, explanation, answer: { type: "NUMERIC", value, data, check } };
}

/** A word, sign or fraction; `accept` lists other ways to write it. */
export function text(
  prompt: string,
  answer: { text: string; accept?: string[]; placeholder?: string; check: string },
  explanation: string,
): DraftWithoutLevel {
  return { prompt, explanation, answer: { type: "TEXT", ...answer } };
}

/** Keeps a question at an id, and its right choice at a place counted from 0. */
export function fixed(id: number, draft: DraftWithoutLevel, place?: number): DraftWithoutLevel {
  return { ...draft, fixed: place === undefined ? { id } : { id, place } };
}

const MATH = 1;

/** A published Math skill; grade g has id g + 2. */
export function mathSkill(
  fields: Pick<
    Skill,
    "id" | "topic_id" | "code" | "title" | "description" | "tags" | "difficulty" | "standards" | "prerequisites"
  > & { grade: number },
): Skill {
  const { id, grade, topic_id, code, title, description, tags, difficulty, standards, prerequisites } = fields;
  return {
    id,
    subject_id: MATH,
    grade_id: grade + 2,
    topic_id,
    code,
    title,
    description,
    tags,
    difficulty,
    example_url: null,
    video_url: null,
    is_published: true,
    standards,
    prerequisites,
  };
}
