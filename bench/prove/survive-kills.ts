import { setTimeout as sleep } from "node:timers/promises";
import type { Stack } from "../../dev/stack.ts";
import { clearFaults, setFault } from "./platform.ts";
import { newStudents, practise } from "./practising.ts";
import { type Differences, differencesInRecord } from "./record.ts";

export type Survived = Differences & {
  readonly acknowledged: number;
  /** Answers that were in when workerd was killed, and whose students got the first reply on asking again. */
  readonly replayed: number;
  readonly restartsMs: readonly number[];
};

type Plan = {
  readonly kills: number;
  readonly students: number;
  /** How long students answer between two kills: at least, and at most. */
  readonly pauseMs: readonly [number, number];
};

/** So many of Postgres's replies get lost before each kill: what was done is done, and must not be done again. */
const LOST_REPLIES = 3;

/** Kills workerd again and again while students answer and replies of Postgres get lost, and compares the record with what they were told. */
export async function surviveKills(
  stack: Stack,
  { kills, students, pauseMs: [shortest, longest] }: Plan,
): Promise<Survived> {
  const platformUrl = stack.platformUrl ?? "";
  const stop = new AbortController();
  const practising = practise(stack.baseUrl, await newStudents(stack.baseUrl, students), stop.signal);
  // A student who fails ends it all, also while another kill is awaited.
  const failed = practising.then(() => new Promise<never>(() => {}));
  const restartsMs: number[] = [];
  const killAll = async () => {
    for (let kill = 0; kill < kills && !stop.signal.aborted; kill += 1) {
      await setFault(platformUrl, { target: "postgres", kind: "drop_reply", times: LOST_REPLIES });
      await sleep(shortest + Math.random() * (longest - shortest));
      const killedAt = performance.now();
      await stack.killWorkerd();
      await stack.serving();
      restartsMs.push(performance.now() - killedAt);
    }
  };
  try {
    await Promise.race([killAll(), failed]);
  } finally {
    stop.abort();
    await clearFaults(platformUrl);
  }
  const practised = await practising;
  const differences = await differencesInRecord(platformUrl, practised);
  return {
    ...differences,
    acknowledged: practised.reduce((sum, { answers }) => sum + answers.length, 0),
    replayed: practised.reduce((sum, one) => sum + one.replayed, 0),
    restartsMs,
  };
}
