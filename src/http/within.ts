/**
 * What `work` resolves with, if it does so in `ms` milliseconds; else it rejects with an error named TimeoutError.
 * The work itself goes on: who gives up on it here does not stop it.
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new DOMException(`No answer within ${ms} ms`, "TimeoutError")), ms);
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
