const MARK = { begun: "…", done: "✓", failed: "✗" } as const;
const REDRAW_MS = 1000;

/** Says one plain line. */
export function say(line = ""): void {
  console.log(line);
}

/** How a longer piece of work is told about: `step` tells, `quietly` does not. */
export type Step = <Result>(what: string, work: (note: (text: string) => void) => Promise<Result>) => Promise<Result>;

export const quietly: Step = (_what, work) => work(() => {});

/**
 * Says that `what` is being done, runs `work`, and says how long it took; a terminal shows the seconds go by. What `work`
 * passes to its argument is said at the end, after `what`.
 */
export async function step<Result>(
  what: string,
  work: (note: (text: string) => void) => Promise<Result>,
): Promise<Result> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  let note = "";
  const redraw = showBegun(what, seconds);
  try {
    const result = await work((text) => {
      note = `: ${text}`;
    });
    redraw.end(`  ${MARK.done} ${what}${note} (${seconds().toFixed(1)} s)`);
    return result;
  } catch (error) {
    redraw.end(`  ${MARK.failed} ${what}`);
    throw error;
  }
}

function showBegun(what: string, seconds: () => number): { end(line: string): void } {
  if (!process.stdout.isTTY) {
    say(`  ${MARK.begun} ${what}`);
    return { end: say };
  }
  const draw = () => process.stdout.write(`\r  ${MARK.begun} ${what} (${Math.round(seconds())} s)`);
  process.stdout.write(`  ${MARK.begun} ${what}`);
  const timer = setInterval(draw, REDRAW_MS);
  return {
    end: (line) => {
      clearInterval(timer);
      process.stdout.write(`\r\u001b[K${line}\n`);
    },
  };
}

/** Runs a command to its end; what it throws is said as one message, and the exit code is 1. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    if (process.env.DEBUG !== undefined) console.error(error);
    process.exit(1);
  }
}
