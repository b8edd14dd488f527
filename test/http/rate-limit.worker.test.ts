import { Redis } from "@upstash/redis/cloudflare";
import { afterEach, describe, expect, it } from "vitest";
import { type RatePolicy, rateLimiter } from "../../src/http/rate-limit.ts";
import { createServices } from "../../src/services.ts";
import { bindings } from "../worker/apps.ts";
import { clearFaults, outboundRequests, PLATFORM, setFault } from "../worker/client.ts";

const { redis } = createServices(bindings);

/** So long that no test meets its end. */
const WINDOW_SEC = 2_592_000;

const limiter = (policy: Partial<RatePolicy> = {}) =>
  rateLimiter(redis, { name: crypto.randomUUID(), limit: 3, windowSec: WINDOW_SEC, onRedisDown: "isolate", ...policy });

afterEach(() => clearFaults());

describe("a limit in Redis", () => {
  it("allows as many as it says and tells what is left", async () => {
    const { check } = limiter();
    const decisions = [await check("a"), await check("a"), await check("a"), await check("a")];
    expect(decisions.map(({ allowed }) => allowed)).toEqual([true, true, true, false]);
    expect(decisions.map(({ remaining }) => remaining)).toEqual([2, 1, 0, 0]);
    for (const { limit, resetSec } of decisions) {
      expect(limit).toBe(3);
      expect(resetSec).toBeGreaterThanOrEqual(1);
      expect(resetSec).toBeLessThanOrEqual(WINDOW_SEC);
    }
  });

  it("counts each key apart, and each policy", async () => {
    const { check } = limiter({ limit: 1 });
    expect([(await check("a")).allowed, (await check("b")).allowed]).toEqual([true, true]);
    expect((await limiter({ limit: 1 }).check("a")).allowed).toBe(true);
  });

  it("counts exactly with many at once", async () => {
    const { check } = limiter();
    const decisions = await Promise.all(Array.from({ length: 10 }, () => check("a")));
    expect(decisions.filter(({ allowed }) => allowed)).toHaveLength(3);
  });

  it("takes one request for two limits asked at once", async () => {
    const [one, other] = [limiter(), limiter()];
    await one.check("warm");
    const before = await outboundRequests();
    await Promise.all([one.check("a"), other.check("b")]);
    expect((await outboundRequests()).redis).toBe(before.redis + 1);
  });

  it("is off at 0 and asks nobody", async () => {
    const before = await outboundRequests();
    expect(await limiter({ limit: 0 }).check("a")).toMatchObject({ allowed: true, limit: 0 });
    expect((await outboundRequests()).redis).toBe(before.redis);
  });
});

describe.each(["refuse", "hang", "http_500", "wrong", "drop_reply"])("with a Redis that does as `%s` says", (kind) => {
  it("a limit is decided by the isolate, and more strictly", async () => {
    const { check } = limiter({ limit: 4 });
    await setFault({ target: "redis", kind });
    const first = await check("a");
    expect(first).toMatchObject({ allowed: true, limit: 2, remaining: 1 });
    expect(await check("a")).toMatchObject({ allowed: true, remaining: 0 });
    expect(await check("a")).toMatchObject({ allowed: false, limit: 2, remaining: 0 });
  });

  it("a limit that Redis has seen used up stays used up", async () => {
    const { check } = limiter({ limit: 3 });
    for (let use = 0; use < 3; use++) expect((await check("a")).allowed).toBe(true);
    await setFault({ target: "redis", kind });
    expect((await check("a")).allowed).toBe(false);
    expect((await check("b")).allowed).toBe(true);
  });

  it("a limit that fails open allows, and claims no count", async () => {
    const { check } = limiter({ limit: 1, onRedisDown: "open" });
    await setFault({ target: "redis", kind });
    const decisions = await Promise.all([check("a"), check("a"), check("a")]);
    for (const decision of decisions) expect(decision).toMatchObject({ allowed: true, limit: 0 });
  });
});

describe("with a Redis that is late", () => {
  it("a limit does not wait for it: the isolate decides", async () => {
    const { check } = limiter();
    await setFault({ target: "redis", kind: "delay", ms: 2_000 });
    expect(await check("a")).toMatchObject({ allowed: true, limit: 1 });
  });
});

describe("with a Redis that answers what no script of ours says", () => {
  it.each([
    ["text", "OK"],
    ["nothing", null],
    ["an empty list", []],
    ["another limit", [1, 99]],
    ["more left than there is", [7, 3]],
    ["no numbers", ["a", "b"]],
  ])("%s is taken for no answer", async (_, result) => {
    const liar = new Redis({ url: `${PLATFORM}/redis`, token: "x", enableTelemetry: false });
    const { check } = rateLimiter(Object.assign(liar, { evalsha: async () => result }), {
      name: "liar",
      limit: 3,
      windowSec: 60,
      onRedisDown: "isolate",
    });
    expect(await check(crypto.randomUUID())).toMatchObject({ allowed: true, limit: 1 });
  });
});
