import { expect } from "vitest";
import type { z } from "zod";
import { type Answer, api, PASSWORD } from "./client.ts";
import { errorReply, type Tokens, tokensReply } from "./shapes.ts";

export { PASSWORD };

let addresses = 0;
const run = Math.floor(Math.random() * 0xffff).toString(16);

/** An address that nobody else has, in this test or another. */
export const newAddress = () => `2001:db8:${run}:${(++addresses).toString(16)}::1`;

/** The header by which the platform says where a request comes from. */
export const from = (address: string) => ({ "CF-Connecting-IP": address });

export const newEmail = () => `${crypto.randomUUID()}@example.com`;

export type Person = Tokens & { email: string };

/** Registers somebody new, from an address of their own. */
export async function newPerson(fields: Record<string, unknown> = {}): Promise<Person> {
  const email = newEmail();
  const body = { email, password: PASSWORD, full_name: "Sam Student", ...fields };
  return { email, ...tokensIn(await api("POST", "/auth/register", { body, headers: from(newAddress()) })) };
}

export const login = (body: Record<string, unknown>, address = newAddress()) =>
  api("POST", "/auth/login", { body, headers: from(address) });

export const refresh = (refreshToken: string, address = newAddress()) =>
  api("POST", "/auth/refresh", { body: { refresh_token: refreshToken }, headers: from(address) });

export const logout = (refreshToken: string, address = newAddress()) =>
  api("POST", "/auth/logout", { body: { refresh_token: refreshToken }, headers: from(address) });

/** The tokens of an answer that must be a success of exactly the promised shape. */
export function tokensIn(answer: Answer): Tokens {
  expect(answer.status, answer.text).toBe(200);
  return tokensReply.parse(answer.json()).data;
}

/** Expects an error of exactly the promised shape and gives it. */
export const expectError = (answer: Answer, status: number, code: string) => errorBodyOf(answer, status, code).error;

/** The same, with the request id beside the error. */
export function errorBodyOf(answer: Answer, status: number, code: string): z.output<typeof errorReply> {
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status });
  expect(answer.headers.get("Content-Type")).toBe("application/json");
  const body = errorReply.parse(answer.json());
  expect(body.error.code).toBe(code);
  expect(body.error.message).toMatch(/\w/);
  expect(body.request_id).toBe(answer.headers.get("X-Request-Id"));
  return body;
}

/** Expects a 422 that names these fields, in any order. */
export function expectFaults(answer: Answer, ...paths: string[]) {
  const { details } = expectError(answer, 422, "validation_error");
  expect(details).toSatisfy(Array.isArray);
  const named = new Set((details as { path: string }[]).map(({ path }) => path));
  expect([...named].toSorted()).toEqual(paths.toSorted());
}
