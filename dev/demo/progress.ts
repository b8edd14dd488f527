import { say } from "../local/say.ts";

const WIDTH = 40;

/** Shows how far a score from 0 to 100 has come: one line that is drawn over in a terminal, a line each time elsewhere. */
export function showProgress(score: number, text: string): void {
  const filled = Math.round((score / 100) * WIDTH);
  const line = `  ${"█".repeat(filled)}${"░".repeat(WIDTH - filled)} ${String(score).padStart(3)}  ${text}`;
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${line.slice(0, process.stdout.columns - 1)}`);
  else say(line);
}

/** Leaves the line as it is and goes on below it. */
export function endProgress(): void {
  if (process.stdout.isTTY) process.stdout.write("\n");
}
