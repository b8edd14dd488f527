import type { Client, Reply } from "./client.ts";
import type { User } from "./loops.ts";

const API = "/api/v1";
const SKILL_ID = 1;
/** A session is ended and another begun after so many answers, as a diligent student would; each student at another time. */
const ANSWERS_A_SESSION = 40;

type Question = { id: number; type: string; data: { choices?: { id: string }[] } };

/**
 * Students who are signed in and in the middle of a session; each act is one answer, right or wrong as it happens. Who has
 * come to the end of a session begins another between two answers.
 */
export async function practisingStudents(client: Client, count: number): Promise<User[]> {
  const students: User[] = [];
  for (let index = 0; index < count; index++) {
    students.push(await practisingStudent(client, `bench-${index}-${crypto.randomUUID()}@example.com`, index));
  }
  return students;
}

async function practisingStudent(client: Client, email: string, index: number): Promise<User> {
  const registered = await post(client, "/auth/register", undefined, {
    email,
    password: "Password123!",
    full_name: "Bench Student",
    grade_level: 5,
  });
  const token = registered.access_token;
  const begin = async () => {
    const session = await post(client, "/practice/sessions", token, { skill_id: SKILL_ID });
    return { id: session.id, question: session.current_question, answers: 0 };
  };
  let session = { ...(await begin()), answers: index % ANSWERS_A_SESSION };
  let turn = index;
  return {
    act: async () => {
      turn += 1;
      const reply = await post(client, `/practice/sessions/${session.id}/submit`, token, {
        question_id: session.question.id,
        submitted_answer: someAnswer(session.question, turn),
        time_spent_sec: 5,
      });
      session.answers = reply.finished ? ANSWERS_A_SESSION : session.answers + 1;
      session.question = reply.next_question ?? session.question;
    },
    between: async () => {
      if (session.answers < ANSWERS_A_SESSION) return 0;
      await post(client, `/practice/sessions/${session.id}/finish`, token, undefined);
      session = await begin();
      return 2;
    },
  };
}

/** An answer of the right form, mostly wrong: these students stay in the first zone, so their sessions go on. */
function someAnswer({ type, data }: Question, turn: number): Record<string, unknown> {
  const choices = data.choices ?? [];
  const choice = choices[turn % Math.max(1, choices.length)]?.id;
  if (type === "MCQ") return { choice };
  if (type === "MULTI_SELECT") return { choices: [choice] };
  return type === "NUMERIC" ? { value: turn % 50 } : { text: String(turn % 50) };
}

/** What a bench reads of a reply's data; the contract test holds the whole of it to its shape. */
type Data = {
  access_token: string;
  id: string;
  current_question: Question;
  next_question: Question | null;
  finished: boolean;
};

async function post(client: Client, path: string, token: string | undefined, body: unknown): Promise<Data> {
  const reply = await client.send("POST", `${API}${path}`, {
    ...(token === undefined ? {} : { token }),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (reply.status !== 200) throw new Error(`POST ${path}: ${describe(reply)}`);
  return (JSON.parse(reply.body) as { data: Data }).data;
}

const describe = ({ status, body }: Reply) => `${status} ${body.slice(0, 200)}`;
