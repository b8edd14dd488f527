import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bytesOf, Failure, type RedisEngine, type Reply, Status } from "../../dev/platform/redis/engine.ts";
import { openMemoryRedis } from "../../dev/platform/redis/memory/index.ts";
import { openRedis } from "../../dev/platform/redis/real.ts";
import { uniqueName } from "./started.ts";

/** Few keys, fields and values, so that commands meet on them; a fresh prefix each run, as the real Redis is shared. */
const key = fc.constantFrom("{p}:a", "{p}:b", "{p}:ü", "{p}:list");
/** Redis adds with more digits than there are here: only numbers that both hold exactly come together. */
const floatKey = fc.constant("{p}:float");
const field = fc.constantFrom("f", "g", "ß");
const integer = fc.constantFrom("0", "1", "-1", "7", "-12", "9223372036854775807", "-9223372036854775808");
const score = fc.constantFrom("0", "1", "-1", "2.5", "10", "+inf", "-inf", "3e2");
const oddity = fc.constantFrom("", "x", "1.5", "01", "+1", " 1", "nan", "9223372036854775808", "1e3", "OK");
const value = fc.oneof({ weight: 3, arbitrary: integer }, { weight: 1, arbitrary: oddity });
const index = fc.oneof({ weight: 6, arbitrary: fc.constantFrom("0", "1", "2", "-1", "-2", "-100", "100") }, oddity);
const bound = fc.oneof(
  { weight: 6, arbitrary: score },
  { weight: 2, arbitrary: score.map((text) => `(${text}`) },
  // Versions of Redis print scores past 2^53 differently.
  { weight: 1, arbitrary: oddity.filter((text) => text.length < 16) },
);
/** Another one for each command of a run, far enough apart that which ends later does not hang on the milliseconds between them. */
const lifetime = fc.constant("{lifetime}");
const lifetimeAt = (position: number): string => String(1_000_000 + ((position * 17) % LONGEST_RUN) * 1000);
const LONGEST_RUN = 41;
const flags = (...names: string[]) =>
  fc.subarray(
    names.flatMap((name) => [name, name.toLowerCase()]),
    { maxLength: 3 },
  );

const command = (name: string, ...parts: (fc.Arbitrary<string> | fc.Arbitrary<string[]>)[]): fc.Arbitrary<string[]> =>
  fc.tuple(...parts).map((values) => [name, ...values.flat()]);
const several = (part: fc.Arbitrary<string>) => fc.array(part, { minLength: 1, maxLength: 3 });
const pairs = (left: fc.Arbitrary<string>, right: fc.Arbitrary<string>) =>
  fc.array(fc.tuple(left, right), { minLength: 1, maxLength: 2 }).map((all) => all.flat());
const setOptions = fc
  .tuple(flags("NX", "XX", "GET", "KEEPTTL"), fc.option(fc.tuple(fc.constantFrom("EX", "PX", "ex"), lifetime)))
  .map(([words, expiry]) => [...words, ...(expiry ?? [])]);
const rangeOptions = fc
  .tuple(flags("BYSCORE", "REV", "WITHSCORES"), fc.option(fc.tuple(fc.constant("LIMIT"), index, index)))
  .map(([words, limit]) => [...words, ...(limit ?? [])]);
const scripts = fc.constantFrom(
  'return redis.call("GET", KEYS[1])',
  'return redis.call("HGETALL", KEYS[1])',
  'return redis.pcall("INCRBY", KEYS[1], ARGV[1])',
  'return redis.call("SET", KEYS[1], ARGV[1] + 1)',
  'return {redis.call("TYPE", KEYS[1]).ok, #ARGV, ARGV[1] == "1", nil, 5}',
  "return {1, 2.9, false, {true, 'x'}, -3.9}",
  "return tostring(ARGV[1] * 3) .. '|' .. 2 ^ 40 .. '|' .. 7 / 2 .. '|' .. math.floor(7.5)",
  'return redis.call("NOSUCHTHING")',
  'return redis.call("GET")',
  'return redis.error_reply("MINE it is")',
  'return redis.error_reply("mine")',
  "local t = {} t[1] = unpack({ARGV[1]}) return t",
  'return string.format("%s %5.2f %d", ARGV[1], 1.005, 3)',
  "return undefinedglobal",
  "somethingglobal = 1",
  "return {err='E made by hand'}",
  "error('raised')",
  "error({err='ERR raised table'})",
  "return #KEYS .. tostring(nil) .. tostring(1e100) .. tostring(-0.1)",
  "return redis.sha1hex(ARGV[1])",
);

