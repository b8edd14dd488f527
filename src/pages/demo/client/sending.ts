import type { SubmitReply } from "../../../practice/schemas.ts";
import type { Account } from "./account.ts";
import type { Question } from "./answer.ts";
import type { Failure, Reply } from "./api.ts";
import { backoffSec } from "./backoff.ts";
import { forget, keep, kept } from "./kept.ts";

/** An answer on its way. Its key makes it count once, however often it is sent. */
export type Submission = {
  readonly sessionId: string;
  readonly key: string;
  /** What it answers, as it was asked. */
  readonly question: Question;
  readonly body: {
    readonly question_id: number;
    readonly submitted_answer: Readonly<Record<string, unknown>>;
    readonly time_spent_sec: number;
  };
};

const SLOT = "submission";
const WITHOUT_RETRY_AFTER_SEC = 5;

/** A key that nobody else makes. (`crypto.randomUUID` is there on https and localhost only.) */
export const newKey = () => [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("-");

/** The answer that had no reply yet when the page was left. */
export const unansweredSubmission = () => kept<Submission>(SLOT);
export const forgetSubmission = () => forget(SLOT);

/**
 * After how many seconds to send the same answer again; undefined where the reply is final. Until then nobody knows whether
 * it counted, and sending it again does no harm.
 */
export function resendAfterSec(failure: Failure, attempt: number, random: number): number | undefined {
  if (failure.kind === "offline") return backoffSec(attempt, random);
  if (failure.status === 429) return failure.retryAfterSec ?? WITHOUT_RETRY_AFTER_SEC;
  if (failure.status >= 500) return Math.max(failure.retryAfterSec ?? 0, backoffSec(attempt, random));
  return failure.code === "idempotency_in_progress" ? backoffSec(attempt, random) : undefined;
}

type Waits = {
  /** Called when an attempt failed; resolves when it is time for the next one. */
  pause(failure: Failure, seconds: number): Promise<void>;
};

/** Sends an answer until there is a final reply. It is kept over a reload until then. */
export async function submit(account: Account, submission: Submission, { pause }: Waits): Promise<Reply<SubmitReply>> {
  keep(SLOT, submission);
  const { sessionId, key, body } = submission;
  for (let attempt = 1; ; attempt++) {
    const path = `/practice/sessions/${sessionId}/submit`;
    const reply = await account.call<SubmitReply>({ method: "POST", path, body, key });
    const seconds = reply.ok ? undefined : resendAfterSec(reply.failure, attempt, Math.random());
    if (reply.ok || seconds === undefined) {
      forgetSubmission();
      return reply;
    }
    await pause(reply.failure, seconds);
  }
}
