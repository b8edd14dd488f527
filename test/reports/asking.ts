import { parse } from "csv-parse/sync";
import { expect } from "vitest";
import type { Person } from "../classrooms/school.ts";
import { type Answer, api, type Json } from "../worker/client.ts";

export type Query = Readonly<Record<string, string | number | undefined>>;

/** Days in and around the forty of a random history: open or closed, some of which nothing was done on. */
export const PERIODS: readonly Query[] = [
  {},
  { from: "2026-01-12", to: "2026-01-25" },
  { from: "2026-02-01" },
  { to: "2026-01-08" },
];

/** All of such a history. */
export const EVER = { from: "2025-12-01", to: "2026-12-31" } as const;

/** Days with a first and a last one. */
export const CLOSED: readonly Query[] = [
  EVER,
  { from: "2026-01-12", to: "2026-01-25" },
  { from: "2026-01-20", to: "2026-01-20" },
];

/** Some of its skills. */
export const FILTERED: readonly Query[] = [
  { ...EVER, skill_id: 2 },
  { ...EVER, grade_number: 5 },
  { ...EVER, subject_slug: "spanish" },
];

/** A report as somebody asks for it. */
export function ask({ token }: Pick<Person, "token">, path: string, query: Query = {}, headers = {}): Promise<Answer> {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return api("GET", `${path}?${new URLSearchParams(given)}`, { token, headers });
}

/** The body of a report, which must be there. */
export async function reportOf(person: Pick<Person, "token">, path: string, query: Query = {}): Promise<Json> {
  const answer = await ask(person, path, query);
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 });
  return answer.json();
}

/** A report's table as a CSV parser reads it: the header, and each line's cells. */
export async function csvOf(person: Pick<Person, "token">, path: string, query: Query = {}) {
  const answer = await ask(person, path, { ...query, format: "csv" });
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 });
  expect(answer.headers.get("Content-Type")).toBe("text/csv; charset=utf-8; header=present");
  expect(answer.headers.get("Content-Disposition")).toMatch(/^attachment; filename="[\w-]+\.csv"$/);
  const [header = [], ...lines] = parse(answer.text, { record_delimiter: "\r\n" });
  return { header, lines, text: answer.text };
}

/** The text that a JSON value is in a cell: what would run as a formula has an apostrophe before it, a number has none. */
export function cellOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string") return String(value);
  const begins = [...value].find((letter) => letter !== "'");
  const wouldRun = begins !== undefined && FORMULAS.includes(begins);
  return wouldRun && Number.isNaN(Number(value)) ? `'${value}` : value;
}

/** What a formula begins with in some spreadsheet, after whatever apostrophes. */
const FORMULAS = ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n"];