const commands: fc.Arbitrary<string[]> = fc.oneof(
  command("GET", key),
  command("SET", key, value, setOptions),
  command("SETNX", key, value),
  command("SETEX", key, fc.oneof(lifetime, fc.constantFrom("0", "-1", "x")), value),
  command("PSETEX", key, lifetime, value),
  command("GETSET", key, value),
  command("GETDEL", key),
  command("STRLEN", key),
  command("APPEND", key, value),
  command("DEL", several(key)),
  command("EXISTS", several(key)),
  command("INCR", key),
  command("DECR", key),
  command("INCRBY", key, value),
  command("DECRBY", key, fc.constantFrom("1", "-1", "x", "12")),
  command("SET", floatKey, fc.constantFrom("0", "1", "-7", "3.25", "x")),
  command("INCRBYFLOAT", floatKey, fc.constantFrom("0.5", "-2", "1e2", "x")),
  command("GET", floatKey),
  command("MGET", several(key)),
  command("MSET", pairs(key, value)),
  command("MSET", several(key)),
  command("EXPIRE", key, lifetime, flags("NX", "XX", "GT", "LT")),
  command("PEXPIRE", key, lifetime),
  command("EXPIRE", key, fc.constantFrom("0", "-1", "x", "9223372036854775807")),
  command("PERSIST", key),
  command("TTL", key),
  command("TYPE", key),
  command("HSET", key, pairs(field, value)),
  command("HSET", key, several(field)),
  command("HMSET", key, pairs(field, value)),
  command("HSETNX", key, field, value),
  command("HGET", key, field),
  command("HMGET", key, several(field)),
  command("HGETALL", key),
  command("HKEYS", key),
  command("HVALS", key),
  command("HLEN", key),
  command("HEXISTS", key, field),
  command("HDEL", key, several(field)),
  command("HINCRBY", key, field, value),
  command("SADD", key, several(value)),
  command("SREM", key, several(value)),
  command("SMEMBERS", key),
  command("SISMEMBER", key, value),
  command("SMISMEMBER", key, several(value)),
  command("SCARD", key),
  command("LPUSH", key, several(value)),
  command("RPUSH", key, several(value)),
  command("LPOP", key),
  command("RPOP", key, fc.constantFrom("0", "1", "2", "-1", "x")),
  command("LRANGE", key, index, index),
  command("LTRIM", key, index, index),
  command("LLEN", key),
  command("ZADD", key, flags("NX", "XX", "GT", "LT", "CH", "INCR"), pairs(bound, field)),
  command("ZADD", key, pairs(score, field)),
  command("ZINCRBY", key, score, field),
  command("ZREM", key, several(field)),
  command("ZCARD", key),
  command("ZSCORE", key, field),
  command("ZCOUNT", key, bound, bound),
  command("ZRANGE", key, index, index, rangeOptions),
  command("ZRANGE", key, bound, bound, rangeOptions),
  command("ZRANGEBYSCORE", key, bound, bound),
  command("ZREMRANGEBYSCORE", key, bound, bound),
  command("KEYS", fc.constantFrom("{p}:*", "{p}:?", "{p}:[ab]", "{p}:[^a]", "{p}:[a-b]*", "{p}:\\a", "{p}:l*t")),
  command("EVAL", scripts, fc.constant("1"), key, several(fc.constantFrom("1", "-7", "0.5", "x", "", "1e3"))),
  command("EVAL", fc.constant("return 1"), fc.constantFrom("0", "1", "-1", "x")),
  command("EVALSHA", fc.constant("0".repeat(40)), fc.constant("0")),
  command("ECHO", value),
  command("PING", fc.array(value, { maxLength: 2 })),
  // Any command with any number of parts that is not its own.
  fc
    .tuple(
      fc.constantFrom("get", "HSET", "Zadd", "SET", "hget", "lpush", "eval", "nosuch", "TTL"),
      fc.array(key, { maxLength: 3 }),
    )
    .map(([name, parts]) => [name, ...parts]),
);

/** Hashes and sets have no order of their own, and neither does a keyspace. */
const UNORDERED = new Set(["SMEMBERS", "HKEYS", "HVALS", "KEYS"]);

function comparable(name: string, reply: Reply): unknown {
  // What exactly Lua itself says differs between its versions.
  if (reply instanceof Failure) return { error: reply.message.replace(/(Error compiling script|attempt to ).*/, "$1") };
  if (reply instanceof Status) return reply.text;
  // Neither JSON nor the client has more digits.
  if (typeof reply === "number" && !Number.isSafeInteger(reply)) return reply > 0 ? "huge" : "-huge";
  if (!Array.isArray(reply)) return reply;
  const parts = reply.map((part: Reply) => comparable("", part));
  if (UNORDERED.has(name)) return parts.toSorted();
  if (name === "HGETALL")
    return Object.fromEntries(parts.flatMap((part, at) => (at % 2 ? [[parts[at - 1], part]] : [])));
  return parts;
}

describe("the embedded Redis against a real one", () => {
  let real: RedisEngine;

  beforeAll(async () => {
    real = await openRedis(process.env.LOCAL_REDIS_URL ?? "");
  });

  afterAll(() => real.close());

  test("answers any run of commands the same", { timeout: 120_000 }, async () => {
    const numRuns = Number(process.env.DIFFERENTIAL_RUNS ?? 300);
    await fc.assert(
      fc.asyncProperty(fc.array(commands, { minLength: 1, maxLength: LONGEST_RUN }), async (run) => {
        const memory = openMemoryRedis();
        const prefix = uniqueName("differential");
        const sent = run.map((parts, at) =>
          parts.map((part) => bytesOf(part.replace("{p}", prefix).replace("{lifetime}", lifetimeAt(at)))),
        );
        const answers = async (engine: RedisEngine) => {
          const replies = await Promise.all(sent.map((parts) => engine.run(parts)));
          return replies.map((reply, at) => ({ command: run[at], reply: comparable(run[at]?.[0] ?? "", reply) }));
        };
        const expected = await answers(real);
        await real.run(["DEL", ...["a", "b", bytesOf("ü"), "list", "float"].map((name) => `${prefix}:${name}`)]);
        expect(await answers(memory)).toEqual(expected);
      }),
      { numRuns },
    );
  });
});
