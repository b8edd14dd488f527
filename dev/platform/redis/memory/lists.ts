import { type Bytes, Failure, OK, type Reply } from "../engine.ts";
import { type CommandTable, command } from "./command.ts";
import type { Keyspace } from "./keyspace.ts";
import { integerOf, sliceOf } from "./numbers.ts";

/** Commands on lists. */
export const lists: CommandTable = {
  LPUSH: command(-3, (keys, [key = "", ...items]) => ensure(keys, key).unshift(...items.reverse())),
  RPUSH: command(-3, (keys, [key = "", ...items]) => ensure(keys, key).push(...items)),
  LPOP: command(-2, (keys, args) => pop(keys, args, (items, count) => items.splice(0, count))),
  RPOP: command(-2, (keys, args) =>
    pop(keys, args, (items, count) => items.splice(Math.max(items.length - count, 0)).reverse()),
  ),
  LLEN: command(2, (keys, [key = ""]) => read(keys, key).length),
  LRANGE: command(4, (keys, [key = "", start, stop]) => {
    const slice = sliceOf(start, stop);
    return slice(read(keys, key));
  }),
  LTRIM: command(4, (keys, [key = "", start, stop]) => {
    const slice = sliceOf(start, stop);
    const items = read(keys, key);
    items.splice(0, items.length, ...slice(items));
    keys.dropIfEmpty(key);
    return OK;
  }),
};

function read(keys: Keyspace, key: Bytes): Bytes[] {
  return keys.get(key, "list")?.items ?? [];
}

function ensure(keys: Keyspace, key: Bytes): Bytes[] {
  return keys.ensure(key, "list", () => ({ type: "list", items: [] })).items;
}

function pop(
  keys: Keyspace,
  [key = "", count, ...extra]: readonly Bytes[],
  take: (items: Bytes[], count: number) => Bytes[],
): Reply {
  const name = "ERR value is out of range, must be positive";
  if (extra.length > 0) throw new Failure("ERR syntax error");
  const wanted = count === undefined ? 1 : integerOf(count, name);
  if (wanted < 0) throw new Failure(name);
  const list = keys.get(key, "list");
  if (list === undefined) return null;
  const taken = take(list.items, wanted);
  keys.dropIfEmpty(key);
  return count === undefined ? (taken[0] ?? null) : taken;
}
