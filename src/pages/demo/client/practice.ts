import type { NextReply, SessionView, SubmitReply } from "../../../practice/schemas.ts";
import { type Account, isUnauthorized } from "./account.ts";
import { formHint, type Question } from "./answer.ts";
import type { AnswerForm } from "./answer-form.ts";
import type { Failure, Reply } from "./api.ts";
import { el } from "./dom.ts";
import { spokenFeedback } from "./feedback.ts";
import { type Beat, startHeartbeats } from "./heartbeats.ts";
import { practiceView } from "./practice-view.ts";
import { newKey, type Submission, submit } from "./sending.ts";
import { failureWords, waitingWords } from "./wording.ts";

type PracticeOptions = {
  readonly account: Account;
  readonly session: SessionView;
  readonly title: string;
  /** An answer of this session that had no reply when the page was left: it is sent again first. */
  readonly pending: Submission | undefined;
  /** Says something to who listens rather than looks. */
  announce(words: string): void;
  onAnswered(session: SessionView): void;
  onEnded(session: SessionView): void;
  onLeave(): void;
  onSignedOut(notice: string): void;
};

export type Practice = {
  readonly node: HTMLElement;
  focus(): void;
  stop(): void;
};

const MOST_SECONDS = 3600;

/** One session from question to question, until it is over or left. */
export function practise(options: PracticeOptions): Practice {
  const { account, announce, onAnswered, onEnded, onLeave, onSignedOut } = options;
  const path = `/practice/sessions/${options.session.id}`;
  let session = options.session;
  let sessionAtMs = Date.now();
  let askedAtMs = performance.now();
  let told: SubmitReply | undefined;
  let form: AnswerForm | undefined;
  let stopped = false;

  const view = practiceView(options.title, { onAnswer, onNext, onSkip, onFinish, onLeave });
  const beats = startHeartbeats(() => session.inactivity_threshold_seconds, beat);
  const clock = setInterval(showTime, 1000);

  function showTime(): void {
    const since = beats.isCounting() ? (Date.now() - sessionAtMs) / 1000 : 0;
    view.showTime(session.active_time_seconds + Math.min(since, session.inactivity_threshold_seconds));
  }

  function take(next: SessionView, delta?: number): void {
    session = next;
    sessionAtMs = Date.now();
    view.show(session, delta);
    showTime();
  }

  function ask(question: Question | null, focus: boolean): void {
    if (question === null) return void end();
    told = undefined;
    askedAtMs = performance.now();
    form = view.ask(question, focus);
    view.enable(true);
  }

  async function onAnswer(question: Question, answer: Readonly<Record<string, unknown>>): Promise<void> {
    const spent = Math.min(MOST_SECONDS, Math.round((performance.now() - askedAtMs) / 100) / 10);
    const body = { question_id: question.id, submitted_answer: answer, time_spent_sec: spent };
    await deliver({ sessionId: session.id, key: newKey(), question, body });
  }

  async function deliver(submission: Submission): Promise<void> {
    view.enable(false);
    const reply = await submit(account, submission, { pause });
    if (stopped) return;
    view.notice(undefined);
    if (!reply.ok) return refused(reply, submission.question);
    told = reply.data;
    view.tell(told);
    take(told.session, told.score_change.delta);
    announce(spokenFeedback(told));
    onAnswered(session);
  }

  /** Says that the answer waits, and for how long; resolves when it is to be sent again. */
  function pause(failure: Failure, seconds: number): Promise<void> {
    return new Promise((resolve) => {
      const now = el("button", { type: "button", class: "button", click: go }, "Send now");
      const timer = setTimeout(go, seconds * 1000);
      addEventListener("online", go, { once: true });
      view.notice(waitingWords(failure), now);
      function go(): void {
        clearTimeout(timer);
        removeEventListener("online", go);
        resolve();
      }
    });
  }

  async function refused(reply: Reply<SubmitReply>, question: Question): Promise<void> {
    if (reply.ok) return;
    if (isUnauthorized(reply)) return onSignedOut(failureWords(reply.failure));
    const { failure } = reply;
    const status = failure.kind === "refused" ? failure.status : 0;
    // Another tab was here: the session says where it is now.
    if (status === 409 || status === 404)
      return reload("This session has moved on elsewhere. Here is where it is now.");
    view.enable(true);
    if (status === 400) {
      form?.complain(formHint(question));
      form?.focus();
    } else {
      limit(failure);
    }
  }

  function limit(failure: Failure): void {
    const isOver = failure.kind === "refused" && failure.status === 402 && account.user === undefined;
    const signIn = el("button", { type: "button", class: "button primary", click: () => onSignedOut("") }, "Sign in");
    view.notice(failureWords(failure), isOver ? signIn : undefined);
    announce(failureWords(failure));
  }

  async function reload(notice: string): Promise<void> {
    const reply = await account.call<SessionView>({ method: "GET", path });
    if (stopped) return;
    if (!reply.ok) return failed(reply);
    take(reply.data);
    ask(session.current_question, true);
    view.notice(notice);
  }

  function failed<Data>(reply: Reply<Data>): void {
    if (reply.ok) return;
    if (isUnauthorized(reply)) {
      onSignedOut(failureWords(reply.failure));
    } else {
      view.enable(true);
      limit(reply.failure);
    }
  }

  function onNext(): void {
    if (told === undefined) return;
    view.notice(undefined);
    ask(told.next_question, true);
  }

  async function onSkip(): Promise<void> {
    view.enable(false);
    const reply = await account.call<NextReply>({ method: "POST", path: `${path}/next`, body: { skip: true } });
    if (stopped) return;
    if (!reply.ok) return failed(reply);
    view.notice(undefined);
    ask(reply.data.question, true);
    announce("Skipped. Here is another question.");
  }

  async function onFinish(): Promise<void> {
    view.enable(false);
    const reply = await account.call({ method: "POST", path: `${path}/finish` });
    if (stopped) return;
    if (!reply.ok) return failed(reply);
    await end();
  }

  /** The session as the server has it in the end. */
  async function end(): Promise<void> {
    const reply = await account.call<SessionView>({ method: "GET", path });
    if (!stopped) onEnded(reply.ok ? reply.data : session);
  }

  async function beat(body: Beat): Promise<void> {
    const request = { method: "POST", path: `${path}/heartbeat`, body, keepalive: document.hidden } as const;
    const reply = await account.call<SessionView>(request);
    if (stopped || !reply.ok) return;
    // One from before an answer, or after another tab's, is not of the question that is shown.
    if (reply.data.questions_answered === session.questions_answered) take(reply.data);
  }

  take(session);
  const { pending } = options;
  ask(pending?.question ?? session.current_question, false);
  if (pending !== undefined) {
    form?.fill(pending.body.submitted_answer);
    void deliver(pending);
  }
  return {
    node: view.node,
    focus: () => form?.focus(),
    stop() {
      stopped = true;
      clearInterval(clock);
      beats.stop();
    },
  };
}
