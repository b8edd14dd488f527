import { choicesOf } from "../../../practice/question.ts";
import type { SessionView, SubmitReply } from "../../../practice/schemas.ts";
import { type Account, guest, isUnauthorized, signIn } from "./account.ts";
import type { Question } from "./answer.ts";
import type { Reply } from "./api.ts";
import { backoffSec } from "./backoff.ts";
import { newKey } from "./sending.ts";

type Key = SubmitReply["correct_answer_data"];

/** The skills whose questions are all stored ones: each comes back with the same number and key. */
const SKILLS = [1, 2];
const GUEST_ANSWERS = 24;
/** How long a pupil thinks. */
const THINKING_MS = { least: 2_500, most: 7_000 };
/** How long one rests, and how often. */
const RESTING_MS = 75_000;
const REST_SHARE = 0.02;

/** The keys that replies told so far. Guests find them out first: who is simulated knows no more than anybody could. */
export class AnswerKeys {
  readonly #keys = new Map<number, Key>();
  readonly #over: AbortSignal;
  #learning: Promise<unknown> | undefined;

  constructor(over: AbortSignal) {
    this.#over = over;
  }

  /** Resolves when the keys of the skills are known, as far as guests are let in to find them out. */
  learned(): Promise<unknown> {
    this.#learning ??= Promise.all(SKILLS.map((skillId) => this.#learn(skillId)));
    return this.#learning;
  }

  keyOf(question: Question): Key | undefined {
    return this.#keys.get(question.id);
  }

  tell(question: Question, key: Key): void {
    this.#keys.set(question.id, key);
  }

  async #learn(skillId: number): Promise<void> {
    if (this.#over.aborted) return;
    const body = { skill_id: skillId };
    const started = await guest.call<SessionView>({ method: "POST", path: "/practice/sessions", body });
    let question = started.ok ? started.data.current_question : null;
    for (let count = 0; started.ok && question !== null && count < GUEST_ANSWERS && !this.#over.aborted; count++) {
      const reply = await submitAs(guest, { sessionId: started.data.id, question }, someAnswer(question));
      if (!reply.ok) return;
      this.tell(question, reply.data.correct_answer_data);
      question = reply.data.next_question;
    }
  }
}

type PupilOptions = {
  readonly name: string;
  readonly password: string;
  readonly rightShare: number;
  readonly keys: AnswerKeys;
  readonly over: AbortSignal;
};

/** Where a pupil is. */
type At = { readonly sessionId: string; readonly question: Question };

/**
 * Plays a pupil who signs in and practises the skills until it is over, right in this share of the answers. What fails, be
 * it the network or the sign-in, is tried again after a while.
 */
export async function playPupil({ name, password, rightShare, keys, over }: PupilOptions): Promise<void> {
  let account: Account | undefined;
  let at: At | undefined;
  await keys.learned();
  for (let failures = 0; !over.aborted; ) {
    at = await go();
    failures = at === undefined ? failures + 1 : 0;
    await pause(at === undefined ? backoffSec(failures, Math.random()) * 1000 : thinkingMs(), over);
  }
  account?.leave();

  /** One step on; undefined where it failed or the session is over, and a session is to be started. */
  async function go(): Promise<At | undefined> {
    account ??= dataOf(await signIn({ name, password }));
    if (account === undefined) return undefined;
    return at === undefined ? start(account) : answer(account, at);
  }

  async function start(as: Account): Promise<At | undefined> {
    const body = { skill_id: SKILLS[Math.floor(Math.random() * SKILLS.length)] };
    const session = taken(await as.call<SessionView>({ method: "POST", path: "/practice/sessions", body }));
    const question = session?.current_question ?? undefined;
    return session && question && { sessionId: session.id, question };
  }

  async function answer(as: Account, at: At): Promise<At | undefined> {
    const key = keys.keyOf(at.question);
    const isRight = key !== undefined && Math.random() < rightShare;
    const reply = taken(await submitAs(as, at, isRight ? asAnswer(key) : someAnswer(at.question)));
    if (reply !== undefined) keys.tell(at.question, reply.correct_answer_data);
    const question = reply?.next_question ?? undefined;
    return question && { sessionId: at.sessionId, question };
  }

  /** What is in the reply; who is signed out signs in again. */
  function taken<Data>(reply: Reply<Data>): Data | undefined {
    if (isUnauthorized(reply)) account = undefined;
    return dataOf(reply);
  }
}

const dataOf = <Data>(reply: Reply<Data>): Data | undefined => (reply.ok ? reply.data : undefined);

function thinkingMs(): number {
  const { least, most } = THINKING_MS;
  return Math.random() < REST_SHARE ? RESTING_MS : least + Math.random() * (most - least);
}

/** Resolves after so long, or when it is over. */
function pause(ms: number, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    over.addEventListener("abort", done);
    function done(): void {
      clearTimeout(timer);
      over.removeEventListener("abort", done);
      resolve();
    }
  });
}

function submitAs(
  account: Account,
  { sessionId, question }: At,
  submitted: Readonly<Record<string, unknown>>,
): Promise<Reply<SubmitReply>> {
  const body = { question_id: question.id, submitted_answer: submitted, time_spent_sec: 3 };
  return account.call({ method: "POST", path: `/practice/sessions/${sessionId}/submit`, body, key: newKey() });
}

/** A key in the form of an answer. */
function asAnswer(key: Key): Readonly<Record<string, unknown>> {
  const { accept: _accept, ...rest } = key;
  return rest;
}

/** An answer of the right form, most often wrong. */
function someAnswer(question: Question): Readonly<Record<string, unknown>> {
  const ids = choicesOf(question).map(({ id }) => id);
  const one = ids[Math.floor(Math.random() * ids.length)];
  switch (question.type) {
    case "MCQ":
      return { choice: one };
    case "MULTI_SELECT":
      return { choices: [one] };
    case "NUMERIC":
      return { value: Math.floor(Math.random() * 100) };
    case "TEXT":
      return { text: "I do not know" };
  }
}
