import { Redis } from "@upstash/redis/cloudflare";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { redisToken, type Started, startPlatform, uniqueName } from "./started.ts";

let started: Started;
let redis: Redis;

beforeAll(async () => {
  started = await startPlatform();
  redis = started.redis;
});

afterAll(() => started.stop());

describe("values", () => {
  test.each(["1234", "ünïcode 🦉", "OK", "b64==", "", "true", '"quoted"'])(
    "a string comes back as it went: %j",
    async (text) => {
      const raw = new Redis({ url: `${started.served.url}/redis`, token: redisToken, automaticDeserialization: false });
      const key = uniqueName("value");
      await raw.set(key, text);
      expect(await raw.get(key)).toBe(text);
      expect(await raw.mget(key, uniqueName("none"))).toEqual([text, null]);
    },
  );

  test("an object comes back as it went", async () => {
    const key = uniqueName("value");
    await redis.set(key, { name: "Žofie", scores: [1, 2.5] });
    expect(await redis.get(key)).toEqual({ name: "Žofie", scores: [1, 2.5] });
  });

  test("nested arrays are decoded", async () => {
    const prefix = uniqueName("nested");
    await redis.mset({ [`${prefix}:ß1`]: 1, [`${prefix}:ß2`]: 2 });
    const [, keys] = await redis.scan("0", { match: `${prefix}:*`, count: 100_000 });
    expect(keys.toSorted()).toEqual([`${prefix}:ß1`, `${prefix}:ß2`]);
  });
});

describe("commands", () => {
  test("SET NX takes a key once", async () => {
    const key = uniqueName("lock");
    expect(await redis.set(key, "first", { nx: true, ex: 60 })).toBe("OK");
    expect(await redis.set(key, "second", { nx: true, ex: 60 })).toBeNull();
    expect(await redis.get(key)).toBe("first");
    expect(await redis.ttl(key)).toBeGreaterThan(0);
  });

  test("a pipeline answers each command on its own, errors too", async () => {
    const key = uniqueName("pipeline");
    const results = await redis.pipeline().set(key, "text").incr(key).get(key).exec({ keepErrors: true });
    expect(results).toEqual([
      { result: "OK", error: undefined },
      { result: undefined, error: "ERR value is not an integer or out of range" },
      { result: "text", error: undefined },
    ]);
  });

  test("a transaction runs as one", async () => {
    const key = uniqueName("multi");
    const runs = Array.from({ length: 10 }, () => redis.multi().incr(key).incr(key).exec<[number, number]>());
    for (const [first, second] of await Promise.all(runs)) expect(second).toBe(first + 1);
    expect(await redis.get(key)).toBe(20);
  });

  test("a transaction with a command that does not exist does nothing", async () => {
    const key = uniqueName("multi");
    const body = JSON.stringify([["SET", key, "1"], ["NOSUCHTHING"]]);
    const headers = { authorization: `Bearer ${redisToken}` };
    const response = await fetch(`${started.served.url}/redis/multi-exec`, { method: "POST", headers, body });
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: "EXECABORT Transaction discarded because of previous errors." },
    ]);
    expect(await redis.get(key)).toBeNull();
  });

  test("an error is Redis's own", async () => {
    const key = uniqueName("type");
    await redis.hset(key, { field: 1 });
    await expect(redis.get(key)).rejects.toThrow("WRONGTYPE Operation against a key holding the wrong kind of value");
  });

  test("a path is a command, its parameters are options, its body is the last argument", async () => {
    const key = uniqueName("path");
    const headers = { authorization: `Bearer ${redisToken}` };
    const base = `${started.served.url}/redis`;
    const set = await fetch(`${base}/set/${key}?EX=60`, { method: "POST", headers, body: "a value/ü" });
    expect(await set.json()).toEqual({ result: "OK" });
    expect(await (await fetch(`${base}/get/${key}`, { headers })).json()).toEqual({ result: "a value/ü" });
  });
});

