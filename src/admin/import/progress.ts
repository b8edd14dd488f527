/** How far an import is, row by row. */
export type Progress = {
  /** One row more is done. It may take its time: others get theirs. */
  step(): Promise<void>;
};

export const noProgress: Progress = { step: () => Promise.resolve() };

/** Tells `report` of every so many rows, and lets the event loop turn, so that what it says is sent. */
export function progressOf(
  total: number,
  every: number,
  report: (progress: { done: number; total: number }) => Promise<void>,
): Progress {
  let done = 0;
  return {
    async step() {
      done += 1;
      if (done % every !== 0 && done !== total) return;
      await report({ done, total });
      await new Promise((resolve) => setTimeout(resolve, 0));
    },
  };
}
