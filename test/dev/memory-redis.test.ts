import { beforeEach, describe, expect, test } from "vitest";
import { Failure, type RedisEngine, type Reply, Status } from "../../dev/platform/redis/engine.ts";
import { openMemoryRedis } from "../../dev/platform/redis/memory/index.ts";

let now: number;
let redis: RedisEngine;

beforeEach(() => {
  now = Date.parse("2026-01-02T03:04:05.678Z");
  redis = openMemoryRedis(() => now);
});

/** Runs a command written as one line of words. */
async function run(line: string): Promise<Reply> {
  const reply = await redis.run(line.split(" "));
  if (reply instanceof Status) return reply.text;
  if (reply instanceof Failure) throw reply;
  return reply;
}

describe("a key with an end", () => {
  test("is there until its time and gone at it", async () => {
    await run("SET key value PX 1000");
    now += 999;
    expect([await run("GET key"), await run("PTTL key"), await run("EXISTS key")]).toEqual(["value", 1, 1]);
    now += 1;
    expect([await run("GET key"), await run("PTTL key"), await run("EXISTS key")]).toEqual([null, -2, 0]);
    expect([await run("DBSIZE"), await run("KEYS *"), await run("SCAN 0")]).toEqual([0, [], ["0", []]]);
    expect(await run("SET key again NX")).toBe("OK");
    expect(await run("TTL key")).toBe(-1);
  });

  test("keeps its end when it counts, and loses it when it is set", async () => {
    await run("SET key 1 EX 10");
    await run("INCR key");
    expect(await run("TTL key")).toBe(10);
    await run("SET key 5 KEEPTTL");
    expect(await run("TTL key")).toBe(10);
    await run("SET key 5");
    expect(await run("TTL key")).toBe(-1);
  });

  test("can end at a moment, later, sooner, or never", async () => {
    await run("SET key 1");
    expect(await run(`PEXPIREAT key ${now + 5000}`)).toBe(1);
    expect(await run("PEXPIRETIME key")).toBe(now + 5000);
    expect([await run("EXPIRE key 3 GT"), await run("EXPIRE key 30 GT"), await run("TTL key")]).toEqual([0, 1, 30]);
    expect([await run("PERSIST key"), await run("PERSIST key"), await run("TTL key")]).toEqual([1, 0, -1]);
    expect([await run("EXPIRE key 0"), await run("EXISTS key")]).toEqual([1, 0]);
  });

  test("does not end in the middle of a script", async () => {
    await run("SET key value PX 1000");
    const script = 'redis.call("PTTL", KEYS[1]) return redis.call("PTTL", KEYS[1])';
    expect(await redis.run(["EVAL", script, "1", "key"])).toBe(1000);
  });

  test("takes no room once it is over", async () => {
    for (let i = 0; i < 3000; i += 1) {
      await run(`SET key:${i} value PX 1`);
      now += 1;
    }
    expect(await run("DBSIZE")).toBe(0);
  });
});

describe("a scan", () => {
  test("finds every key once, in steps", async () => {
    const names = Array.from({ length: 25 }, (_, index) => `key:${index}`);
    for (const name of names) await run(`SET ${name} value`);
    await run("HSET other field value");
    expect(await scan("MATCH key:* COUNT 4")).toEqual(names);
    expect(await scan("TYPE hash")).toEqual(["other"]);
  });

  test("misses none where keys are deleted on the way", async () => {
    for (let i = 0; i < 25; i += 1) await run(`SET key:${i} value`);
    expect(await scan("COUNT 3", (name) => run(`DEL ${name}`))).toHaveLength(25);
    expect(await run("DBSIZE")).toBe(0);
  });

  async function scan(options: string, each: (name: string) => Promise<unknown> = async () => {}): Promise<string[]> {
    const found: string[] = [];
    let cursor = "0";
    do {
      const [next, names] = (await run(`SCAN ${cursor} ${options}`)) as [string, string[]];
      for (const name of names) await each(name);
      found.push(...names);
      cursor = next;
    } while (cursor !== "0");
    return found;
  }
});

describe("the server", () => {
  test("tells the time", async () => {
    expect(await run("TIME")).toEqual([String(Math.floor(now / 1000)), "678000"]);
  });

  test("forgets everything, and scripts on their own", async () => {
    await run("SET key value");
    const sha = await redis.run(["SCRIPT", "LOAD", "return 1"]);
    expect([await run("FLUSHALL"), await run("DBSIZE"), await run(`EVALSHA ${sha} 0`)]).toEqual(["OK", 0, 1]);
    expect(await run("SCRIPT FLUSH")).toBe("OK");
    await expect(run(`EVALSHA ${sha} 0`)).rejects.toThrow("NOSCRIPT No matching script. Please use EVAL.");
  });
});
