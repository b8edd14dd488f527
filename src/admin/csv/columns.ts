import { type Cell, flag, json, list, number, optionalText, prose, text } from "../../csv/cells.ts";
import type { ImportKind, Json } from "../import/kinds.ts";

/** The parts of a template, each in a column of its own. */
export const TEMPLATE_COLUMNS: Readonly<Record<string, Cell>> = {
  type: text,
  level: number,
  prompt: text,
  explanation: text,
  variables: json,
  derived: json,
  constraints: json,
  answer: json,
  distractors: json,
  candidates: json,
  right: text,
  check: text,
  choice_text: text,
  compare: text,
  show: number,
  order: text,
  answer_shown: flag,
};

/** The columns of each kind of CSV, in the order in which an export has them. */
export const CSV_COLUMNS: Readonly<Record<ImportKind, Readonly<Record<string, Cell>>>> = {
  skills: {
    permacode: text,
    subject_slug: text,
    grade_number: number,
    topic_slug: optionalText,
    code: text,
    title: text,
    description: prose,
    tags: list,
    difficulty: number,
    example_url: optionalText,
    video_url: optionalText,
    is_published: flag,
    standards: list,
    prerequisites: list,
  },
  questions: {
    id: number,
    skill: text,
    type: text,
    level: number,
    prompt: text,
    data: json,
    correct_answer: json,
    explanation: prose,
  },
  templates: { id: text, skill: text, ...TEMPLATE_COLUMNS },
};

/** Without these a row can be none. */
export const NEEDED_COLUMNS: Readonly<Record<ImportKind, readonly string[]>> = {
  skills: [],
  questions: ["skill", "type", "level", "prompt", "correct_answer"],
  templates: ["skill", "type", "level", "prompt", "explanation", "variables"],
};

/** A row of an export as its cells. */
export const toCells = (kind: ImportKind, item: Json): string[] => {
  const flat = kind === "templates" ? { ...item, ...record(item.template) } : item;
  return Object.entries(CSV_COLUMNS[kind]).map(([name, cell]) => cell.write(flat[name]));
};

/** What is imported, from the values of a row's cells. */
export function toItem(kind: ImportKind, values: Json): Json {
  if (kind !== "templates") return values;
  const { id, skill, ...template } = values;
  return { ...(id === undefined ? {} : { id }), ...(skill === undefined ? {} : { skill }), template };
}

const record = (value: unknown): object => (typeof value === "object" && value !== null ? value : {});
