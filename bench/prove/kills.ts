/**
 * `npm run prove:kills [-- kills] [-- students]`: kills workerd with SIGKILL again and again while students answer and
 * some replies of Postgres get lost, and then finds every answer that was acknowledged in Postgres, exactly once and as
 * it was told, and the same sums of answers and time by session, skill and day. Exits with 1 where not.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand, say, step } from "../../dev/local/say.ts";
import { startStack } from "../../dev/stack.ts";
import { median } from "../load/figures.ts";
import { surviveKills } from "./survive-kills.ts";

await runCommand(async () => {
  const [kills = 20, students = 20] = process.argv.slice(2).map(Number);
  const dir = await mkdtemp(join(tmpdir(), "ascent-prove-kills-"));
  const stack = await startStack({
    dir,
    demo: false,
    settings: { ARGON2_MEMORY_KIB: "64", ARGON2_ITERATIONS: "1", SUBMIT_RATE_LIMIT: "0", HEARTBEAT_RATE_LIMIT: "0" },
    databaseUrl: process.env.LOCAL_DATABASE_URL,
    redisUrl: process.env.LOCAL_REDIS_URL,
    onLine: () => {},
    step,
  });
  try {
    const { restartsMs, ...counts } = await step(`${kills} kills while ${students} students answer`, () =>
      surviveKills(stack, { kills, students, pauseMs: [300, 1_500] }),
    );
    const lines: [string, number | string][] = [
      ["Kills", kills],
      ["Restart, median", `${median(restartsMs).toFixed(0)} ms`],
      ["Answers acknowledged", counts.acknowledged],
      ["  of them in when their reply was lost, and replayed", counts.replayed],
      ["Acknowledged, and not in Postgres", counts.missing],
      ["In Postgres, and not acknowledged, or twice", counts.extra],
      ["In Postgres, and not as it was told", counts.different],
      ["Students whose sums are wrong", counts.wrongSums],
    ];
    say();
    for (const [what, count] of lines) say(`  ${what.padEnd(56)}${String(count).padStart(8)}`);
    if (counts.missing + counts.extra + counts.different + counts.wrongSums > 0 || counts.acknowledged === 0) {
      throw new Error("The record is not what the students were told.");
    }
  } finally {
    await stack.stop();
    await rm(dir, { recursive: true });
  }
});
