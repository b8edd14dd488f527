import { Ratelimit } from "@upstash/ratelimit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Started, startPlatform, uniqueName } from "./started.ts";

let started: Started;

beforeAll(async () => {
  started = await startPlatform();
});

afterAll(() => started.stop());

// Windows far longer than the test: no turn of a window comes in between.
const algorithms = {
  "fixed window": () => Ratelimit.fixedWindow(3, "30 d"),
  "sliding window": () => Ratelimit.slidingWindow(3, "30 d"),
  "token bucket": () => Ratelimit.tokenBucket(3, "30 d", 3),
};

describe.each(Object.entries(algorithms))("%s", (_name, algorithm) => {
  function newLimit(options: { dynamicLimits?: boolean } = {}): Ratelimit {
    const prefix = uniqueName("limit");
    return new Ratelimit({
      redis: started.redis,
      limiter: algorithm(),
      prefix,
      ephemeralCache: false,
      timeout: 0,
      ...options,
    });
  }

  test("lets through as many as it says and no more", async () => {
    const limit = newLimit();
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => limit.limit("someone")));
    expect(outcomes.map(({ success }) => success).toSorted()).toEqual([false, false, true, true, true]);
    expect((await limit.limit("another")).success).toBe(true);
  });

  test("says what is left, and takes more than one at a time", async () => {
    const limit = newLimit();
    expect((await limit.getRemaining("someone")).remaining).toBe(3);
    expect((await limit.limit("someone", { rate: 2 })).remaining).toBe(1);
    expect((await limit.getRemaining("someone")).remaining).toBe(1);
  });

  test("forgets what was used when it is told to", async () => {
    const limit = newLimit();
    for (let i = 0; i < 3; i += 1) await limit.limit("someone");
    expect((await limit.limit("someone")).success).toBe(false);
    await limit.resetUsedTokens("someone");
    expect((await limit.limit("someone")).success).toBe(true);
  });

  test("keeps to a limit that is set while it runs", async () => {
    const limit = newLimit({ dynamicLimits: true });
    await limit.setDynamicLimit({ limit: 1 });
    expect((await limit.limit("someone")).success).toBe(true);
    expect((await limit.limit("someone")).success).toBe(false);
  });

  test("leaves its keys to end on their own", async () => {
    const prefix = uniqueName("limit");
    const limit = new Ratelimit({
      redis: started.redis,
      limiter: algorithm(),
      prefix,
      ephemeralCache: false,
      timeout: 0,
    });
    await limit.limit("someone");
    const [, keys] = await started.redis.scan("0", { match: `${prefix}*`, count: 100_000 });
    expect(keys).toHaveLength(1);
    expect(await started.redis.pttl(keys[0] ?? "")).toBeGreaterThan(0);
  });
});

test("cached fixed window counts across instances", async () => {
  const prefix = uniqueName("limit");
  const newLimit = () =>
    new Ratelimit({
      redis: started.redis,
      limiter: Ratelimit.cachedFixedWindow(2, "30 d"),
      prefix,
      ephemeralCache: new Map(),
      timeout: 0,
    });
  expect((await newLimit().limit("someone")).success).toBe(true);
  expect((await newLimit().limit("someone")).success).toBe(true);
  expect((await newLimit().limit("someone")).success).toBe(false);
});
