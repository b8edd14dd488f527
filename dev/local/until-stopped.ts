/** How often it is looked whether whoever started this is still there. */
const PARENT_CHECK_MS = 1000;
/** npm and the terminal send the same signal at once; one that comes later is meant. */
const SAME_SIGNAL_MS = 1000;

/**
 * Resolves, with the reason in words, when this process shall end: on Ctrl-C, SIGTERM or SIGHUP, or, under npm, where what
 * started it is gone. A second Ctrl-C ends it at once, whatever it is doing.
 */
export function untilStopped(): Promise<string> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const stop = (reason: string) => {
      first ??= performance.now();
      if (performance.now() - first > SAME_SIGNAL_MS) process.exit(1);
      resolve(reason);
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

/** The same as a signal, which is aborted with an error that says why. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  void untilStopped().then((reason) => controller.abort(new Error(`Stopped (${reason}).`)));
  return controller.signal;
}
