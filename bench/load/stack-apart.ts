import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { StackOptions } from "../../dev/stack.ts";

export type StackApart = {
  readonly baseUrl: string;
  readonly platformUrl: string;
  /** Of workerd. */
  readonly pid: number;
  stop(): Promise<void>;
};

/**
 * The product on a thread of its own: the embedded Postgres computes where it runs, and latencies that are measured beside
 * it would hold its work too.
 */
export async function startStackApart(options: Omit<StackOptions, "onLine" | "step">): Promise<StackApart> {
  const thread = new Worker(new URL("./stack-thread.ts", import.meta.url), { workerData: options });
  // Rejects where the thread fails.
  const [where] = (await once(thread, "message")) as [Omit<StackApart, "stop">];
  return {
    ...where,
    stop: async () => {
      const ended = once(thread, "exit");
      thread.postMessage("stop");
      await ended;
    },
  };
}
