import { DEMO_PASSWORD } from "../../src/pages/demo-accounts.ts";
import { dataOf, send } from "./client.ts";

export const PASSWORD = DEMO_PASSWORD;

export type Tokens = { readonly access_token: string; readonly refresh_token: string; readonly user: { id: string } };

export const newEmail = () => `prove-${crypto.randomUUID()}@example.com`;

/** A new account and its first tokens. */
export function newPerson(
  baseUrl: string,
  role: "STUDENT" | "PARENT" = "STUDENT",
  email = newEmail(),
): Promise<Tokens> {
  const grade = role === "STUDENT" ? { grade_level: 5 } : {};
  const body = { email, password: PASSWORD, full_name: "Pat Proof", role, ...grade };
  return dataOf(send(baseUrl, { method: "POST", path: "/api/v1/auth/register", body }), "register");
}

/** Signs in as one of the demo accounts, by the word before the @. */
export function signIn(baseUrl: string, account: string): Promise<Tokens> {
  const body = { email: `${account}@example.com`, password: PASSWORD };
  return dataOf(send(baseUrl, { method: "POST", path: "/api/v1/auth/login", body }), "login");
}

export type Question = {
  readonly id: number;
  readonly type: string;
  readonly data: { readonly choices?: readonly { readonly id: string }[] };
};

export type Session = { readonly id: string; readonly current_question: Question };

/** A session of a skill: a student's with their token, a guest's without. */
export function startSession(baseUrl: string, token: string | undefined, skillId = 1): Promise<Session> {
  const sent = { method: "POST", path: "/api/v1/practice/sessions", token, body: { skill_id: skillId } };
  return dataOf(send(baseUrl, sent), "start");
}

/** A submission of the right form, mostly wrong: so a session goes on. */
export function someSubmission({ id, type, data }: Question, turn = 0) {
  const choices = data.choices ?? [];
  const choice = choices[turn % Math.max(1, choices.length)]?.id;
  const answers: Record<string, unknown> = {
    MCQ: { choice },
    MULTI_SELECT: { choices: [choice] },
    NUMERIC: { value: turn % 50 },
  };
  return { question_id: id, submitted_answer: answers[type] ?? { text: String(turn % 50) }, time_spent_sec: 5 };
}
