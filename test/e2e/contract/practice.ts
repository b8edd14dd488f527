import { type Question, tokensShape } from "./shapes.ts";
import { type Client, newClient } from "./transcript.ts";

export const PASSWORD = "Password123!";

export const newEmail = () => `${crypto.randomUUID()}@example.com`;

/** A new student of grade 5, signed in. */
export async function newStudent(): Promise<Client & { readonly email: string }> {
  const client = newClient();
  const email = newEmail();
  const body = { email, password: PASSWORD, full_name: "Contract Student", grade_level: 5 };
  const { access_token } = await client.post("/auth/register", body).hears(tokensShape);
  return Object.assign(client, { token: access_token, email });
}

/** An answer in the form that the question takes, right or wrong. */
function someAnswer(question: Question): Record<string, unknown> {
  switch (question.type) {
    case "MCQ":
      return { choice: question.data.choices[0]?.id };
    case "MULTI_SELECT":
      return { choices: question.data.choices.slice(0, 2).map(({ id }) => id) };
    case "NUMERIC":
      return { value: 7 };
    case "TEXT":
      return { answer: "seven" };
  }
}

/** The body of a submit, as the Vue client sends it. */
export const answerTo = (question: Question, submitted_answer: Record<string, unknown> = someAnswer(question)) => ({
  question_id: question.id,
  submitted_answer,
  time_spent_sec: 5,
});

/** The question that must be there. */
export function current(question: Question | null): Question {
  if (question === null) throw new Error("there is no current question");
  return question;
}

/** One of the seeded accounts, signed in. */
export async function signedIn(email: string): Promise<Client> {
  const client = newClient();
  const { access_token } = await client.post("/auth/login", { email, password: PASSWORD }).hears(tokensShape);
  return Object.assign(client, { token: access_token });
}
