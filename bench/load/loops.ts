import { setTimeout as sleep } from "node:timers/promises";

/** Latencies in milliseconds, how many requests the server answered, those between two acts too, and how long it all took. */
export type Measured = { readonly latenciesMs: readonly number[]; readonly requests: number; readonly seconds: number };

/** One simulated user. */
export type User = {
  /** One request, answered: what is measured. */
  act(): Promise<void>;
  /** What else they ask before the next one: the server bears it, but it is no part of a latency. How many requests it was. */
  between?(): Promise<number>;
};

/** Every user sends the next request as soon as the last is answered: what the server can do at most. */
export async function closedLoop(users: readonly User[], seconds: number): Promise<Measured> {
  const latenciesMs: number[] = [];
  let others = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  await Promise.all(
    users.map(async (user) => {
      for (let now = performance.now(); now < endsAt; now = performance.now()) {
        await user.act();
        latenciesMs.push(performance.now() - now);
        others += (await user.between?.()) ?? 0;
      }
    }),
  );
  return measured(latenciesMs, others, startedAt);
}

/**
 * Requests begin at a fixed rate whatever the server does, taken by the users in turn, except who is at something else
 * between two; a latency counts from when its request was due, so that a stall is not left out of the figures.
 */
export async function openLoop(users: readonly User[], ratePerSec: number, seconds: number): Promise<Measured> {
  const latenciesMs: number[] = [];
  let others = 0;
  const busy = users.map(() => Promise.resolve());
  const away = new Set<number>();
  let turn = 0;
  const nextTurn = () => {
    for (let passed = 0; passed < users.length && away.has(turn); passed++) turn = (turn + 1) % users.length;
    const taken = turn;
    turn = (turn + 1) % users.length;
    return taken;
  };
  const startedAt = performance.now();
  const total = Math.round(ratePerSec * seconds);
  for (let sent = 0; sent < total; ) {
    const dueCount = Math.min(total, Math.floor(((performance.now() - startedAt) / 1000) * ratePerSec) + 1);
    for (; sent < dueCount; sent++) {
      const dueAt = startedAt + (sent / ratePerSec) * 1000;
      const taken = nextTurn();
      const user = users[taken];
      if (!user) continue;
      busy[taken] = (busy[taken] ?? Promise.resolve())
        .then(() => user.act())
        .then(() => void latenciesMs.push(performance.now() - dueAt))
        .then(() => void away.add(taken))
        .then(() => user.between?.())
        .then((requests = 0) => {
          others += requests;
          away.delete(taken);
        });
    }
    await sleep(1);
  }
  await Promise.all(busy);
  return measured(latenciesMs, others, startedAt);
}

function measured(latenciesMs: readonly number[], others: number, startedAt: number): Measured {
  return { latenciesMs, requests: latenciesMs.length + others, seconds: (performance.now() - startedAt) / 1000 };
}