describe("the protocol", () => {
  test("refuses a token that is not its own", async () => {
    const stranger = new Redis({ url: `${started.served.url}/redis`, token: "another", retry: false });
    await expect(stranger.get("key")).rejects.toThrow("WRONGPASS");
  });

  test("gives a sync token", async () => {
    const headers = { authorization: `Bearer ${redisToken}` };
    const response = await fetch(`${started.served.url}/redis`, { method: "POST", headers, body: '["PING"]' });
    expect(await response.json()).toEqual({ result: "PONG" });
    expect(response.headers.get("upstash-sync-token")).toBeTruthy();
  });

  test("counts requests and commands", async () => {
    await started.control("DELETE", "/stats");
    await redis.pipeline().ping().ping().exec();
    expect(await started.control("GET", "/stats")).toEqual({
      postgres: { requests: 0, statements: 0 },
      redis: { requests: 1, commands: 2 },
    });
  });
});

describe("scripts", () => {
  const script = (body: string) => `#!lua flags=allow-key-locking\n-- ${uniqueName("script")}\n${body}`;

  test("are not known by their hash until they have been sent", async () => {
    const add = redis.createScript<number>(script('return redis.call("INCRBY", KEYS[1], ARGV[1])'));
    const key = uniqueName("counter");
    await expect(redis.evalsha(await sha(add.script), [key], ["2"])).rejects.toThrow("NOSCRIPT");
    expect(await add.exec([key], ["2"])).toBe(2);
    expect(await redis.evalsha(await sha(add.script), [key], ["3"])).toBe(5);
    expect(await redis.scriptExists(await sha(add.script), "0".repeat(40))).toEqual([1, 0]);
  });

  test("can be loaded, and are known by the hash of all they are", async () => {
    const text = script("return {KEYS[1], ARGV[1], #KEYS, false, 3.9}");
    expect(await redis.scriptLoad(text)).toBe(await sha(text));
    expect(await redis.evalsha(await sha(text), ["ключ"], ["значение"])).toEqual(["ключ", "значение", 1, null, 3]);
  });

  test("have the doubles of Lua 5.1: a time in milliseconds neither wraps nor gets a fraction", async () => {
    const body = `
      local window, now = ARGV[1], tonumber(ARGV[2])
      return { tostring(window * 2 + 1000), window * 2 + 1000, tostring(now), math.floor(now / 1000) * 1000,
        KEYS[1] .. ":" .. 7, tostring(10 / 2), tostring(1e15), tostring(2 ^ 53), tostring(0.1), now % window }`;
    expect(await redis.eval(script(body), ["k"], ["2592000000", "1767225600123"])).toEqual([
      5184001000,
      5184001000,
      1767225600123,
      1767225600000,
      "k:7",
      5,
      "1e+15",
      "9.007199254741e+15",
      0.1,
      1767225600123 % 2592000000,
    ]);
  });

  test("hand over numbers whole", async () => {
    const key = uniqueName("number");
    const body = 'redis.call("SET", KEYS[1], 1767225600000 + 1) return redis.call("GET", KEYS[1])';
    expect(await redis.eval(script(body), [key], [])).toBe(1767225600001);
  });

  test("catch errors, or pass them on", async () => {
    const key = uniqueName("caught");
    await redis.set(key, "text");
    const caught = 'local r = redis.pcall("INCR", KEYS[1]) return r.err';
    expect(await redis.eval(caught, [key], [])).toBe("ERR value is not an integer or out of range");
    const thrown = 'redis.call("INCR", KEYS[1])';
    await expect(redis.eval(thrown, [key], [])).rejects.toThrow("ERR value is not an integer or out of range script:");
    await expect(redis.eval('return redis.error_reply("CUSTOM went wrong")', [], [])).rejects.toThrow(
      "CUSTOM went wrong",
    );
    await expect(redis.eval("return nosuchthing", [], [])).rejects.toThrow(
      "Script attempted to access nonexistent global variable 'nosuchthing'",
    );
    await expect(redis.eval("return (", [], [])).rejects.toThrow(
      "ERR Error compiling script (new function): user_script:1:",
    );
    expect(await redis.eval('return redis.status_reply("FINE")', [], [])).toBe("FINE");
  });
});

async function sha(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest("SHA-1", new TextEncoder().encode(text))).toString("hex");
}
