import { say } from "./say.ts";

/** How often it is looked whether whoever started this is still there. */
const PARENT_CHECK_MS = 1000;
/** npm and the terminal send the same signal at once; one that comes later is meant. */
const SAME_SIGNAL_MS = 1000;

/**
 * Says so and resolves when this process shall end: on Ctrl-C, SIGTERM or SIGHUP, or, under npm, where what started it is
 * gone. What is under way may go on until then; a second Ctrl-C ends it at once, whatever it is doing.
 */
export function untilStopped(): Promise<"stopped"> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const stop = (reason: string) => {
      if (first === undefined) say(`\nStopping (${reason}) …`);
      first ??= performance.now();
      if (performance.now() - first > SAME_SIGNAL_MS) process.exit(1);
      resolve("stopped");
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop(signal));
    if (process.env.npm_lifecycle_event === undefined) return;
    const parent = process.ppid;
    const check = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(check);
      stop("what started it is gone");
    }, PARENT_CHECK_MS);
    check.unref();
  });
}

/** The same as a signal, which is aborted then. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  void untilStopped().then(() => controller.abort(new Error("Stopped before it was done.")));
  return controller.signal;
}
