import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** How long a process may take to end by itself before it is killed. */
const PATIENCE_MS = 6000;

export type ChildOptions = {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Every line of its standard output and standard error. */
  readonly onLine: (line: string, stream: "stdout" | "stderr") => void;
  /** Opens descriptor 3 for the child to write to, and hears its lines. */
  readonly onControl?: (line: string) => void;
};

/** A process in a group of its own, so that a Ctrl-C in the terminal reaches it only through us. */
export type Child = {
  readonly pid: number;
  /** Resolves with how it ended, in words. */
  readonly ended: Promise<string>;
  /** SIGKILL to its whole group. */
  kill(): void;
  /** SIGTERM, and SIGKILL where that is not enough; resolves when it has ended. */
  stop(): Promise<void>;
};

/** Starts a process that does not outlive this one, however this one ends; rejects where it cannot be started. */
export async function startChild(
  command: string,
  args: readonly string[],
  { cwd, env, onLine, onControl }: ChildOptions,
): Promise<Child> {
  const child = spawn(command, [...args], {
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env }),
    detached: true,
    stdio: ["ignore", "pipe", "pipe", onControl === undefined ? "ignore" : "pipe"],
  });
  await new Promise<void>((resolve, reject) => child.once("spawn", resolve).once("error", reject));
  const pid = child.pid ?? 0;
  readLines(child.stdout, (line) => onLine(line, "stdout"));
  readLines(child.stderr, (line) => onLine(line, "stderr"));
  if (onControl !== undefined) readLines(child.stdio[3] as Readable | null, onControl);

  const watchdog = killWhenThisEnds(pid);
  const ended = new Promise<string>((resolve) => {
    child.once("close", (code, signal) => {
      watchdog.kill("SIGKILL");
      resolve(signal === null ? `exit code ${code}` : signal);
    });
  });
  return {
    pid,
    ended,
    kill: () => signalGroup(pid, "SIGKILL"),
    stop: async () => {
      signalGroup(pid, "SIGTERM");
      const impatience = setTimeout(() => signalGroup(pid, "SIGKILL"), PATIENCE_MS);
      await ended;
      clearTimeout(impatience);
    },
  };
}

/** A shell that does nothing but wait for the end of its input, which is the end of this process, and then kills the group. */
function killWhenThisEnds(pid: number): ChildProcess {
  const script = 'read -r _; kill -s TERM -- "-$1" && sleep 3; kill -s KILL -- "-$1"';
  const watchdog = spawn("sh", ["-c", script, "sh", String(pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watchdog.on("error", () => {});
  watchdog.stdin.on("error", () => {});
  watchdog.unref();
  return watchdog;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended already.
  }
}

function readLines(stream: Readable | null, onLine: (line: string) => void): void {
  if (stream !== null) createInterface({ input: stream }).on("line", onLine);
}
