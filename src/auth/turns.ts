import { serviceUnavailable } from "../http/errors.ts";

export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

type Limits = {
  /** How many may wait and work together; who comes beyond that is refused. */
  readonly bound: number;
  /** After this long somebody is taken for gone: a runtime stops a request whose client left, its `finally` included. */
  readonly goneAfterMs: number;
};

const RETRY_AFTER_SEC = 2;

/**
 * Lets one piece of work at a time run in this isolate and refuses with 503 whoever comes when too many wait. Each waits
 * by a timer of their own, never for another request's promise: workerd ties those to the request that made them, which
 * may never go on.
 */
export function oneAtATime({ bound, goneAfterMs }: Limits): Turns {
  const present = new Map<symbol, number>();
  let working: symbol | undefined;

  const forgetWhoIsGone = () => {
    for (const [ticket, cameAtMs] of present) if (Date.now() - cameAtMs > goneAfterMs) present.delete(ticket);
    if (working !== undefined && !present.has(working)) working = undefined;
  };

  return async (work) => {
    if (present.size >= bound) forgetWhoIsGone();
    if (present.size >= bound) throw serviceUnavailable("Too many people are signing in at once.", RETRY_AFTER_SEC);
    const ticket = Symbol("turn");
    present.set(ticket, Date.now());
    try {
      // At least once, so that those who come meanwhile are counted before the processor is taken.
      do {
        await nextEvent();
        forgetWhoIsGone();
      } while (working !== undefined);
      working = ticket;
      return await work();
    } finally {
      present.delete(ticket);
      if (working === ticket) working = undefined;
    }
  };
}

const nextEvent = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
