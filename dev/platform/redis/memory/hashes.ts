import { type Bytes, OK } from "../engine.ts";
import { type CommandTable, command, wrongArity } from "./command.ts";
import type { Keyspace } from "./keyspace.ts";
import { bigIntegerOf, sumOf } from "./numbers.ts";

/** Commands on hashes. */
export const hashes: CommandTable = {
  HGET: command(3, (keys, [key = "", field = ""]) => read(keys, key).get(field) ?? null),
  HSET: command(-4, (keys, args) => setFields(keys, args, "hset")),
  HMSET: command(-4, (keys, args) => {
    setFields(keys, args, "hmset");
    return OK;
  }),
  HSETNX: command(4, (keys, [key = "", field = "", text = ""]) => {
    const fields = ensure(keys, key);
    if (fields.has(field)) return 0;
    fields.set(field, text);
    return 1;
  }),
  HMGET: command(-3, (keys, [key = "", ...names]) => {
    const fields = read(keys, key);
    return names.map((name) => fields.get(name) ?? null);
  }),
  HGETALL: command(2, (keys, [key = ""]) => [...read(keys, key)].flat()),
  HKEYS: command(2, (keys, [key = ""]) => [...read(keys, key).keys()]),
  HVALS: command(2, (keys, [key = ""]) => [...read(keys, key).values()]),
  HLEN: command(2, (keys, [key = ""]) => read(keys, key).size),
  HEXISTS: command(3, (keys, [key = "", field = ""]) => (read(keys, key).has(field) ? 1 : 0)),
  HDEL: command(-3, (keys, [key = "", ...names]) => {
    const fields = read(keys, key);
    const removed = names.filter((name) => fields.delete(name)).length;
    keys.dropIfEmpty(key);
    return removed;
  }),
  HINCRBY: command(4, (keys, [key = "", field = "", by]) => {
    const amount = bigIntegerOf(by);
    const sum = sumOf(bigIntegerOf(read(keys, key).get(field) ?? "0", "ERR hash value is not an integer"), amount);
    ensure(keys, key).set(field, String(sum));
    return Number(sum);
  }),
};

function read(keys: Keyspace, key: Bytes): Map<Bytes, Bytes> {
  return keys.get(key, "hash")?.fields ?? new Map();
}

function ensure(keys: Keyspace, key: Bytes): Map<Bytes, Bytes> {
  return keys.ensure(key, "hash", () => ({ type: "hash", fields: new Map() })).fields;
}

function setFields(keys: Keyspace, [key = "", ...pairs]: readonly Bytes[], name: string): number {
  if (pairs.length % 2 !== 0) throw wrongArity(name);
  const fields = ensure(keys, key);
  const before = fields.size;
  for (let at = 0; at < pairs.length; at += 2) fields.set(pairs[at] ?? "", pairs[at + 1] ?? "");
  return fields.size - before;
}
