import { setTimeout as sleep } from "node:timers/promises";
import { type Heard, type Sent, send } from "./client.ts";
import { newPerson, type Question, type Session, someSubmission, type Tokens } from "./people.ts";

/** An answer for which the student got a reply: what the record must hold from then on, once. */
export type Acknowledged = {
  readonly sessionId: string;
  /** It is the session's first, second, third … */
  readonly number: number;
  readonly questionId: number;
  readonly isCorrect: boolean;
  readonly smartscore: number;
};

export type Practised = {
  readonly studentId: string;
  readonly answers: readonly Acknowledged[];
  /** How many answers were in before their reply was lost, so that the repeat got it again. */
  readonly replayed: number;
};

type Reply = {
  readonly is_correct: boolean;
  readonly session: { readonly questions_answered: number; readonly smartscore: number };
  readonly next_question: Question | null;
};

const ANSWERS_A_SESSION = 12;
/** As long as this a server that was killed may take to come back. */
const PATIENCE_MS = 60_000;
const RESEND_PAUSE_MS = 20;

/** So many new students. */
export async function newStudents(baseUrl: string, count: number): Promise<Tokens[]> {
  const students = [];
  for (let index = 0; index < count; index += 1) students.push(await newPerson(baseUrl));
  return students;
}

/**
 * Students answer one question after the other until they are told to stop. Like a good client, who gets no reply
 * sends the same again, with the same key; none leaves before it knows what became of its last answer.
 */
export async function practise(baseUrl: string, students: readonly Tokens[], stop: AbortSignal): Promise<Practised[]> {
  return Promise.all(
    students.map(async ({ access_token, user }) => ({
      studentId: user.id,
      ...(await practiseAlone(baseUrl, access_token, stop)),
    })),
  );
}

async function practiseAlone(baseUrl: string, token: string, stop: AbortSignal) {
  const answers: Acknowledged[] = [];
  let replayed = 0;
  while (!stop.aborted) {
    const { id, current_question } = await post<Session>(baseUrl, token, "", { skill_id: 1 });
    let question: Question | null = current_question;
    for (let turn = 0; question !== null && turn < ANSWERS_A_SESSION && !stop.aborted; turn += 1) {
      const submission = someSubmission(question, turn);
      const heard = await persistently(baseUrl, {
        method: "POST",
        path: `/api/v1/practice/sessions/${id}/submit`,
        token,
        body: submission,
        headers: { "Idempotency-Key": crypto.randomUUID() },
      });
      const reply = (JSON.parse(heard.text) as { data: Reply }).data;
      if (heard.headers.has("Idempotent-Replayed")) replayed += 1;
      answers.push({
        sessionId: id,
        number: reply.session.questions_answered,
        questionId: submission.question_id,
        isCorrect: reply.is_correct,
        smartscore: reply.session.smartscore,
      });
      question = reply.next_question;
    }
    await post(baseUrl, token, `/${id}/finish`, undefined);
  }
  return { answers, replayed };
}

async function post<Data>(baseUrl: string, token: string, path: string, body: unknown): Promise<Data> {
  const sent = { method: "POST", path: `/api/v1/practice/sessions${path}`, token, body };
  const { text } = await persistently(baseUrl, sent);
  return (JSON.parse(text) as { data: Data }).data;
}

/** Sends it until it is answered; rejects with an answer that is neither a success nor "come again". */
async function persistently(baseUrl: string, sent: Sent): Promise<Heard> {
  const since = performance.now();
  for (;;) {
    const heard = await send(baseUrl, sent);
    if (heard.status === 200) return heard;
    const mayComeAgain = heard.status === 0 || heard.status === 503;
    if (!mayComeAgain || performance.now() - since > PATIENCE_MS) {
      throw new Error(`${sent.path} answered ${heard.fault ?? `${heard.status} ${heard.text}`}`);
    }
    await sleep(RESEND_PAUSE_MS);
  }
}
