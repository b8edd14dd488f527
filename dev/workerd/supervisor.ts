import { EventEmitter, once } from "node:events";
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { type Child, startChild } from "../local/child.ts";
import { HOST } from "../local/ports.ts";
import type { Variables } from "../local/settings.ts";
import { WRANGLER } from "../local/wrangler.ts";

/** The program that comes with wrangler: what builds the Worker and what runs it belong together. */
const { default: WORKERD } = createRequire(WRANGLER)("workerd") as { readonly default: string };

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
/** One that has served this long died of something new: the pauses start over. */
const STABLE_MS = 10_000;

/** The pause before start number `failures` after deaths in close succession: none at first, then 0.1 s, doubling up to 10 s. */
export function pauseBeforeRestart(failures: number): number {
  return failures <= 1 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (failures - 2), LONGEST_PAUSE_MS);
}

export type SupervisorOptions = {
  readonly configFile: string;
  /** 0 picks a free one, which is kept over restarts. */
  readonly port: number;
  readonly settings: Variables;
  /** What workerd writes, and what there is to say about it. */
  readonly onLine: (line: string) => void;
};

/** workerd, started again whenever it dies. */
export type Supervisor = {
  readonly port: number;
  /** Of the one that runs now; undefined between two. */
  readonly pid: number | undefined;
  /** Kills the one that runs with SIGKILL; resolves when it is dead. It is started again, without a pause. */
  kill(): Promise<void>;
  /** Resolves when one serves. */
  serving(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts workerd and resolves when it serves; rejects with what it wrote where it does not get that far. */
export async function superviseWorkerd(options: SupervisorOptions): Promise<Supervisor> {
  const changes = new EventEmitter();
  const stopping = new AbortController();
  const first = await startWorkerd(options, options.port);
  const { port } = first;
  let current: Child | undefined = first.child;
  let isKilled = false;

  async function keepAlive(): Promise<void> {
    let failures = 0;
    let startedAt = performance.now();
    while (!stopping.signal.aborted) {
      const end = (await current?.ended) ?? "";
      current = undefined;
      if (stopping.signal.aborted) return;
      failures = isKilled || performance.now() - startedAt > STABLE_MS ? 1 : failures + 1;
      isKilled = false;
      options.onLine(`workerd has died (${end}); starting it again.`);
      while (current === undefined) {
        await sleep(pauseBeforeRestart(failures), undefined, { signal: stopping.signal }).catch(() => {});
        if (stopping.signal.aborted) return;
        startedAt = performance.now();
        const started = await startWorkerd(options, port).catch((error: Error) => {
          failures += 1;
          options.onLine(`${error.message}\nTrying again in ${pauseBeforeRestart(failures) / 1000} s.`);
        });
        current = started?.child;
      }
      options.onLine("workerd serves again.");
      changes.emit("serving");
    }
  }
  const kept = keepAlive();

  return {
    port,
    get pid() {
      return current?.pid;
    },
    kill: async () => {
      const child = current;
      isKilled = child !== undefined;
      child?.kill();
      await child?.ended;
    },
    serving: async () => {
      while (current === undefined && !stopping.signal.aborted) await once(changes, "serving");
    },
    stop: async () => {
      stopping.abort();
      await current?.stop();
      await kept;
      // Whoever waits for it to serve waits no longer.
      changes.emit("serving");
    },
  };
}

/** Resolves when it listens. */
async function startWorkerd(
  { configFile, settings, onLine }: SupervisorOptions,
  port: number,
): Promise<{ child: Child; port: number }> {
  const listening = Promise.withResolvers<number>();
  const written: string[] = [];
  let begun = false;
  const args = ["serve", configFile, "--control-fd=3", `--socket-addr=http=${HOST}:${port}`];
  const child = await startChild(WORKERD, args, {
    // Where Workers run it is always UTC.
    env: { ...process.env, ...settings, TZ: "UTC" },
    onLine: (line) => (begun ? onLine(line) : written.push(line)),
    onControl: (line) => {
      const message = JSON.parse(line) as { event: string; socket?: string; port?: number };
      if (message.event === "listen" && message.socket === "http") listening.resolve(message.port ?? port);
    },
  });
  const died = child.ended.then((end) => {
    throw new Error(`workerd did not start (${end}):\n${written.join("\n")}`);
  });
  const bound = await Promise.race([listening.promise, died]);
  // From here on its end is told by `ended`.
  died.catch(() => {});
  begun = true;
  for (const line of written) onLine(line);
  return { child, port: bound };
}
