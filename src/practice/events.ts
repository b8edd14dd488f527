import type { MistakeType } from "./grading.ts";
import type { PutQuestion, QuestionRef } from "./pool.ts";
import type { ChangeReason } from "./smartscore.ts";

/** What happened in a session; each gets a number (`seq`) in its student's object and is the record's to keep. */
export type PracticeEvent = {
  readonly sessionId: string;
  readonly atMs: number;
  /** The student's local day, fixed when it happens. */
  readonly day: string;
  /** Active time that this event adds, in milliseconds. */
  readonly creditMs: number;
  /** It was numbered anew as its object had been put back to an older state: the record may have it under another number. */
  readonly isResent?: true;
} & (
  | { readonly kind: "opened" }
  | ({ readonly kind: "answered" } & Attempt)
  | ({ readonly kind: "skipped" } & QuestionRef)
  | { readonly kind: "credited" }
  | { readonly kind: "finished" }
);

/** One answered question. A stored one itself is in the session's pool. */
export type Attempt = PutQuestion & {
  readonly attemptId: string;
  readonly submitted: Readonly<Record<string, unknown>>;
  readonly correct: boolean;
  readonly mistakeType: MistakeType | null;
  /** The client's claim, capped by the time since the question was put. */
  readonly timeSpentSec: number;
  readonly scoreBefore: number;
  readonly scoreAfter: number;
  readonly reason: ChangeReason;
  /** The reason as the student reads it. */
  readonly message: string;
};
