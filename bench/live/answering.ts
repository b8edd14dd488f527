import type { Client } from "../load/client.ts";
import type { User } from "../load/loops.ts";
import { type Session, someSubmission } from "../prove/people.ts";
import type { LiveClient } from "./live-client.ts";
import type { Person } from "./school.ts";

const API = "/api/v1/practice/sessions";
const SKILL_ID = 1;
const STARTS_AT_ONCE = 10;

type Submitted = { readonly finished: boolean; readonly session: Session & { readonly questions_answered: number } };

/** How long answers took, in milliseconds, by whether a teacher watched. */
export type Times = {
  /** Until their reply, of students whom nobody watches. */
  readonly aloneReplyMs: number[];
  /** The same of students who are watched. */
  readonly watchedReplyMs: number[];
  /** Until the teacher's page had them. */
  readonly teacherMs: number[];
  /** How many never came there. */
  readonly unseen: number;
};

/** Students who are in the middle of a session, and what is measured of their answers. */
export class Answering {
  readonly #client: Client;
  readonly #sessions = new Map<string, Submitted["session"]>();
  /** Answers that were sent and that no teacher has seen, by student: which one in its session, and when. */
  readonly #sent = new Map<string, { readonly number: number; readonly atMs: number }[]>();
  readonly #watched = new Set<string>();
  #times: Times = newTimes();

  constructor(client: Client) {
    this.#client = client;
  }

  async begin(students: readonly Person[]): Promise<void> {
    const waiting = students.values();
    const beginInTurn = async () => {
      for (const student of waiting) await this.#begin(student);
    };
    await Promise.all(Array.from({ length: STARTS_AT_ONCE }, beginInTurn));
  }

  /** One answer of each of these students at a time, whenever it is called. */
  users(students: readonly Person[]): User[] {
    return students.map((student, index) => {
      let turn = index;
      return {
        act: () => {
          turn += 1;
          return this.#answer(student, turn);
        },
      };
    });
  }

  /** These students are watched by a teacher's page: what it sees is counted. */
  watchedBy(page: LiveClient, students: readonly Person[]): void {
    for (const { id } of students) this.#watched.add(id);
    page.onUpdate = ({ student_id, session_id, questions_answered }) => {
      if (this.#sessions.get(student_id)?.id !== session_id) return;
      const waiting = this.#sent.get(student_id) ?? [];
      const nowMs = performance.now();
      while (waiting[0] && waiting[0].number <= questions_answered) {
        this.#times.teacherMs.push(nowMs - waiting[0].atMs);
        waiting.shift();
      }
    };
  }

  /** How many answers no teacher has seen. */
  get unseen(): number {
    return [...this.#sent.values()].reduce((sum, waiting) => sum + waiting.length, 0);
  }

  /** What was measured since the last call; from then on nobody is watched. */
  take(): Times {
    const times = { ...this.#times, unseen: this.unseen };
    this.#times = newTimes();
    this.#sent.clear();
    this.#watched.clear();
    return times;
  }

  async #begin(student: Person): Promise<void> {
    this.#sessions.set(student.id, await this.#post("", student, { skill_id: SKILL_ID }));
  }

  async #answer(student: Person, turn: number): Promise<void> {
    const session = this.#sessions.get(student.id);
    if (!session) return;
    const isWatched = this.#watched.has(student.id);
    const atMs = performance.now();
    const waiting = this.#sent.get(student.id) ?? [];
    if (isWatched) this.#sent.set(student.id, [...waiting, { number: session.questions_answered + 1, atMs }]);
    const submission = someSubmission(session.current_question, turn);
    const reply = await this.#post<Submitted>(`/${session.id}/submit`, student, submission);
    this.#times[isWatched ? "watchedReplyMs" : "aloneReplyMs"].push(performance.now() - atMs);
    if (reply.finished) await this.#begin(student);
    else this.#sessions.set(student.id, reply.session);
  }

  async #post<Data>(path: string, { token }: Person, body: unknown): Promise<Data> {
    const reply = await this.#client.send("POST", `${API}${path}`, { token, body: JSON.stringify(body) });
    if (reply.status !== 200) throw new Error(`POST ${path}: ${reply.status} ${reply.body.slice(0, 200)}`);
    return (JSON.parse(reply.body) as { data: Data }).data;
  }
}

const newTimes = (): Times => ({ aloneReplyMs: [], watchedReplyMs: [], teacherMs: [], unseen: 0 });
