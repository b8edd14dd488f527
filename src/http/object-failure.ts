/** Whether a call of a Durable Object failed because the object has too much to do: it is to be left alone. */
export const isOverloaded = (thrown: unknown): boolean =>
  thrown instanceof Error && "overloaded" in thrown && thrown.overloaded === true;

/** Whether a call of a Durable Object failed on its way, as the platform moved or restarted it: another may arrive. */
export const isRetryable = (thrown: unknown): boolean =>
  thrown instanceof Error && "retryable" in thrown && thrown.retryable === true;
