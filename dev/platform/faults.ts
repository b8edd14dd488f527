/** A service that faults can be put before. */
export type Target = "postgres" | "redis";

/** What goes wrong with a request. `refuse` and `drop_reply` end the connection: without, and after, doing the work. */
export type FaultKind = "delay" | "refuse" | "hang" | "drop_reply" | "http_500" | "wrong";

/** A fault for the next `times` requests, or for all until it is cleared; `ms` is how long `delay` waits. */
export interface Fault {
  readonly kind: FaultKind;
  readonly ms?: number | undefined;
  readonly times?: number | undefined;
}

/** What is set for one service and what has come of it. */
export interface FaultReport {
  readonly fault: Fault | null;
  readonly seen: number;
  readonly applied: number;
  readonly inFlight: number;
}

/** Thrown where a real service's connection would break; the server destroys the socket for it. */
export class ConnectionLost extends Error {
  constructor() {
    super("The connection was lost, as the fault that is set asks");
  }
}

/** Faults on demand in front of the services. */
export interface Faults {
  /** Puts `fault` before `target` in place of what was set for it. */
  set(target: Target, fault: Fault): void;
  /** Takes all faults away; what hangs ends with `ConnectionLost`, what is delayed goes on at once. */
  clear(): void;
  report(): Record<Target, FaultReport>;
  /** Does `work` for a request to `target`, or what the fault that is set makes of it; a client that goes away ends its wait. */
  around(target: Target, gone: AbortSignal, work: () => Promise<Response>): Promise<Response>;
}

interface State {
  fault: Fault | null;
  seen: number;
  applied: number;
  inFlight: number;
}

/** No fault set, nothing counted. */
export function createFaults(): Faults {
  const states: Record<Target, State> = { postgres: newState(), redis: newState() };
  const waiting = new Set<() => void>();

  /** Resolves after `ms`, when the faults are cleared, or when the client is gone, whichever is first. */
  function wait(gone: AbortSignal, ms?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(end, ms);
      function end(): void {
        clearTimeout(timer);
        waiting.delete(end);
        gone.removeEventListener("abort", end);
        resolve();
      }
      waiting.add(end);
      gone.addEventListener("abort", end);
      if (gone.aborted) end();
    });
  }

  async function withFault(fault: Fault | null, gone: AbortSignal, work: () => Promise<Response>): Promise<Response> {
    if (fault === null) return work();
    switch (fault.kind) {
      case "delay":
        await wait(gone, fault.ms ?? 0);
        return work();
      case "refuse":
        throw new ConnectionLost();
      case "hang":
        await wait(gone);
        throw new ConnectionLost();
      case "drop_reply":
        await work();
        throw new ConnectionLost();
      case "http_500":
        return Response.json({ error: "Internal Server Error", message: "Internal Server Error" }, { status: 500 });
      case "wrong":
        return Response.json({ unexpected: true });
    }
  }

  return {
    set: (target, fault) => {
      states[target].fault = fault;
    },
    clear: () => {
      for (const state of Object.values(states)) state.fault = null;
      for (const end of [...waiting]) end();
    },
    report: () => ({ postgres: { ...states.postgres }, redis: { ...states.redis } }),
    around: async (target, gone, work) => {
      const state = states[target];
      state.seen += 1;
      state.inFlight += 1;
      try {
        return await withFault(take(state), gone, work);
      } finally {
        state.inFlight -= 1;
      }
    },
  };
}

function newState(): State {
  return { fault: null, seen: 0, applied: 0, inFlight: 0 };
}

function take(state: State): Fault | null {
  const { fault } = state;
  if (fault === null) return null;
  state.applied += 1;
  if (fault.times !== undefined) state.fault = fault.times > 1 ? { ...fault, times: fault.times - 1 } : null;
  return fault;
}
