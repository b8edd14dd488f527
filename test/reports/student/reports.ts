import { expect } from "vitest";
import type { z } from "zod";
import { api } from "../../worker/client.ts";
import { allQuestionsReply, logReply, overviewReply, skillsReply } from "./shapes.ts";

type Query = Record<string, string | number | undefined>;

/** A report as its student or another sees it; fails unless it has exactly the promised shape. */
async function report<T extends z.ZodType>(shape: T, token: string, path: string, query: Query): Promise<z.output<T>> {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  const answer = await api("GET", `/analytics/${path}?${new URLSearchParams(given)}`, { token });
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 });
  return shape.parse(answer.json());
}

export const overviewOf = (token: string, query: Query = {}) => report(overviewReply, token, "overview", query);
export const skillsOf = (token: string, query: Query = {}) => report(skillsReply, token, "skills", query);
export const allQuestionsOf = (token: string, query: Query = {}) =>
  report(allQuestionsReply, token, "all-questions", query);
export const logOf = (token: string, skillId: number, query: Query = {}) =>
  report(logReply, token, `skills/${skillId}/questions-log`, query);
