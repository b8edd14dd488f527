import type { KeyedQuestion } from "../practice/question.ts";
import type { Scalar } from "./values.ts";

/** Which instance: the session's seed, and how many of this template the session has had before it. */
export type InstanceOf = { readonly seed: number; readonly number: number };

/** A question with its key, but for its id, as the record keeps it. */
export type Instance = Omit<KeyedQuestion, "id"> & {
  /** What to say to a wrong choice once the answer is in, by the choice's id. */
  readonly feedback: Readonly<Record<string, string>>;
};

/** An answer that was judged: a choice, or the answer itself; `path` is where in the template it comes from. */
export type Judged = { readonly path: string; readonly value: Scalar; readonly right: boolean };
