import { choicesOf } from "../../../practice/question.ts";
import type { SessionView, SubmitReply } from "../../../practice/schemas.ts";
import { guest } from "./account.ts";
import type { Question } from "./answer.ts";
import { send } from "./api.ts";
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
  #learning: Promise<unknown> | undefined;

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
    const body = { skill_id: skillId };
    const started = await guest.call<SessionView>({ method: "POST", path: "/practice/sessions", body });
    let question = started.ok ? started.data.current_question : null;
    for (let count = 0; started.ok && question !== null && count < GUEST_ANSWERS; count++) {
      const reply = await answer(started.data.id, question, someAnswer(question), undefined);
      if (reply === undefined) return;
      this.tell(question, reply.correct_answer_data);
      question = reply.next_question;
    }
  }
}

type PupilOptions = { readonly token: string; readonly rightShare: number; readonly keys: AnswerKeys };

/** A pupil who practises one of the skills until stopped, right in this share of the answers. */
export function simulatedPupil({ token, rightShare, keys }: PupilOptions): { stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  async function practise(): Promise<void> {
    await keys.learned();
    const body = { skill_id: SKILLS[Math.floor(Math.random() * SKILLS.length)] };
    const started = await send<SessionView>({ method: "POST", path: "/practice/sessions", body }, token);
    if (started.ok) think(started.data.id, started.data.current_question);
  }

  function think(sessionId: string, question: Question | null): void {
    const { least, most } = THINKING_MS;
    const ms = Math.random() < REST_SHARE ? RESTING_MS : least + Math.random() * (most - least);
    if (!stopped) timer = setTimeout(() => void (question === null ? practise() : go(sessionId, question)), ms);
  }

  async function go(sessionId: string, question: Question): Promise<void> {
    const key = keys.keyOf(question);
    const isRight = key !== undefined && Math.random() < rightShare;
    const reply = await answer(sessionId, question, isRight ? asAnswer(key) : someAnswer(question), token);
    if (reply !== undefined) keys.tell(question, reply.correct_answer_data);
    think(sessionId, reply?.next_question ?? null);
  }

  void practise();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

async function answer(
  sessionId: string,
  question: Question,
  submitted: Readonly<Record<string, unknown>>,
  token: string | undefined,
): Promise<SubmitReply | undefined> {
  const body = { question_id: question.id, submitted_answer: submitted, time_spent_sec: 3 };
  const path = `/practice/sessions/${sessionId}/submit`;
  const reply = await send<SubmitReply>({ method: "POST", path, body, key: newKey() }, token);
  return reply.ok ? reply.data : undefined;
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
