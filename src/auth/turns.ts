import { serviceUnavailable } from "../http/errors.ts";

export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

type Limits = {
  /** How many may wait and work together; who comes beyond that is refused. */
  readonly bound: number;
  /** After this long somebody is taken for gone: a runtime stops a request whose client left, its `finally` included. */
  readonly goneAfterMs: number;
  /** The same of one who works, from when they began. */
  readonly workGoneAfterMs: number;
  /** Resolves with the next event of the runtime. */
  readonly nextEvent?: () => Promise<void>;
};

const RETRY_AFTER_SEC = 2;

/**
 * How many events others have before each piece of work where several wait. Work holds the processor, and to read a reply
 * of Postgres's takes several events: one between each two pieces would make every reply wait for all the work there is,
 * past its time on a slow machine (30 sign-ins at once, 200 ms a hash: half of them 503 with one event, none with these).
 */
const EVENTS_BETWEEN = 10;

/**
 * Lets one piece of work at a time run in this isolate and refuses with 503 whoever comes when too many wait. Each waits
 * by a timer of their own, never for another request's promise: workerd ties those to the request that made them, which
 * may never go on. So whoever has the turn works at once: who is stopped while they wait keeps nobody waiting.
 */
export function oneAtATime({ bound, goneAfterMs, workGoneAfterMs, nextEvent = nextTimer }: Limits): Turns {
  const present = new Map<symbol, number>();
  let working: { readonly ticket: symbol; readonly sinceMs: number } | undefined;
  /** How many have had their turn: another number means that somebody worked meanwhile. */
  let turns = 0;

  const forgetWhoIsGone = () => {
    const nowMs = Date.now();
    for (const [ticket, cameAtMs] of present) if (nowMs - cameAtMs > goneAfterMs) present.delete(ticket);
    if (working === undefined || nowMs - working.sinceMs <= workGoneAfterMs) return;
    present.delete(working.ticket);
    working = undefined;
  };

  /**
   * Lets events pass until nobody works and enough have passed since somebody did: one more for each who came before, who
   * so goes first, unless they were stopped.
   */
  const waitForTurn = async (ticket: symbol) => {
    let seen = turns;
    let events = 0;
    do {
      await nextEvent();
      forgetWhoIsGone();
      const isFree = working === undefined && seen === turns;
      seen = turns;
      events = isFree ? events + 1 : 0;
      // At least one, so that those who come meanwhile are counted before the processor is taken.
    } while (events < (present.size > 1 ? EVENTS_BETWEEN + [...present.keys()].indexOf(ticket) : 1));
  };

  return async (work) => {
    if (present.size >= bound) forgetWhoIsGone();
    if (present.size >= bound) throw serviceUnavailable("Too many people are signing in at once.", RETRY_AFTER_SEC);
    const ticket = Symbol("turn");
    present.set(ticket, Date.now());
    try {
      await waitForTurn(ticket);
      working = { ticket, sinceMs: Date.now() };
      turns += 1;
      return await work();
    } finally {
      present.delete(ticket);
      if (working?.ticket === ticket) working = undefined;
    }
  };
}

const nextTimer = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
