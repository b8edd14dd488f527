import { type Bytes, Failure, type Reply } from "../engine.ts";
import { type CommandTable, command, syntaxError } from "./command.ts";
import type { Keyspace } from "./keyspace.ts";
import { floatOf, integerOf, printed, sliceOf } from "./numbers.ts";

/** Commands on sorted sets. */
export const sortedSets: CommandTable = {
  ZADD: command(-4, add),
  ZINCRBY: command(4, (keys, [key = "", by, member = ""]) => add(keys, [key, "INCR", by ?? "", member])),
  ZREM: command(-3, (keys, [key = "", ...members]) => removeAll(keys, key, members)),
  ZCARD: command(2, (keys, [key = ""]) => read(keys, key).size),
  ZSCORE: command(3, (keys, [key = "", member = ""]) => {
    const score = read(keys, key).get(member);
    return score === undefined ? null : printed(score);
  }),
  ZCOUNT: command(4, (keys, [key = "", min, max]) => {
    const within = scoreRange(min, max);
    return sorted(read(keys, key)).filter(within).length;
  }),
  ZRANGE: command(-4, range),
  ZRANGEBYSCORE: command(-4, (keys, [key = "", min = "", max = "", ...options]) =>
    range(keys, [key, min, max, "BYSCORE", ...options]),
  ),
  ZREMRANGEBYSCORE: command(4, (keys, [key = "", min, max]) => {
    const within = scoreRange(min, max);
    return removeAll(
      keys,
      key,
      sorted(read(keys, key))
        .filter(within)
        .map(([member]) => member),
    );
  }),
};

type Scored = readonly [member: Bytes, score: number];

function read(keys: Keyspace, key: Bytes): Map<Bytes, number> {
  return keys.get(key, "zset")?.scores ?? new Map();
}

/** By score, then by the bytes of the member. */
function sorted(scores: Map<Bytes, number>): Scored[] {
  return [...scores].sort(([a, left], [b, right]) => (left === right ? (a < b ? -1 : 1) : left < right ? -1 : 1));
}

function removeAll(keys: Keyspace, key: Bytes, members: readonly Bytes[]): number {
  const scores = read(keys, key);
  const removed = members.filter((member) => scores.delete(member)).length;
  keys.dropIfEmpty(key);
  return removed;
}

const ADD_FLAGS: ReadonlySet<string> = new Set(["NX", "XX", "GT", "LT", "CH", "INCR"]);

function add(keys: Keyspace, [key = "", ...args]: readonly Bytes[]): Reply {
  const firstScore = args.findIndex((arg) => !ADD_FLAGS.has(arg.toUpperCase()));
  const flags = new Set((firstScore === -1 ? args : args.slice(0, firstScore)).map((flag) => flag.toUpperCase()));
  const pairs = firstScore === -1 ? [] : args.slice(firstScore);
  if (pairs.length === 0 || pairs.length % 2 !== 0) throw syntaxError();
  if (flags.has("NX") && flags.has("XX")) {
    throw new Failure("ERR XX and NX options at the same time are not compatible");
  }
  if ([flags.has("GT"), flags.has("LT"), flags.has("NX")].filter(Boolean).length > 1) {
    throw new Failure("ERR GT, LT, and/or NX options at the same time are not compatible");
  }
  if (flags.has("INCR") && pairs.length > 2) {
    throw new Failure("ERR INCR option supports a single increment-element pair");
  }
  const wanted: Scored[] = [];
  for (let at = 0; at < pairs.length; at += 2) wanted.push([pairs[at + 1] ?? "", floatOf(pairs[at])]);

  const scores = keys.get(key, "zset")?.scores ?? new Map<Bytes, number>();
  let added = 0;
  let changed = 0;
  let last: number | null = null;
  for (const [member, amount] of wanted) {
    const old = scores.get(member);
    const score = flags.has("INCR") ? (old ?? 0) + amount : amount;
    if (Number.isNaN(score)) throw new Failure("ERR resulting score is not a number (NaN)");
    last = null;
    if (old === undefined ? flags.has("XX") : flags.has("NX")) continue;
    if (old !== undefined && ((flags.has("GT") && score <= old) || (flags.has("LT") && score >= old))) continue;
    last = score;
    if (old === undefined) added += 1;
    else if (old !== score) changed += 1;
    scores.set(member, score);
  }
  if (scores.size > 0) keys.ensure(key, "zset", () => ({ type: "zset", scores }));
  if (flags.has("INCR")) return last === null ? null : printed(last);
  return flags.has("CH") ? added + changed : added;
}

function range(keys: Keyspace, [key = "", start, stop, ...options]: readonly Bytes[]): Reply {
  let limit: [number, number] | undefined;
  const flags = new Set<string>();
  for (let at = 0; at < options.length; at += 1) {
    const option = (options[at] ?? "").toUpperCase();
    if (option === "LIMIT" && at + 2 < options.length) {
      limit = [integerOf(options[at + 1]), integerOf(options[at + 2])];
      at += 2;
    } else if (option === "WITHSCORES" || ((option === "BYSCORE" || option === "REV") && !flags.has(option))) {
      flags.add(option);
    } else throw syntaxError();
  }
  if (limit !== undefined && limit[1] !== -1 && !flags.has("BYSCORE")) {
    throw new Failure("ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX");
  }
  const reversed = flags.has("REV");
  const pick = flags.has("BYSCORE")
    ? byScore(reversed ? scoreRange(stop, start) : scoreRange(start, stop), limit)
    : sliceOf(start, stop);
  const all = sorted(read(keys, key));
  const picked = pick(reversed ? all.reverse() : all);
  return flags.has("WITHSCORES")
    ? picked.flatMap(([member, score]) => [member, printed(score)])
    : picked.map(([member]) => member);
}

function byScore(
  within: (scored: Scored) => boolean,
  [offset, count]: [number, number] = [0, -1],
): (all: Scored[]) => Scored[] {
  return (all) => {
    if (offset < 0) return [];
    const found = all.filter(within).slice(offset);
    return count < 0 ? found : found.slice(0, count);
  };
}

function scoreRange(min: Bytes | undefined, max: Bytes | undefined): (scored: Scored) => boolean {
  const low = boundOf(min);
  const high = boundOf(max);
  return ([, score]) =>
    (low.exclusive ? score > low.score : score >= low.score) &&
    (high.exclusive ? score < high.score : score <= high.score);
}

function boundOf(text = ""): { readonly score: number; readonly exclusive: boolean } {
  const exclusive = text.startsWith("(");
  // Unlike a score, a bound may begin with spaces, and is 0 where there is nothing.
  const number = (exclusive ? text.slice(1) : text).trimStart();
  return { score: number === "" ? 0 : floatOf(number, "ERR min or max is not a float"), exclusive };
}
